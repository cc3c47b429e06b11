//! Groups spans into networks: stated subnets, else ones drawn around what is in none. Must not know manifests.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use ipnet::IpNet;

use super::atlas::{Atlas, Network, REACHING, Span, Subnet, Wire, ends};
use super::free::{covered, free};
use super::merging::merged;
use super::overview::Overview;
use crate::address::Block;

/// The subnets and spans of all instances.
#[derive(Debug, Clone, Default)]
pub(super) struct Survey {
    /// The namespaces of the instances.
    pub(super) instances: Vec<String>,
    /// The subnets that manifests state.
    pub(super) subnets: Vec<Subnet>,
    /// What takes addresses.
    pub(super) spans: Vec<Span>,
}

impl Survey {
    /// Makes the map, without its conflicts and overview.
    pub(super) fn atlas(mut self) -> Atlas {
        self.subnets.sort_by_cached_key(|subnet| (subnet.rank, ends(&subnet.block).0));
        let taken = covered(&self.spans);
        let mut networks = stated(&self.subnets);
        let loose = place(merged(self.spans), &mut networks);
        networks.retain(|network| !network.spans.is_empty());
        networks.extend(drawn_around(loose));
        for network in &mut networks {
            network.spans.sort_by_cached_key(|span| (span.kind, span.block.first(), span.owner));
            network.free = free(&network.block, &taken);
        }
        let networks = together(networks);
        Atlas { instances: self.instances, networks, conflicts: 0, overview: Overview::default() }
    }
}

/// The networks of one name beside each other, where the first of them is; these by instance.
fn together(mut networks: Vec<Network>) -> Vec<Network> {
    let name = |network: &Network| {
        network.names.first().filter(|_| network.stated).map(|name| name.to_ascii_lowercase())
    };
    let mut first: BTreeMap<Option<String>, IpAddr> = BTreeMap::new();
    for network in &networks {
        let known = first.entry(name(network)).or_insert(network.block.first());
        *known = network.block.first().min(*known);
    }
    networks.sort_by_cached_key(|network| {
        let (name, block) = (name(network), (network.block.first(), network.block.last()));
        let group = name.as_ref().and_then(|_| first.get(&name)).copied().unwrap_or(block.0);
        let owner = name.is_some().then(|| network.owners().first().copied().flatten());
        (group, name, owner, block)
    });
    networks
}

/// The blocks that are in no other one, by address. CIDRs overlap only where one is in the other.
fn widest(mut blocks: Vec<Block>) -> Vec<Block> {
    blocks.sort_by_cached_key(|block| (block.first(), Reverse(block.last())));
    let mut widest: Vec<Block> = Vec::new();
    for block in blocks {
        if widest.last().is_none_or(|last| !last.contains_block(&block)) {
            widest.push(block);
        }
    }
    widest
}

/// The one among networks sorted by address that holds a block, and its place.
fn holding<'n>(networks: &'n mut [Network], block: &Block) -> Option<(usize, &'n mut Network)> {
    let place = networks.partition_point(|network| network.block.first() <= block.first()).checked_sub(1)?;
    networks.get_mut(place).map(|network| (place, network))
}

/// The networks of stated subnets, by address; overlapping ones are one network, as wide as the widest. The subnets are
/// sorted by rank.
fn stated(subnets: &[Subnet]) -> Vec<Network> {
    let blocks = widest(subnets.iter().map(|subnet| subnet.block).collect());
    let mut networks: Vec<Network> = blocks.into_iter().map(|block| empty(block, true)).collect();
    let mut best: BTreeMap<usize, u8> = BTreeMap::new();
    let mut names: BTreeSet<(usize, &str)> = BTreeSet::new();
    let mut wires: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    for subnet in subnets {
        let Some((place, network)) = holding(&mut networks, &subnet.block) else { continue };
        if *best.entry(place).or_insert(subnet.rank) == subnet.rank && names.insert((place, &subnet.name)) {
            network.names.push(subnet.name.clone());
        }
        network.vlans.extend(subnet.vlan.clone());
        if let Some(wire) = &subnet.wire {
            let known = *wires.entry((place, &wire.name)).or_insert(network.wires.len());
            connect(network, known, wire);
        }
    }
    for network in &mut networks {
        network.vlans.sort_unstable();
        network.vlans.dedup();
    }
    networks
}

/// Adds a host interface at its place, or what is new of it.
fn connect(network: &mut Network, place: usize, wire: &Wire) {
    let Some(known) = network.wires.get_mut(place) else { return network.wires.push(wire.clone()) };
    if known.base.is_none() {
        known.base.clone_from(&wire.base);
    }
    if known.owner != wire.owner {
        known.owner = None;
    }
}

fn empty(block: Block, stated: bool) -> Network {
    Network {
        names: Vec::new(),
        block,
        stated,
        vlans: Vec::new(),
        wires: Vec::new(),
        spans: Vec::new(),
        reaching: 0,
        free: Vec::new(),
        conflicts: Vec::new(),
        more_conflicts: 0,
    }
}

/// Adds each span to every network that it overlaps, and returns those that overlap none. The networks are sorted by
/// address, and apart.
fn place(spans: Vec<Span>, networks: &mut [Network]) -> Vec<Span> {
    let mut loose = Vec::new();
    for span in spans {
        let before = networks.partition_point(|network| network.block.last() < span.block.first());
        let behind = networks.iter_mut().skip(before);
        let mut met = behind.take_while(|network| network.block.first() <= span.block.last()).peekable();
        if met.peek().is_none() {
            loose.push(span);
            continue;
        }
        for network in met {
            let is_inside = network.block.contains_block(&span.block);
            network.reaching = network.reaching.saturating_add(usize::from(!is_inside));
            if is_inside || network.reaching <= REACHING {
                network.spans.push(span.clone());
            }
        }
    }
    loose
}

