//! A mapping from blocks to blocks: where an address, a range or a network moves. Must not know texts.

use std::net::IpAddr;

use ipnet::IpNet;

use super::check::check;
use super::number::{carried, embedded, mapped, number};
use super::{Block, MappingError, Outcome, Reason};

/// Where one block moves; to itself if it stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// What moves.
    pub from: Block,
    /// Its target, of the same family and size.
    pub to: Block,
}

/// Pairs of blocks; the smallest source that holds an address decides where it moves.
///
/// An IPv4-mapped address (`::ffff:172.17.0.80`) is the IPv4 address in it, and moves with that.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mapping {
    /// The smallest source first.
    pairs: Vec<Pair>,
}

impl Pair {
    /// Whether its addresses change.
    #[must_use]
    pub fn moves(&self) -> bool {
        !self.from.same_addresses(&self.to)
    }

    /// How far its addresses move, modulo 2^128 where they move down.
    pub(super) fn shift(&self) -> u128 {
        number(self.to.first()).wrapping_sub(number(self.from.first()))
    }

    fn carry(&self, address: IpAddr) -> Option<IpAddr> {
        carried(address, self.from.first(), self.to.first())
    }
}

/// The smallest source that holds an address; `pairs` must be sorted smallest first.
pub(super) fn smallest(pairs: &[Pair], address: IpAddr) -> Option<&Pair> {
    pairs.iter().find(|pair| pair.from.contains(address))
}

impl Mapping {
    /// Checks the pairs and makes a mapping of them.
    pub fn new(pairs: Vec<(Block, Block)>) -> Result<Self, MappingError> {
        let pair = |(from, to): (Block, Block)| Pair { from: from.canonical(), to: to.canonical() };
        let mapping = Self::sorted(pairs.into_iter().map(pair).collect());
        check(&mapping.pairs)?;
        Ok(mapping)
    }

    /// The pairs whose addresses change.
    pub fn moves(&self) -> impl Iterator<Item = &Pair> {
        self.pairs.iter().filter(|pair| pair.moves())
    }

    fn sorted(mut pairs: Vec<Pair>) -> Self {
        pairs.sort_by_cached_key(|pair| pair.from.size());
        Self { pairs }
    }

    /// The inverse, for addresses that this mapping moved.
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self::sorted(self.pairs.iter().map(|pair| Pair { from: pair.to, to: pair.from }).collect())
    }

    /// The pairs, the smallest source first.
    #[must_use]
    pub fn pairs(&self) -> &[Pair] {
        &self.pairs
    }

    /// Whether nothing moves.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.pairs.iter().any(Pair::moves)
    }

    /// The address's target, its own address if it is to stay, `None` if no pair covers it.
    #[must_use]
    pub fn map_address(&self, address: IpAddr) -> Option<IpAddr> {
        match embedded(address) {
            Some(inner) => self.map_address(inner).map(mapped),
            None => smallest(&self.pairs, address)?.carry(address),
        }
    }

    /// Where the range from `first` to `last` moves as a whole. It stays if the two do not make a range.
    #[must_use]
    pub fn map_range(&self, first: IpAddr, last: IpAddr) -> Outcome<(IpAddr, IpAddr)> {
        if let (Some(first), Some(last)) = (embedded(first), embedded(last)) {
            return self.map_range(first, last).map(|(low, high)| (mapped(low), mapped(high)));
        }
        let Ok(range) = Block::range(first, last) else { return Outcome::Stays };
        let whole = self.pairs.iter().find(|pair| pair.from.contains_block(&range)).copied();
        let whole = whole.unwrap_or(Pair { from: range, to: range });
        let moved = whole.carry(first).zip(whole.carry(last));
        let (Some(ends), Some(target)) = (moved, moved.and_then(|(a, b)| Block::range(a, b).ok())) else {
            return Outcome::Stuck(Reason::Cut(whole.from));
        };
        if let Some(reason) = self.pairs.iter().find_map(|part| hinders(part, &whole, &range, &target)) {
            return Outcome::Stuck(reason);
        }
        if whole.moves() { Outcome::Moved(ends) } else { Outcome::Stays }
    }

    /// Where a network moves or, if host bits are set, the interface address in it.
    ///
    /// An interface address is stuck if its target would be the network's own address, and so read as the network.
    #[must_use]
    pub fn map_net(&self, net: IpNet) -> Outcome<IpNet> {
        let is_network = net.addr() == net.network();
        let outcome = if is_network {
            self.map_range(net.network(), net.broadcast())
        } else {
            self.map_range(net.addr(), net.addr())
        };
        let first = match outcome {
            Outcome::Moved((first, _)) => first,
            Outcome::Stays => return Outcome::Stays,
            Outcome::Stuck(reason) => return Outcome::Stuck(reason),
        };
        match IpNet::new(first, net.prefix_len()) {
            Ok(moved) if (moved.network() == first) == is_network => Outcome::Moved(moved),
            _ => Outcome::Stuck(self.unaligned(net, is_network)),
        }
    }

    fn unaligned(&self, net: IpNet, is_network: bool) -> Reason {
        let block = if is_network { net.into() } else { net.addr().into() };
        let pair = self.pairs.iter().find(|pair| pair.from.contains_block(&block));
        Reason::Unaligned(pair.map_or(block, |pair| pair.from))
    }
}

/// Why `part` keeps `range` from moving to `target` with `whole`, the pair that holds it.
///
/// A part that moves elsewhere inside the target does not: the range holds it before and after.
fn hinders(part: &Pair, whole: &Pair, range: &Block, target: &Block) -> Option<Reason> {
    let outside = !part.from.overlaps(range) || part.from.contains_block(range);
    let inside = range.contains_block(&part.from);
    if outside || part.shift() == whole.shift() || (inside && target.contains_block(&part.to)) {
        return None;
    }
    Some(match (whole.moves(), inside) {
        (true, _) => Reason::Cut(part.from),
        (false, true) => Reason::Broader(part.from),
        (false, false) => Reason::Straddles(part.from),
    })
}

