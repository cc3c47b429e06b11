//! An entry of a pool's `spec.addresses` as MetalLB reads it, with Go's `net` package. Must not know items.
//!
//! Source: MetalLB `internal/config/config.go` (`ParseCIDR`), Go `net.ParseCIDR`, `net.ParseIP`.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};

use ipnet::IpNet;

use crate::address::Block;

/// Why an entry holds no addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// MetalLB rejects it, and every other pool with it.
    Syntax(String),
    /// The range begins in one family and ends in the other: MetalLB accepts it, and it holds nothing.
    Mixed,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(reason) => f.write_str(reason),
            Self::Mixed => f.write_str("the range begins in one address family and ends in the other"),
        }
    }
}

/// The addresses of one entry. IPv4-mapped IPv6 addresses (`::ffff:172.17.0.80`) are IPv4, as in MetalLB.
pub fn read_address(text: &str) -> Result<Block, Fault> {
    let Some((first, last)) = text.split_once('-') else { return cidr(text) };
    let end = |word: &str, which: &str| {
        let word = word.trim();
        let parsed = word.parse::<IpAddr>().map(|ip| ip.to_canonical());
        parsed.map_err(|_| Fault::Syntax(format!("its {which} {word:?} is no IP address")))
    };
    let (first, last) = (end(first, "start")?, end(last, "end")?);
    if sixteen(last) < sixteen(first) {
        return Err(Fault::Syntax(format!("its start {first} is after its end {last}")));
    }
    Block::range(first, last).map_err(|_| Fault::Mixed)
}

/// As `net.ParseCIDR`: no blanks, no zone; the prefix length may have any number of digits.
fn cidr(text: &str) -> Result<Block, Fault> {
    let refused = |reason: &str| Fault::Syntax(reason.to_owned());
    let (ip, length) = text
        .split_once('/')
        .ok_or_else(|| refused("it is neither a CIDR nor a range (an address alone is /32)"))?;
    let ip: IpAddr = ip.parse().map_err(|_| refused("what stands before its slash is no IP address"))?;
    let digits = !length.is_empty() && length.bytes().all(|byte| byte.is_ascii_digit());
    let length: u8 = length
        .trim_start_matches('0')
        .parse()
        .or(if digits && length.bytes().all(|byte| byte == b'0') { Ok(0) } else { Err(()) })
        .ok()
        .filter(|_| digits)
        .ok_or_else(|| refused("its prefix length is no number"))?;
    let (ip, length) = match (ip, ip.to_canonical(), length.checked_sub(96)) {
        (IpAddr::V6(_), mapped @ IpAddr::V4(_), Some(short)) => (mapped, short),
        (ip, ..) => (ip, length),
    };
    IpNet::new(ip, length).map(Block::from).map_err(|_| refused("its prefix length is too long"))
}

fn sixteen(ip: IpAddr) -> Ipv6Addr {
    match ip {
        IpAddr::V4(ip) => ip.to_ipv6_mapped(),
        IpAddr::V6(ip) => ip,
    }
}

/// The prefix length of a CIDR, as written.
#[must_use]
pub fn prefix_text(text: &str) -> Option<&str> {
    if text.contains('-') { None } else { text.split_once('/').map(|(_, length)| length) }
}

/// The prefix lengths of the CIDRs that make up a block, widest first.
#[must_use]
pub fn summarized(block: &Block) -> Vec<u8> {
    let mut lengths: Vec<u8> = match (block.first(), block.last()) {
        (IpAddr::V4(first), IpAddr::V4(last)) => {
            ipnet::Ipv4Subnets::new(first, last, 0).map(|net| net.prefix_len()).collect()
        }
        (IpAddr::V6(first), IpAddr::V6(last)) => {
            ipnet::Ipv6Subnets::new(first, last, 0).map(|net| net.prefix_len()).collect()
        }
        _ => Vec::new(),
    };
    lengths.sort_unstable();
    lengths
}
