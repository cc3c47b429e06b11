//! The addresses that a text holds, each as a block. Must not know whose they are.

use std::net::IpAddr;

use super::tokens::{Token, tokens};
use super::{Block, net};

/// The addresses, networks and ranges that stand in a text as whole words; not names of reverse zones.
#[must_use]
pub fn within(text: &str) -> Vec<Block> {
    // Most texts with an address are nothing else.
    if let Some(whole) = whole(text) {
        return vec![whole];
    }
    let block = |token: Token<'_>| match token {
        Token::One(one) => Some(Block::from(one.address)),
        Token::Net(_, net) => Some(Block::from(net)),
        Token::Range(first, last) | Token::Short(first, last) => {
            Block::range(first.address, last.address).ok()
        }
        Token::Reversed(_) => None,
    };
    tokens(text).into_iter().filter_map(block).collect()
}

/// The IPv4 address or network that the text is.
fn whole(text: &str) -> Option<Block> {
    if text.contains('/') {
        net(text).ok().filter(|net| net.addr().is_ipv4()).map(Block::from)
    } else {
        text.parse().ok().map(IpAddr::V4).map(Block::from)
    }
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn addresses_of_a_text() {
        for (text, expected) in [
            ("tcp:172.17.0.80:6642,tcp:172.17.0.81:6642", "172.17.0.80/32 172.17.0.81/32"),
            ("from 172.17.0.0/24 to fd00::1", "172.17.0.0/24 fd00::1/128"),
            ("172.17.0.80-172.17.0.90", "172.17.0.80-172.17.0.90"),
            ("172.17.0.80", "172.17.0.80/32"),
            ("172.17.0.80/24", "172.17.0.0/24"),
            ("172.17.0.080", ""),
            ("version 1.2.3, 52:54:00:aa:bb:cc", ""),
            ("1.0.17.172.in-addr.arpa", ""),
        ] {
            let found: Vec<String> = within(text).iter().map(ToString::to_string).collect();
            assert_eq!(found.join(" "), expected, "{text}");
        }
    }
}
