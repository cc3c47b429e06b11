//! Addresses: blocks of them, a map from blocks to blocks, and that map over an address, a network, a range or a text.
//!
//! Knows `std::net` and `ipnet` and nothing of ours: not where an address stands, nor whose it is.

mod block;
mod check;
mod index;
#[cfg(test)]
mod laws;
mod mapping;
mod number;
mod outcome;
mod respell;
mod rewrite;
mod tokens;
mod words;

use std::net::IpAddr;

pub use block::{Block, BlockError};
pub use check::MappingError;
pub use index::Index;
use ipnet::IpNet;
pub use mapping::{Mapping, Pair};
pub use number::{number, numbered};
pub use outcome::{Outcome, Reason};
pub use respell::respell;
pub use rewrite::{Rewritten, Stuck, rewrite};

/// One address, no blanks, no zone.
pub fn address(text: &str) -> Result<IpAddr, BlockError> {
    text.parse().map_err(|_| BlockError::new(format!("{text:?} is no IP address")))
}

/// One address with the length of its network's prefix; bits behind the prefix are kept.
///
/// Stricter than `ipnet`: an octet or a length with a leading zero is read in different ways by different programs.
pub fn net(text: &str) -> Result<IpNet, BlockError> {
    let parsed = text.split_once('/').and_then(|(ip, length)| {
        let ip = ip.parse().ok()?;
        IpNet::new(ip, prefix(length)?).ok()
    });
    parsed.ok_or_else(|| {
        BlockError::new(format!(
            "{text:?} is no CIDR; write an address, a slash and the prefix length (172.17.0.0/24)"
        ))
    })
}

/// The length of a prefix: up to three digits, no sign, no leading zero.
fn prefix(text: &str) -> Option<u8> {
    let digits = text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    let spelled = digits && (text == "0" || !text.starts_with('0'));
    spelled.then(|| text.parse().ok()).flatten()
}
