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