#[cfg(test)]
mod tests {
    use super::{Mapping, Outcome};
    use crate::address::{Block, address, net};

    fn mapping() -> Mapping {
        let block = |text: &str| Block::parse(text).unwrap();
        let pairs = [
            ("172.17.0.0/24", "172.27.0.0/24"),
            ("172.17.0.1/32", "172.17.0.1/32"),
            ("192.168.122.80-192.168.122.90", "192.168.122.110-192.168.122.120"),
            ("10.0.0.0/16", "10.4.0.0-10.4.255.255"),
            ("10.8.0.0/24", "10.9.0.4-10.9.1.3"),
            ("fd00:bbbb::/64", "fd00:cccc::/64"),
            ("172.19.0.0/24", "172.29.0.0/24"),
            ("172.19.0.8/32", "172.29.0.9/32"),
            ("172.19.0.9/32", "172.29.0.8/32"),
        ];
        Mapping::new(pairs.map(|(from, to)| (block(from), block(to))).to_vec()).unwrap()
    }

    #[test]
    fn addresses_move_with_the_smallest_block() {
        for (from, to) in [
            ("172.17.0.80", Some("172.27.0.80")),
            ("172.17.0.1", Some("172.17.0.1")),
            ("172.17.1.1", None),
            ("192.168.122.85", Some("192.168.122.115")),
            ("192.168.122.110", None),
            ("fd00:bbbb::80", Some("fd00:cccc::80")),
            ("172.19.0.8", Some("172.29.0.9")),
            ("255.255.255.0", None),
        ] {
            let to = to.map(|to| address(to).unwrap());
            assert_eq!(mapping().map_address(address(from).unwrap()), to, "{from}");
        }
    }

    fn told<T>(outcome: Outcome<T>, show: impl Fn(T) -> String) -> String {
        match outcome {
            Outcome::Moved(to) => show(to),
            Outcome::Stays => "stays".to_owned(),
            Outcome::Stuck(reason) => reason.to_string(),
        }
    }

    #[test]
    fn ranges_move_whole_or_not() {
        for (first, last, expected) in [
            ("172.17.0.80", "172.17.0.90", "172.27.0.80-172.27.0.90"),
            (
                "172.17.0.0",
                "172.17.0.90",
                "172.17.0.1/32, which is inside it or at its edge, goes another way",
            ),
            ("172.17.0.1", "172.17.0.1", "stays"),
            ("172.17.1.1", "172.17.1.9", "stays"),
            ("172.17.0.90", "172.17.1.9", "it straddles the edge of 172.17.0.0/24, which moves"),
            (
                "192.168.122.85",
                "192.168.122.95",
                "it straddles the edge of 192.168.122.80-192.168.122.90, which moves",
            ),
            (
                "192.168.122.70",
                "192.168.122.95",
                "it is broader than 192.168.122.80-192.168.122.90, which moves",
            ),
            ("192.168.122.70", "192.168.122.130", "stays"),
            (
                "192.168.122.70",
                "192.168.122.115",
                "it is broader than 192.168.122.80-192.168.122.90, which moves",
            ),
            ("0.0.0.0", "255.255.255.255", "stays"),
            ("::", "fd00:bbbb::1", "it straddles the edge of fd00:bbbb::/64, which moves"),
            ("172.17.0.90", "172.17.0.80", "stays"),
            ("172.19.0.0", "172.19.0.9", "172.29.0.0-172.29.0.9"),
            (
                "172.19.0.9",
                "172.19.0.12",
                "172.19.0.9/32, which is inside it or at its edge, goes another way",
            ),
        ] {
            let outcome = mapping().map_range(address(first).unwrap(), address(last).unwrap());
            assert_eq!(told(outcome, |(a, b)| format!("{a}-{b}")), expected, "{first}-{last}");
        }
    }

    #[test]
    fn networks_move_whole_and_aligned() {
        for (text, expected) in [
            ("172.17.0.5/24", "172.27.0.5/24"),
            ("172.17.0.1/24", "stays"),
            ("172.17.0.64/26", "172.27.0.64/26"),
            ("172.17.0.0/16", "it is broader than 172.17.0.0/24, which moves"),
            ("10.0.0.0/16", "10.4.0.0/16"),
            ("10.0.128.0/17", "10.4.128.0/17"),
            ("10.8.0.4/30", "10.9.0.8/30"),
            ("10.8.0.8/29", "10.8.0.0/24 moves by a distance"),
            ("192.168.122.0/24", "stays"),
            ("10.8.0.12/29", "10.8.0.0/24 moves by a distance"),
            ("192.168.122.80/24", "192.168.122.110/24"),
            ("192.168.122.80/32", "192.168.122.110/32"),
            ("0.0.0.0/0", "stays"),
            ("::/0", "stays"),
            ("fd00:bbbb::/64", "fd00:cccc::/64"),
            ("172.19.0.0/24", "172.29.0.0/24"),
        ] {
            let shown = told(mapping().map_net(net(text).unwrap()), |net| net.to_string());
            assert!(shown.starts_with(expected), "{text}: {shown}");
        }
    }

    #[test]
    fn nothing_moves_where_nothing_is_to_move() {
        let stay = Block::parse("10.0.0.0/24").unwrap();
        assert!(Mapping::default().is_empty());
        assert!(Mapping::new(vec![(stay, stay)]).unwrap().is_empty());
        assert!(!mapping().is_empty());
        assert_eq!(mapping().pairs().len(), 9);
    }
}
