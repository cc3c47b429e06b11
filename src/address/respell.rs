//! An address in the spelling of another: position of `::`, leading zeros, case. Must not know blocks.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::ops::Range;

/// The new address in the old one's spelling, or canonical if that cannot show it.
///
/// If the old text was canonical in either case of letters, so is the new one, wherever its zeros stand. Any other
/// spelling keeps the position of `::`, explicit zero groups, group widths and a dotted tail.
#[must_use]
pub fn respell(old_text: &str, new: IpAddr) -> String {
    let new = match new {
        IpAddr::V4(new) => return dotted(new),
        IpAddr::V6(new) => new,
    };
    let Ok(old) = old_text.parse::<Ipv6Addr>() else { return new.to_string() };
    let spelling = Spelling::of(old_text);
    let canonical = new.to_string();
    if old_text.eq_ignore_ascii_case(&old.to_string()) {
        return spelling.with_layout(&Spelling::of(&canonical)).write(old, new);
    }
    if spelling.can_show(new) { spelling.write(old, new) } else { canonical }
}

/// The last group of an address, written apart from the rest of one: `90` in `fd00::80-90`.
#[must_use]
pub(super) fn respell_end(text: &str, end: &str, old: IpAddr, new: IpAddr) -> String {
    match (old, new) {
        (IpAddr::V6(old), IpAddr::V6(new)) => Spelling::of(text).group(end, last_group(old), last_group(new)),
        (_, IpAddr::V4(new)) => new.octets().last().map(u8::to_string).unwrap_or_default(),
        (IpAddr::V4(_), IpAddr::V6(_)) => end.to_owned(),
    }
}

fn last_group(address: Ipv6Addr) -> u16 {
    address.segments().last().copied().unwrap_or_default()
}

/// An IPv4 address. Formatting one takes as long as all else that is done to move it.
fn dotted(address: Ipv4Addr) -> String {
    let mut text = String::with_capacity("255.255.255.255".len());
    for octet in address.octets() {
        if !text.is_empty() {
            text.push('.');
        }
        for (unit, is_written) in [(100, octet > 99), (10, octet > 9), (1, true)] {
            if is_written {
                text.push(char::from(b'0' + octet / unit % 10));
            }
        }
    }
    text
}

/// How an IPv6 address is written.
#[derive(Clone)]
struct Spelling<'t> {
    /// The groups by position; empty where `::` or a dotted tail stands for them.
    groups: [&'t str; 8],
    /// The positions that `::` stands for; empty without `::`.
    elided: Range<usize>,
    dotted: bool,
    /// Whether every group has four digits and some have leading zeros.
    padded: bool,
    upper: bool,
}

impl<'t> Spelling<'t> {
    /// The spelling of a text, which must be a valid IPv6 address.
    fn of(text: &'t str) -> Self {
        let (head, tail) = text.split_once("::").unwrap_or((text, ""));
        let words = |part: &'t str| part.split(':').filter(|word| !word.is_empty());
        let dotted = text.contains('.');
        let width = |word: &str| if word.contains('.') { 2 } else { 1 };
        let start = words(head).map(width).sum();
        let end = 8usize.saturating_sub(words(tail).map(width).sum());
        let elided = if text.contains("::") { start..end } else { 8..8 };
        let mut groups = [""; 8];
        let (before, after) = (words(head), words(tail));
        let places = (0..start).zip(before).chain((end..8).zip(after));
        for (place, word) in places.filter(|(_, word)| !word.contains('.')) {
            if let Some(group) = groups.get_mut(place) {
                *group = word;
            }
        }
        let written = || groups.iter().filter(|group| !group.is_empty());
        let padded = written().all(|group| group.len() == 4) && written().any(|group| group.starts_with('0'));
        let upper = is_upper(text);
        Self { groups, elided, dotted, padded, upper }
    }

    /// These groups in the layout of the other.
    fn with_layout(&self, other: &Spelling<'_>) -> Self {
        Self { elided: other.elided.clone(), dotted: other.dotted, ..self.clone() }
    }

    /// Whether the address is zero in every position that `::` stands for.
    fn can_show(&self, address: Ipv6Addr) -> bool {
        let segments = address.segments();
        let skipped = segments.iter().skip(self.elided.start).take(self.elided.len());
        skipped.into_iter().all(|segment| *segment == 0)
    }

