//! Reversed names: an address under `in-addr.arpa` or `ip6.arpa`, or a whole network by fewer labels. Must not know where
//! they move.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;

use super::respell::is_upper;
use super::words::{Word, may_begin, may_end};

/// What reversed names end with: the zone, an address's labels in it, the bits of each.
const ZONES: [(&str, usize, u8); 2] = [("in-addr.arpa", 4, 8), ("ip6.arpa", 32, 4)];

/// A reversed name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reversed<'t> {
    /// The labels that are numbers.
    pub(super) labels: Word<'t>,
    /// The whole name.
    pub(super) name: Word<'t>,
    /// What they stand for.
    pub(super) net: IpNet,
}

impl<'t> Reversed<'t> {
    /// The reversed name at the end of a word; one below it (`_dns-sd._udp.0.17.172.in-addr.arpa`) is of its network.
    pub(super) fn read(text: &'t str, word: Word<'t>) -> Option<Self> {
        let bare = word.text.trim_end_matches(['.', ':']);
        let written = bare.rsplit(':').next()?;
        let start = word.start.saturating_add(bare.len() - written.len());
        let own = start > word.start || may_begin(text, start);
        ZONES
            .iter()
            .find_map(|zone| Self::in_zone(text, Word { start, text: written }, zone, own))
            .filter(|_| may_end(text, word.end()))
    }

    fn in_zone(
        text: &str,
        name: Word<'t>,
        &(zone, most, bits): &(&str, usize, u8),
        own: bool,
    ) -> Option<Self> {
        let (labels, end) = name.text.split_at_checked(name.text.len().checked_sub(zone.len())?)?;
        let labels = labels.strip_suffix('.').filter(|_| end.eq_ignore_ascii_case(zone))?;
        let each = || labels.rsplit('.').map(|label| number(label, bits));
        let numbers: Vec<u8> = each().map_while(|number| number).take(most).collect();
        let longer = each().nth(most).is_some_and(|number| number.is_some());
        let all = labels.split('.').count();
        let whole = all == numbers.len();
        // `0/25.0.17.172.in-addr.arpa` (RFC 2317): the first number is the length of a prefix.
        let shown = numbers.len() - usize::from(whole && behind_slash(text, name.start));
        if shown == 0 || longer || whole && !own {
            return None;
        }
        let skipped: usize = labels.split('.').take(all - shown).map(|label| label.len() + 1).sum();
        let labels = Word { start: name.start + skipped, text: labels.get(skipped..)? };
        let name = Word { start: labels.start, text: name.text.get(skipped..)? };
        let length = u8::try_from(shown).ok()? * bits;
        let net = IpNet::new(joined(numbers.get(..shown)?, bits)?, length).ok()?;
        Some(Self { labels, name, net })
    }

    /// The labels of another network of the same length, in the same case.
    pub(super) fn with(&self, net: IpNet) -> String {
        let all: Vec<String> = match net.addr() {
            IpAddr::V4(address) => address.octets().iter().map(u8::to_string).collect(),
            IpAddr::V6(address) => format!("{:032x}", address.to_bits()).chars().map(String::from).collect(),
        };
        let old: Vec<&str> = self.labels.text.split('.').collect();
        let new = all.into_iter().take(old.len()).rev();
        old.iter().zip(new).map(|(old, new)| self.label(old, new)).collect::<Vec<_>>().join(".")
    }

    /// A label in the case of the one in its place, or where that has none, of all.
    fn label(&self, old: &str, new: String) -> String {
        if old.eq_ignore_ascii_case(&new) {
            return old.to_owned();
        }
        let lower = old.bytes().any(|byte| byte.is_ascii_lowercase());
        let upper = is_upper(old) || is_upper(self.labels.text) && !lower;
        if upper { new.to_ascii_uppercase() } else { new }
    }
}

/// Whether a slash and a digit stand before.
fn behind_slash(text: &str, start: usize) -> bool {
    let before = text.get(..start).and_then(|before| before.strip_suffix('/'));
    before.is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()))
}

/// A label as a number of 8 bits in decimal, or of 4 in hexadecimal.
fn number(label: &str, bits: u8) -> Option<u8> {
    let digits = label.bytes().all(|byte| byte.is_ascii_hexdigit());
    let spelled = digits && (label.len() == 1 || bits == 8 && !label.starts_with('0'));
    let radix = if bits == 8 { 10 } else { 16 };
    spelled.then(|| u8::from_str_radix(label, radix).ok()).flatten()
}

/// The address that begins with these numbers.
fn joined(numbers: &[u8], bits: u8) -> Option<IpAddr> {
    let mut address = 0u128;
    for number in numbers {
        address = address << bits | u128::from(*number);
    }
    let length = u32::from(bits) * u32::try_from(numbers.len()).ok()?;
    if bits == 4 {
        return Some(Ipv6Addr::from_bits(address.checked_shl(128 - length).unwrap_or_default()).into());
    }
    Some(Ipv4Addr::from_bits(u32::try_from(address << (32 - length)).ok()?).into())
}

#[cfg(test)]
mod tests {
    use super::Reversed;
    use crate::address::words::Word;

    #[test]
    fn names_and_what_they_stand_for() {
        let nibbles = "0.8.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.b.b.b.b.0.0.d.f.ip6.arpa";
        for (text, expected) in [
            ("80.0.17.172.in-addr.arpa", Some("172.17.0.80/32")),
            ("80.0.17.172.IN-ADDR.ARPA.", Some("172.17.0.80/32")),
            ("0.17.172.in-addr.arpa:", Some("172.17.0.0/24")),
            ("172.in-addr.arpa", Some("172.0.0.0/8")),
            ("_dns-sd._udp.0.17.172.in-addr.arpa", Some("172.17.0.0/24")),
            ("*.17.172.in-addr.arpa", Some("172.17.0.0/16")),
            ("0-127.0.17.172.in-addr.arpa", Some("172.17.0.0/24")),
            ("ptr:80.0.17.172.in-addr.arpa", Some("172.17.0.80/32")),
            (nibbles, Some("fd00:bbbb::80/128")),
            ("B.B.B.B.0.0.D.F.ip6.arpa", Some("fd00:bbbb::/32")),
            ("d.f.ip6.arpa", Some("fd00::/8")),
            ("5.80.0.17.172.in-addr.arpa", None),
            ("080.0.17.172.in-addr.arpa", Some("172.17.0.0/24")),
            ("in-addr.arpa", None),
            (".in-addr.arpa", None),
            ("host.in-addr.arpa", None),
            ("80.0.17.172.in-addr.arpa.example.com", None),
            ("80.0.17.172.my-in-addr.arpa", None),
            ("256.in-addr.arpa", None),
            ("1f.ip6.arpa", None),
            ("arpa", None),
        ] {
            let read = Word::at(text, 0).and_then(|word| Reversed::read(text, word));
            assert_eq!(read.map(|name| name.net.to_string()).as_deref(), expected, "{text}");
            if let Some(name) = read {
                assert_eq!(name.with(name.net), name.labels.text, "{text}");
            }
        }
    }
}
