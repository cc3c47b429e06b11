//! Ranges in a text: two addresses with a dash or two dots between, or one and the last number of the other. Must not know
//! where they move.
//!
//! Source: the manual pages of keepalived.conf (`192.168.200.2-10`, `fd00::1-ff`) and nmap, OVN's `exclude_ips` (`..`).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::prefix;
use super::tokens::{Spelled, whole};
use super::words::{Word, may_begin, may_end};

/// Two whole addresses of one family, the lower one first.
pub(super) fn range<'t>(text: &'t str, word: Word<'t>) -> Option<(Spelled<'t>, Spelled<'t>)> {
    let (first, second) = ends(text, word)?;
    let first = Spelled { word: word.cut(first), address: word.cut(first).exact()? };
    let (bare, address) = second.address()?;
    let last = Spelled { word: bare, address };
    let ordered = first.address.is_ipv4() == last.address.is_ipv4() && first.address <= last.address;
    (ordered && may_begin(text, word.start) && whole(text, second, last)).then_some((first, last))
}

/// What stands before and behind the dash or the dots.
fn ends<'t>(text: &'t str, word: Word<'t>) -> Option<(&'t str, Word<'t>)> {
    let behind = |rest: &'t str| Word { start: word.end() - rest.len(), text: rest };
    if let Some((first, rest)) = word.text.split_once("..").filter(|(_, rest)| !rest.starts_with('.')) {
        return Some((first, behind(rest)));
    }
    match word.text.split_once('-') {
        Some((first, rest)) if !rest.is_empty() => Some((first, behind(rest))),
        dashed => Some((dashed.map_or(word.text, |(first, _)| first), behind_dash(text, word)?)),
    }
}

/// The next word after a dash, with blanks around it, on the same line.
fn behind_dash<'t>(text: &'t str, word: Word<'t>) -> Option<Word<'t>> {
    let blank = [' ', '\t'];
    let mut rest = text.get(word.end()..)?.trim_start_matches(blank);
    if !word.text.ends_with('-') {
        rest = rest.strip_prefix('-')?.trim_start_matches(blank);
    }
    Word::at(text, text.len().saturating_sub(rest.len()))
}

/// `172.17.0.80-90`: an address and, behind a dash, a number for its last one that is not below it.
pub(super) fn short<'t>(text: &'t str, word: Word<'t>) -> Option<(Spelled<'t>, Spelled<'t>)> {
    let (first, end) = word.text.trim_end_matches(['.', ':']).split_once('-')?;
    let end = Word { start: word.start.saturating_add(first.len() + 1), text: end };
    let first = Spelled { word: word.cut(first), address: word.cut(first).exact()? };
    let last = Spelled { word: end, address: with_end(first, end.text)? };
    let format = text.get(word.end()..).is_some_and(|rest| rest.starts_with('%'));
    let alone = may_begin(text, word.start) && may_end(text, word.end()) && !format;
    (alone && first.address <= last.address).then_some((first, last))
}

/// The address with another last number.
fn with_end(first: Spelled<'_>, end: &str) -> Option<IpAddr> {
    match first.address {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            Some(Ipv4Addr::new(a, b, c, prefix(end)?).into())
        }
        IpAddr::V6(address) => {
            let group = !first.word.text.contains('.') && (1..=4).contains(&end.len());
            let digits = group && end.bytes().all(|byte| byte.is_ascii_hexdigit());
            let end = digits.then(|| u16::from_str_radix(end, 16).ok()).flatten()?;
            Some(Ipv6Addr::from_bits(address.to_bits() >> 16 << 16 | u128::from(end)).into())
        }
    }
}

/// Whether two addresses have all but their last number in common.
pub(super) fn differ_at_the_end(low: IpAddr, high: IpAddr) -> bool {
    match (low, high) {
        (IpAddr::V4(low), IpAddr::V4(high)) => low.to_bits() >> 8 == high.to_bits() >> 8,
        (IpAddr::V6(low), IpAddr::V6(high)) => low.to_bits() >> 16 == high.to_bits() >> 16,
        _ => false,
    }
}