    fn write(&self, old: Ipv6Addr, new: Ipv6Addr) -> String {
        let mut text = String::new();
        let shown = if self.dotted { 6 } else { 8 };
        let values = old.segments().into_iter().zip(new.segments());
        for (place, ((old, new), word)) in values.zip(self.groups).enumerate().take(shown) {
            if self.elided.contains(&place) {
                if place == self.elided.start {
                    text.push_str("::");
                }
                continue;
            }
            separate(&mut text);
            text.push_str(&self.group(word, old, new));
        }
        if self.dotted {
            separate(&mut text);
            let [.., a, b, c, d] = new.octets();
            text.push_str(&dotted(Ipv4Addr::new(a, b, c, d)));
        }
        text
    }

    fn group(&self, word: &str, old: u16, new: u16) -> String {
        if old == new && !word.is_empty() {
            return word.to_owned();
        }
        let zeros = word.len() > 1 && word.starts_with('0');
        let width = if self.padded { 4 } else { word.len() * usize::from(zeros) };
        let lower = word.bytes().any(|byte| byte.is_ascii_lowercase());
        if is_upper(word) || (self.upper && !lower) {
            format!("{new:0width$X}")
        } else {
            format!("{new:0width$x}")
        }
    }
}

/// Whether a text has letters, all of them upper case.
pub(super) fn is_upper(text: &str) -> bool {
    let mut letters = text.bytes().filter(u8::is_ascii_alphabetic).peekable();
    letters.peek().is_some() && letters.all(|byte| byte.is_ascii_uppercase())
}

/// Adds a colon unless the text is empty or ends with one.
fn separate(text: &mut String) {
    if !text.is_empty() && !text.ends_with(':') {
        text.push(':');
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::{dotted, respell};

    #[test]
    fn an_ipv4_address_is_written_as_the_standard_library_does() {
        for octet in 0..=u8::MAX {
            let address = Ipv4Addr::new(octet, 0, octet.wrapping_mul(7), octet.reverse_bits());
            assert_eq!(dotted(address), address.to_string());
        }
    }

    #[test]
    fn an_address_keeps_its_spelling() {
        for (old, new, expected) in [
            ("172.17.0.80", "172.27.0.80", "172.27.0.80"),
            ("fd00:bbbb::80", "fd00:cccc::80", "fd00:cccc::80"),
            ("FD00:BBBB::80", "fd00:cccc::8a", "FD00:CCCC::8A"),
            ("fd00:BBBB::80", "fd00:cccc::80", "fd00:CCCC::80"),
            ("fd00:bbbb:0:0:0:0:0:80", "fd00:cccc::80", "fd00:cccc:0:0:0:0:0:80"),
            ("fd00:bbbb:0::80", "fd00:cccc::80", "fd00:cccc:0::80"),
            ("fd00:bbbb:0::80", "fd00:cccc:1::80", "fd00:cccc:1::80"),
            ("fd00:bbbb::0:80", "fd00:cccc::1:80", "fd00:cccc::1:80"),
            ("fd00:bbbb::0096", "fd00:cc::96", "fd00:00cc::0096"),
            ("fd00:1::0096", "fd00:2::1", "fd00:2::0001"),
            ("FD00:0000:0000:0000:0000:0000:0000:0080", "fd01::1", "FD01:0000:0000:0000:0000:0000:0000:0001"),
            ("64:ff9b::172.17.0.80", "64:ff9b::172.27.0.80", "64:ff9b::172.27.0.80"),
            ("::ffff:172.17.0.80", "::ffff:172.27.0.80", "::ffff:172.27.0.80"),
            ("::ffff:ac11:50", "::ffff:172.27.0.80", "::ffff:ac1b:50"),
            ("::172.17.0.80", "::172.27.0.80", "::172.27.0.80"),
            ("fd00:0::", "fd01::", "fd01:0::"),
            ("fd00:0::", "fd01::1", "fd01::1"),
            ("fd00::", "fd01::1", "fd01::1"),
            ("::", "fd01::", "fd01::"),
            ("fd00:bbbb::80", "fd00:cccc:1::80", "fd00:cccc:1::80"),
            ("fd00:cccc:1::80", "fd00:bbbb::80", "fd00:bbbb::80"),
            ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:8:0", "1:2:3:4:5:6:8::"),
            ("172.17.0.80", "fd00::80", "fd00::80"),
            ("no address", "fd00::80", "fd00::80"),
        ] {
            assert_eq!(respell(old, new.parse().unwrap()), expected, "{old} {new}");
        }
    }
}
