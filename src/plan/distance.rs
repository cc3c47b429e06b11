//! How far apart the slots of a network are. Must not know networks.

use std::net::IpAddr;

use ipnet::IpNet;
use serde_json::Value;

use crate::address::{Block, number, numbered};

/// A number of addresses for each family.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Distance {
    ipv4: Option<u128>,
    ipv6: Option<u128>,
}

impl Distance {
    /// Reads `0.0.10.0`, `6::`, a number, or a list with one for each family.
    pub(super) fn read(value: &Value) -> Result<Self, String> {
        match value {
            Value::Array(each) => each.iter().try_fold(Self::default(), |known, one| {
                let one = Self::read(one)?;
                Ok(Self { ipv4: known.ipv4.or(one.ipv4), ipv6: known.ipv6.or(one.ipv6) })
            }),
            Value::Number(count) => {
                let count = count.as_u64().map(u128::from).filter(|count| *count > 0);
                count.map(|count| Self { ipv4: Some(count), ipv6: Some(count) }).ok_or_else(|| wrong(value))
            }
            Value::String(text) => match text.parse() {
                Ok(IpAddr::V4(one)) if !one.is_unspecified() => {
                    Ok(Self { ipv4: Some(number(one.into())), ipv6: None })
                }
                Ok(IpAddr::V6(one)) if !one.is_unspecified() => {
                    Ok(Self { ipv4: None, ipv6: Some(number(one.into())) })
                }
                _ => Err(wrong(value)),
            },
            other => Err(wrong(other)),
        }
    }

    /// The distance for blocks of this one's family.
    #[must_use]
    pub fn of(&self, block: &Block) -> Option<u128> {
        if block.first().is_ipv4() { self.ipv4 } else { self.ipv6 }
    }
}

fn wrong(value: &Value) -> String {
    format!(
        "{value} is no distance; write an address (0.0.10.0, 6::) or a number of addresses greater than 0"
    )
}

/// A block moved up by a number of addresses: a network as long as it is one there, too. None where there are no such
/// addresses.
pub(super) fn moved(block: &Block, by: u128) -> Option<Block> {
    let end = |address: IpAddr| numbered(address, number(address).checked_add(by)?);
    let (first, last) = (end(block.first())?, end(block.last())?);
    let net = block.prefix().and_then(|prefix| IpNet::new(first, prefix).ok());
    let net = net.filter(|net| net.network() == first).map(Block::from);
    net.or_else(|| Block::range(first, last).ok())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Distance, moved};
    use crate::address::Block;

    #[test]
    fn distances_of_each_family() {
        let blocks = ["172.17.0.0/24", "fd00::/64"].map(|text| Block::parse(text).unwrap());
        for (value, expected) in [
            (json!("0.0.10.0"), [Some(2560), None]),
            (json!("::1:0"), [None, Some(65536)]),
            (json!(256), [Some(256), Some(256)]),
            (json!(["0.1.0.0", "6::"]), [Some(65536), Some(6 << 112)]),
        ] {
            let distance = Distance::read(&value).unwrap();
            assert_eq!([distance.of(&blocks[0]), distance.of(&blocks[1])], expected, "{value}");
        }
        for value in
            [json!("10"), json!(0), json!(-1), json!("0.0.0.0"), json!("::"), json!({}), json!(["x"])]
        {
            assert!(Distance::read(&value).is_err(), "{value}");
        }
    }

    #[test]
    fn blocks_move_as_they_are_written() {
        for (text, by, expected) in [
            ("172.17.0.0/24", 2560, Some("172.17.10.0/24")),
            ("172.17.0.0/24", 128, Some("172.17.0.128-172.17.1.127")),
            ("172.17.0.80-172.17.0.90", 16, Some("172.17.0.96-172.17.0.106")),
            ("fd00::/64", 6 << 112, Some("fd06::/64")),
            ("255.255.255.0/24", 1, None),
        ] {
            let block = moved(&Block::parse(text).unwrap(), by);
            assert_eq!(block.map(|block| block.to_string()).as_deref(), expected, "{text}");
        }
    }
}
