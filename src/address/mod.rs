//! IP addresses: blocks (CIDRs and ranges), a mapping from blocks to blocks, and its application to an address, a
//! network, a range or a text. Builds on `std::net` and `ipnet`; must not know anything of ours: neither where an
//! address stands nor whose it is.

mod block;
mod check;
mod index;
#[cfg(test)]
mod laws;
mod mapping;
mod number;
mod outcome;
mod ranges;
mod respell;
mod reversed;
mod rewrite;
mod tokens;
mod within;
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
pub use within::within;

/// One address, without blanks or a zone (`%eth0`).
pub fn address(text: &str) -> Result<IpAddr, BlockError> {
    text.parse().map_err(|_| BlockError::new(format!("{text:?} is no IP address")))
}

/// An address with a prefix length; host bits are kept.
///
/// Stricter than `ipnet`, because programs read octets and lengths with leading zeros differently.
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

/// A prefix length: up to three digits, no sign, no leading zero.
fn prefix(text: &str) -> Option<u8> {
    let digits = text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    let spelled = digits && (text == "0" || !text.starts_with('0'));
    spelled.then(|| text.parse().ok()).flatten()
}