/// Networks drawn around spans and their neighbours, each named by its first span.
fn drawn_around(spans: Vec<Span>) -> Vec<Network> {
    let blocks = widest(spans.iter().map(|span| around(&span.block)).collect());
    let mut networks: Vec<Network> = blocks.into_iter().map(|block| empty(block, false)).collect();
    for span in spans {
        let Some((_, network)) = holding(&mut networks, &span.block) else { continue };
        if network.names.is_empty() {
            network.names.extend(span.names.first().cloned());
        }
        network.spans.push(span);
    }
    networks
}

/// The subnet drawn around a block without one: at least a /24 or a /64.
fn around(block: &Block) -> Block {
    smallest(block, if block.first().is_ipv4() { 24 } else { 64 })
}

/// The smallest CIDR around a block, with a prefix of at most this length.
pub(super) fn smallest(block: &Block, longest: u8) -> Block {
    let net = |prefix: &u8| IpNet::new(block.first(), *prefix).ok().map(Block::from);
    let nets = (0..=longest).rev().filter_map(|prefix| net(&prefix));
    nets.into_iter().find(|net| net.contains_block(block)).unwrap_or(*block)
}

#[cfg(test)]
mod tests {
    use super::{Survey, smallest};
    use crate::address::Block;
    use crate::map::atlas::{Span, Subnet, spelled};
    use crate::model::Kind;

    fn block(text: &str) -> Block {
        Block::parse(text).unwrap()
    }

    fn span(kind: Kind, owner: usize, text: &str) -> Span {
        let (names, excluded, note) = (vec![text.to_owned()], Vec::new(), String::new());
        Span { kind, owner: Some(owner), block: block(text), names, excluded, note }
    }

    fn survey(subnets: &[&str], spans: Vec<Span>) -> Survey {
        let subnet = |text: &&str| Subnet {
            block: block(text),
            name: (*text).to_owned(),
            rank: 0,
            vlan: None,
            wire: None,
        };
        let instances = vec!["red".to_owned(), "blue".to_owned()];
        Survey { instances, subnets: subnets.iter().map(subnet).collect(), spans }
    }

    #[test]
    fn what_nobody_takes_is_free() {
        for (subnet, taken, free) in [
            ("10.0.0.0/29", vec!["10.0.0.2-10.0.0.3", "10.0.0.3-10.0.0.4"], "10.0.0.1 10.0.0.5-10.0.0.6"),
            ("10.0.0.0/29", vec!["9.255.255.0-10.0.0.5"], "10.0.0.6"),
            ("10.0.0.0/29", vec!["10.0.0.0/29"], ""),
            ("10.0.0.0/31", vec!["10.0.0.1/32"], "10.0.0.0"),
            ("fd00::/125", vec!["fd00::2/128"], "fd00::-fd00::1 fd00::3-fd00::7"),
            ("255.255.255.0/24", vec!["255.255.255.2-255.255.255.255"], "255.255.255.1"),
        ] {
            let spans = taken.iter().map(|taken| span(Kind::Pool, 0, taken)).collect();
            let atlas = survey(&[subnet], spans).atlas();
            let found: Vec<String> = atlas.networks[0].free.iter().map(spelled).collect();
            assert_eq!(found.join(" "), free, "{subnet} {taken:?}");
        }
    }

    #[test]
    fn subnets_and_what_is_in_them() {
        let spans = ["10.0.0.9-10.0.1.9", "10.9.0.1/32", "10.9.0.200-10.9.1.1", "10.7.0.1/32", "fd00::1/128"];
        let spans = spans.iter().map(|text| span(Kind::Pool, 0, text)).collect();
        let atlas = survey(&["10.0.0.0/24", "10.0.1.0/24", "10.0.1.0/25"], spans).atlas();
        let shown: Vec<String> = atlas
            .networks
            .iter()
            .map(|one| format!("{} {} {}", one.block, one.stated, one.spans.len()))
            .collect();
        let expected = [
            "10.0.0.0/24 true 1",
            "10.0.1.0/24 true 1",
            "10.7.0.0/24 false 1",
            "10.9.0.0/23 false 2",
            "fd00::/64 false 1",
        ];
        assert_eq!(shown, expected);
    }

    #[test]
    fn the_smallest_cidr_around() {
        for (text, longest, expected) in [
            ("10.0.0.80-10.0.0.90", 24, "10.0.0.0/24"),
            ("10.0.0.255-10.0.1.0", 24, "10.0.0.0/23"),
            ("0.0.0.0-255.255.255.255", 24, "0.0.0.0/0"),
            ("fd00::ff-fd00::100", 120, "fd00::/119"),
            ("::/0", 120, "::/0"),
        ] {
            assert_eq!(smallest(&block(text), longest).to_string(), expected);
        }
    }

    #[test]
    fn of_ranges_that_reach_beyond_a_subnet_so_many_are_drawn() {
        let wide = (0..50_u8).map(|number| span(Kind::Pool, 0, &format!("10.0.0.{number}-10.0.9.0")));
        let inside = (100..150_u8).map(|number| span(Kind::Vip, 0, &format!("10.0.0.{number}/32")));
        let atlas = survey(&["10.0.0.0/24", "10.0.1.0/24"], wide.chain(inside).collect()).atlas();
        let drawn: Vec<(usize, usize)> =
            atlas.networks.iter().map(|one| (one.spans.len(), one.reaching)).collect();
        assert_eq!(drawn, [(70, 50), (20, 50)]);
        assert!(atlas.networks.iter().all(|network| network.free.is_empty()));
    }
}
