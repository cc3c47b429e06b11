//! Ranges of addresses as plain integers: an oracle of our own, written without the function's address type.

use std::net::IpAddr;

/// First and last address, and whether they are IPv4.
pub(crate) type Interval = (bool, u128, u128);

/// `a-b` or a CIDR, as MetalLB reads them: the ends of a range are trimmed, a CIDR is not; host bits are
/// masked. `None` when MetalLB refuses it; an empty list for a range of mixed families, which it takes and
/// which holds nothing.
pub(crate) fn parse(text: &str) -> Option<Vec<Interval>> {
    match text.split_once('-') {
        Some((first, last)) => range(first.trim(), last.trim()),
        None => cidr(text).map(|interval| vec![interval]),
    }
}

pub(crate) fn overlap(a: Interval, b: Interval) -> bool {
    a.0 == b.0 && a.1 <= b.2 && b.1 <= a.2
}

fn contains(interval: Interval, address: IpAddr) -> bool {
    let (family, value) = number(address);
    interval.0 == family && (interval.1..=interval.2).contains(&value)
}

pub(crate) fn within(intervals: &[Interval], address: IpAddr) -> bool {
    intervals.iter().any(|interval| contains(*interval, address))
}

/// So much further.
pub(crate) fn shifted((family, first, last): Interval, by: u128) -> Interval {
    (family, first + by, last + by)
}

fn range(first: &str, last: &str) -> Option<Vec<Interval>> {
    let (first, last) = (number(first.parse().ok()?), number(last.parse().ok()?));
    if first.0 != last.0 {
        // Compared as 16 bytes: every IPv4 address is `::ffff:a.b.c.d` there.
        return (mapped(first) <= mapped(last)).then(Vec::new);
    }
    (first.1 <= last.1).then(|| vec![(first.0, first.1, last.1)])
}

fn cidr(text: &str) -> Option<Interval> {
    let (address, length) = text.split_once('/')?;
    let (is_v4, value) = number(address.parse().ok()?);
    let bits: u32 = if is_v4 { 32 } else { 128 };
    let digits = !length.is_empty() && length.bytes().all(|byte| byte.is_ascii_digit());
    let length: u32 = digits.then(|| length.parse().ok()).flatten().filter(|length| *length <= bits)?;
    let host = u128::MAX.checked_shr(128 - bits + length).unwrap_or(0);
    Some((is_v4, value & !host, value | host))
}

/// Whether it is IPv4, and its number.
pub(crate) fn number(address: IpAddr) -> (bool, u128) {
    match address {
        IpAddr::V4(address) => (true, u128::from(u32::from(address))),
        IpAddr::V6(address) => (false, u128::from(address)),
    }
}

fn mapped((is_v4, value): (bool, u128)) -> u128 {
    if is_v4 { value | (0xffff << 32) } else { value }
}
