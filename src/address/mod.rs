//! Address blocks: a CIDR or a range, of either family. Knows `ipnet` and nothing of ours.

use std::fmt;
use std::net::IpAddr;

use ipnet::IpNet;

/// The addresses from the first to the last, both of one family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    first: IpAddr,
    last: IpAddr,
}

/// A text that is no block, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockError(String);

impl fmt::Display for BlockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Block {
    /// Reads `172.17.0.0/24` or `172.17.0.80-172.17.0.90`, blanks around the ends of a range allowed.
    ///
    /// A CIDR with host bits is the whole network, as MetalLB reads it (`internal/config/config.go`, `ParseCIDR`).
    pub fn parse(text: &str) -> Result<Self, BlockError> {
        if let Some((first, last)) = text.split_once('-') {
            return Self::range(address(first.trim())?, address(last.trim())?, text);
        }
        let net: IpNet = text.parse().map_err(|_| {
            BlockError(format!(
                "{text:?} is neither a CIDR (172.17.0.0/24) nor a range (172.17.0.80-172.17.0.90)"
            ))
        })?;
        Ok(Self { first: net.network(), last: net.broadcast() })
    }

    fn range(first: IpAddr, last: IpAddr, text: &str) -> Result<Self, BlockError> {
        if first.is_ipv4() != last.is_ipv4() {
            return Err(BlockError(format!(
                "the range {text:?} begins in one address family and ends in the other"
            )));
        }
        if last < first {
            return Err(BlockError(format!("the range {text:?} ends before it begins")));
        }
        Ok(Self { first, last })
    }

    /// Whether the address is in the block; never for another family.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        address.is_ipv4() == self.first.is_ipv4() && self.first <= address && address <= self.last
    }
}

/// One address, no blanks, no zone.
pub fn address(text: &str) -> Result<IpAddr, BlockError> {
    text.parse().map_err(|_| BlockError(format!("{text:?} is no IP address")))
}

#[derive(Debug, Clone, Default)]
pub struct Mapping(Vec<(Block, Block)>);
#[derive(Debug)]
pub enum Outcome<T> {
    Moved(T),
    Stays,
    Stuck(BlockError),
}
pub struct Stuck {
    pub token: String,
    pub reason: String,
}
pub struct Rewritten {
    pub text: Option<String>,
    pub stuck: Vec<Stuck>,
}
fn num(a: IpAddr) -> u128 {
    match a {
        IpAddr::V4(a) => u128::from(u32::from(a)),
        IpAddr::V6(a) => u128::from(a),
    }
}
fn un(like: IpAddr, n: u128) -> IpAddr {
    match like {
        IpAddr::V4(_) => IpAddr::V4((n as u32).into()),
        IpAddr::V6(_) => IpAddr::V6(n.into()),
    }
}
impl Mapping {
    pub fn new(pairs: Vec<(Block, Block)>) -> Result<Self, BlockError> {
        Ok(Self(pairs))
    }
    pub fn map_address(&self, a: IpAddr) -> Option<IpAddr> {
        let (f, t) =
            self.0.iter().filter(|(f, _)| f.contains(a)).min_by_key(|(f, _)| num(f.last) - num(f.first))?;
        Some(un(a, num(a) - num(f.first) + num(t.first)))
    }
    pub fn map_range(&self, a: IpAddr, b: IpAddr) -> Outcome<(IpAddr, IpAddr)> {
        match (self.map_address(a), self.map_address(b)) {
            (Some(a), Some(b)) => Outcome::Moved((a, b)),
            _ => Outcome::Stays,
        }
    }
}
pub fn respell(_old: &str, new: IpAddr) -> String {
    new.to_string()
}
pub fn rewrite(text: &str, m: &Mapping) -> Rewritten {
    let mut out = String::new();
    let mut word = String::new();
    let flush = |word: &mut String, out: &mut String| {
        match word.parse::<IpAddr>().ok().and_then(|a| m.map_address(a)) {
            Some(a) => out.push_str(&a.to_string()),
            None => out.push_str(word),
        };
        word.clear();
    };
    for c in text.chars() {
        if c.is_ascii_hexdigit() || c == '.' || c == ':' {
            word.push(c)
        } else {
            flush(&mut word, &mut out);
            out.push(c)
        }
    }
    flush(&mut word, &mut out);
    Rewritten { text: (out != text).then_some(out), stuck: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::{Block, address};

    #[test]
    fn blocks_hold_what_they_say() {
        let cases = [
            ("172.17.0.80-172.17.0.90", "172.17.0.80", true),
            ("172.17.0.80 - 172.17.0.90", "172.17.0.91", false),
            ("172.17.0.85/24", "172.17.0.1", true),
            ("fd00:bbbb::80-fd00:bbbb::90", "fd00:bbbb::8a", true),
            ("fd00::/64", "172.17.0.1", false),
        ];
        for (block, one, expected) in cases {
            assert_eq!(
                Block::parse(block).unwrap().contains(address(one).unwrap()),
                expected,
                "{block} {one}"
            );
        }
    }

    #[test]
    fn what_is_no_block_says_why() {
        for (text, why) in [
            ("172.17.0.80-90", "no IP address"),
            ("172.17.0.90-172.17.0.80", "ends before it begins"),
            ("172.17.0.80-fd00::1", "one address family"),
            ("172.17.0.80", "neither a CIDR"),
        ] {
            assert!(Block::parse(text).unwrap_err().to_string().contains(why), "{text}");
        }
    }
}
