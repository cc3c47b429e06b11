//! A block of addresses of one family: a CIDR or a range. Must not know what happens to it.

use std::fmt;
use std::net::IpAddr;

use ipnet::IpNet;

use super::number::{embedded, number, numbered};
use super::{address, net};

/// The addresses from `first` to `last`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Block {
    first: IpAddr,
    last: IpAddr,
    /// The prefix length, if it was written as a CIDR.
    prefix: Option<u8>,
}

/// Why a text is not a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockError(String);

impl BlockError {
    pub(super) fn new(sentence: String) -> Self {
        Self(sentence)
    }
}

impl fmt::Display for BlockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BlockError {}

impl Block {
    /// Reads `172.17.0.0/24` or `172.17.0.80-172.17.0.90`; the dash may have blanks around it.
    ///
    /// A CIDR with host bits is the whole network, as MetalLB reads it (`internal/config/config.go`, `ParseCIDR`).
    pub fn parse(text: &str) -> Result<Self, BlockError> {
        if let Some((first, last)) = text.split_once('-') {
            let end = |word: &str| {
                address(word.trim()).map_err(|error| {
                    BlockError(format!(
                        "{error} in the range {text:?}; write both ends in full (172.17.0.80-172.17.0.90)"
                    ))
                })
            };
            return Self::ends(end(first)?, end(last)?, text);
        }
        net(text).map(Self::from).map_err(|_| {
            BlockError(format!(
                "{text:?} is neither a CIDR (172.17.0.0/24) nor a range (172.17.0.80-172.17.0.90)"
            ))
        })
    }

    /// The range between two addresses, both included.
    pub fn range(first: IpAddr, last: IpAddr) -> Result<Self, BlockError> {
        Self::ends(first, last, &format!("{first}-{last}"))
    }

    fn ends(first: IpAddr, last: IpAddr, text: &str) -> Result<Self, BlockError> {
        if first.is_ipv4() != last.is_ipv4() {
            return Err(BlockError(format!(
                "the range {text:?} begins in one address family and ends in the other; write one range for each family"
            )));
        }
        if last < first {
            return Err(BlockError(format!(
                "the range {text:?} ends before it begins; write the lower address first"
            )));
        }
        Ok(Self { first, last, prefix: None })
    }

    /// The lowest address.
    #[must_use]
    pub fn first(&self) -> IpAddr {
        self.first
    }

    /// The highest address.
    #[must_use]
    pub fn last(&self) -> IpAddr {
        self.last
    }

    /// The prefix length, where it was written as a CIDR.
    #[must_use]
    pub fn prefix(&self) -> Option<u8> {
        self.prefix
    }

    /// Whether it was written as a CIDR.
    #[must_use]
    pub fn is_cidr(&self) -> bool {
        self.prefix.is_some()
    }

    /// The number of addresses less one, so that the size of `::/0` fits into a `u128`.
    #[must_use]
    pub fn size(&self) -> u128 {
        number(self.last).saturating_sub(number(self.first))
    }

    /// Whether the block holds the address; false for an address of the other family.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        address.is_ipv4() == self.first.is_ipv4() && self.first <= address && address <= self.last
    }

    /// Whether this block holds every address of `other`.
    #[must_use]
    pub fn contains_block(&self, other: &Self) -> bool {
        self.contains(other.first) && self.contains(other.last)
    }

    /// Whether these blocks, together, hold every address of this one.
    #[must_use]
    pub fn is_covered<'b>(&self, by: impl IntoIterator<Item = &'b Self>) -> bool {
        let mut parts: Vec<&Self> = by.into_iter().filter(|one| one.overlaps(self)).collect();
        parts.sort_by_cached_key(|one| one.first);
        let mut from = self.first;
        parts.iter().any(|part| {
            let joins = part.first <= from;
            if joins {
                from = from.max(following(part.last).unwrap_or(part.last));
            }
            joins && part.last >= self.last
        })
    }

    /// Whether the blocks have an address in common.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.contains(other.first) || other.contains(self.first)
    }

    /// The IPv4 block that a block of IPv4-mapped addresses stands for; any other block itself.
    #[must_use]
    pub(super) fn canonical(self) -> Self {
        let (Some(first), Some(last)) = (embedded(self.first), embedded(self.last)) else { return self };
        Self { first, last, prefix: self.prefix.map(|prefix| prefix.saturating_sub(96)) }
    }

    /// Whether both hold the same addresses, written as a CIDR or as a range.
    #[must_use]
    pub fn same_addresses(&self, other: &Self) -> bool {
        self.first == other.first && self.last == other.last
    }
}

/// The address after one; none after the last.
fn following(address: IpAddr) -> Option<IpAddr> {
    numbered(address, number(address).checked_add(1)?)
}

impl From<IpNet> for Block {
    fn from(net: IpNet) -> Self {
        Self { first: net.network(), last: net.broadcast(), prefix: Some(net.prefix_len()) }
    }
}

