//! Addresses as numbers, for counting and shifting. Must not know blocks.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The bits of an address; IPv4 and IPv6 numbers are not comparable.
#[must_use]
pub fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => address.to_bits().into(),
        IpAddr::V6(address) => address.to_bits(),
    }
}

/// The address with this number, in the family of `kin`; `None` if it does not fit.
#[must_use]
pub fn numbered(kin: IpAddr, number: u128) -> Option<IpAddr> {
    match kin {
        IpAddr::V4(_) => u32::try_from(number).ok().map(|bits| Ipv4Addr::from_bits(bits).into()),
        IpAddr::V6(_) => Some(Ipv6Addr::from_bits(number).into()),
    }
}

/// The address whose offset from `to` is that of `address` from `from`; `None` if that is negative or out of bounds.
pub(super) fn carried(address: IpAddr, from: IpAddr, to: IpAddr) -> Option<IpAddr> {
    let behind = number(address).checked_sub(number(from))?;
    numbered(to, number(to).checked_add(behind)?)
}

/// The IPv4 address that an IPv4-mapped one (`::ffff:172.17.0.80`) stands for.
pub(super) fn embedded(address: IpAddr) -> Option<IpAddr> {
    let IpAddr::V6(address) = address else { return None };
    address.to_ipv4_mapped().map(IpAddr::V4)
}

/// The IPv4-mapped address that stands for an IPv4 one.
pub(super) fn mapped(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(address) => address.to_ipv6_mapped().into(),
        IpAddr::V6(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use super::carried;

    #[test]
    fn an_address_keeps_its_distance() {
        for (address, from, to, expected) in [
            ("172.17.0.85", "172.17.0.80", "172.27.0.110", Some("172.27.0.115")),
            ("fd00::ffff", "fd00::", "fd01::1", Some("fd01::1:0")),
            ("172.17.0.1", "172.17.0.80", "172.27.0.110", None),
            ("0.0.0.9", "0.0.0.0", "255.255.255.250", None),
        ] {
            let parsed = |text: &str| text.parse().unwrap();
            let moved = carried(parsed(address), parsed(from), parsed(to));
            assert_eq!(moved, expected.map(parsed), "{address}");
        }
    }
}