impl From<IpAddr> for Block {
    fn from(address: IpAddr) -> Self {
        IpNet::from(address).into()
    }
}

/// In the form in which it was written, CIDR or range, in canonical spelling.
impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.prefix {
            Some(prefix) => write!(f, "{}/{prefix}", self.first),
            None => write!(f, "{}-{}", self.first, self.last),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Block;
    use crate::address::address;

    fn block(text: &str) -> Block {
        Block::parse(text).unwrap()
    }

    #[test]
    fn blocks_hold_what_they_say() {
        let cases = [
            ("172.17.0.80-172.17.0.90", "172.17.0.80", true),
            ("172.17.0.80 - 172.17.0.90", "172.17.0.91", false),
            ("172.17.0.85/24", "172.17.0.1", true),
            ("fd00:bbbb::80-fd00:bbbb::90", "fd00:bbbb::8a", true),
            ("fd00::/64", "172.17.0.1", false),
            ("::/0", "172.17.0.1", false),
        ];
        for (text, one, expected) in cases {
            assert_eq!(block(text).contains(address(one).unwrap()), expected, "{text} {one}");
        }
    }

    #[test]
    fn what_is_no_block_says_why() {
        for (text, why) in [
            ("172.17.0.80-90", "no IP address"),
            ("172.17.0.90-172.17.0.80", "ends before it begins"),
            ("172.17.0.80-fd00::1", "one address family"),
            ("172.17.0.80", "neither a CIDR"),
            ("172.17.0.080/24", "neither a CIDR"),
            ("172.17.0.0/024", "neither a CIDR"),
            ("172.17.0.0/+24", "neither a CIDR"),
            ("172.17.0.0/33", "neither a CIDR"),
            ("fd00::/129", "neither a CIDR"),
            ("fe80::1%eth0/64", "neither a CIDR"),
            ("172.17.0.010-172.17.0.20", "no IP address"),
            ("", "neither a CIDR"),
            ("-", "no IP address"),
        ] {
            let error = Block::parse(text).unwrap_err().to_string();
            assert!(error.contains(why) && error.contains(&format!("{text:?}")), "{text}: {error}");
        }
    }

    #[test]
    fn a_block_shows_itself_as_it_was_written() {
        for (text, shown, cidr, size) in [
            ("172.17.0.85/24", "172.17.0.0/24", true, 255),
            ("172.17.0.0 - 172.17.0.255", "172.17.0.0-172.17.0.255", false, 255),
            ("FD00:0::/127", "fd00::/127", true, 1),
            ("10.0.0.1/32", "10.0.0.1/32", true, 0),
            ("::/0", "::/0", true, u128::MAX),
        ] {
            let block = block(text);
            assert_eq!((block.to_string().as_str(), block.is_cidr(), block.size()), (shown, cidr, size));
        }
    }

    #[test]
    fn several_blocks_cover_one_together() {
        for (text, parts, expected) in [
            ("172.17.0.80-172.17.0.90", vec!["172.17.0.86-172.17.0.90", "172.17.0.0-172.17.0.85"], true),
            ("172.17.0.80-172.17.0.90", vec!["172.17.0.87-172.17.0.90", "172.17.0.0-172.17.0.85"], false),
            ("172.17.0.80-172.17.0.90", vec!["172.17.0.0/24", "172.17.0.80/32"], true),
            ("172.17.0.80-172.17.0.90", vec!["172.17.0.81-172.17.0.90"], false),
            ("172.17.0.80-172.17.0.90", vec!["172.17.0.80-172.17.0.89"], false),
            ("255.255.255.0/24", vec!["255.255.255.128/25", "255.255.255.0/25"], true),
            ("::/0", vec!["0.0.0.0/0"], false),
            ("::/0", vec![], false),
        ] {
            let parts: Vec<Block> = parts.into_iter().map(block).collect();
            assert_eq!(block(text).is_covered(&parts), expected, "{text}");
        }
    }

    #[test]
    fn blocks_side_by_side() {
        for (one, other, holds, overlaps) in [
            ("172.17.0.0/24", "172.17.0.80-172.17.0.90", true, true),
            ("172.17.0.80-172.17.0.90", "172.17.0.0/24", false, true),
            ("172.17.0.0/24", "172.17.0.250-172.17.1.3", false, true),
            ("172.17.0.0/24", "172.17.1.0/24", false, false),
            ("0.0.0.0/0", "fd00::/64", false, false),
            ("::/0", "fd00::/64", true, true),
        ] {
            let (one, other) = (block(one), block(other));
            assert_eq!(
                (one.contains_block(&other), one.overlaps(&other)),
                (holds, overlaps),
                "{one} {other}"
            );
            assert_eq!(other.overlaps(&one), overlaps);
        }
    }
}
