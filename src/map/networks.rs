//! Groups spans into networks: stated subnets, else ones drawn around what is in none. Must not know manifests.

use std::collections::BTreeMap;
use std::net::IpAddr;

use ipnet::IpNet;

use super::atlas::{Atlas, Conflict, Network, Span, Subnet, block, ends};
use super::conflicts::mark;
use crate::address::Block;
use crate::model::{Kind, common};

/// The subnets and spans of all instances.
#[derive(Debug, Clone, Default)]
pub(super) struct Survey {
    /// The namespaces of the instances.
    pub(super) instances: Vec<String>,
    /// The subnets that manifests state.
    pub(super) subnets: Vec<Subnet>,
    /// What takes addresses.
    pub(super) spans: Vec<Span>,
    /// Conflicts, by address.
    pub(super) conflicts: Vec<Conflict>,
}

impl Survey {
    /// Makes the map.
    pub(super) fn atlas(mut self) -> Atlas {
        self.subnets.sort_by_cached_key(|subnet| (subnet.rank, ends(&subnet.block).0));
        let mut networks = stated(&self.subnets);
        for span in merged(self.spans) {
            place(span, &mut networks);
        }
        networks.retain(|network| !network.spans.is_empty());
        networks.sort_by_cached_key(|network| (network.block.first(), network.block.last()));
        for network in &mut networks {
            network.spans.sort_by_cached_key(|span| (span.kind, span.block.first(), span.owner));
            network.free = free(network);
        }
        mark(&self.conflicts, &mut networks);
        Atlas { instances: self.instances, networks }
    }
}

/// The networks of stated subnets; overlapping ones are one network, as wide as the widest.
fn stated(subnets: &[Subnet]) -> Vec<Network> {
    let mut networks: Vec<Network> = Vec::new();
    for subnet in subnets {
        let (inside, mut others): (Vec<_>, Vec<_>) =
            networks.into_iter().partition(|network| network.block.overlaps(&subnet.block));
        let mut one = empty(subnet.block, true);
        for network in inside {
            if network.block.contains_block(&one.block) {
                one.block = network.block;
            }
            one.names.extend(network.names);
            one.vlans.extend(network.vlans);
        }
        one.names.push(subnet.name.clone());
        one.vlans.extend(subnet.vlan.clone());
        settle(&mut one, subnets);
        others.push(one);
        networks = others;
    }
    networks
}

/// Keeps each name and VLAN once, and only names of the best rank.
fn settle(network: &mut Network, subnets: &[Subnet]) {
    let rank = |name: &String| {
        let named =
            subnets.iter().filter(|subnet| subnet.name == *name && network.block.overlaps(&subnet.block));
        named.map(|subnet| subnet.rank).min()
    };
    let best = network.names.iter().filter_map(rank).min();
    let mut names: Vec<String> = Vec::new();
    for name in network.names.iter().filter(|name| rank(name) == best) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    network.names = names;
    network.vlans.sort_unstable();
    network.vlans.dedup();
}

fn empty(block: Block, stated: bool) -> Network {
    let (names, vlans, spans) = (Vec::new(), Vec::new(), Vec::new());
    Network { names, block, stated, vlans, spans, free: Vec::new(), conflicts: Vec::new() }
}

/// Merges spans that are one: a thing stated by several instances, or Services with one address.
fn merged(spans: Vec<Span>) -> Vec<Span> {
    let mut merged: Vec<Span> = Vec::new();
    let mut alike: BTreeMap<(Kind, IpAddr, IpAddr), Vec<usize>> = BTreeMap::new();
    for span in spans {
        let places = alike.entry((span.kind, span.block.first(), span.block.last())).or_default();
        let twin = places.iter().find(|place| merged.get(**place).is_some_and(|one| are_one(one, &span)));
        let Some(twin) = twin.and_then(|place| merged.get_mut(*place)) else {
            places.push(merged.len());
            merged.push(span);
            continue;
        };
        if twin.owner != span.owner {
            twin.owner = None;
        }
        let fresh: Vec<String> = span.names.into_iter().filter(|name| !twin.names.contains(name)).collect();
        twin.names.extend(fresh);
    }
    merged
}

/// Whether two spans of one kind and block are drawn as one.
fn are_one(one: &Span, other: &Span) -> bool {
    let (owner, names) = (one.owner == other.owner, one.names == other.names);
    match one.kind {
        Kind::Gateway => true,
        Kind::Pool => names,
        Kind::Host | Kind::DataPlane => names || owner && one.note == other.note,
        Kind::Vip => owner && one.note == other.note,
        _ => owner && names,
    }
}

/// Adds a span to every stated network that it overlaps, else to one drawn around it and its neighbours.
fn place(span: Span, networks: &mut Vec<Network>) {
    let touched = |network: &&mut Network| network.stated && network.block.overlaps(&span.block);
    let mut found = false;
    for network in networks.iter_mut().filter(touched) {
        network.spans.push(span.clone());
        found = true;
    }
    if found {
        return;
    }
    let mut own = empty(around(&span.block), false);
    let (touching, others): (Vec<_>, Vec<_>) =
        networks.drain(..).partition(|network| !network.stated && network.block.overlaps(&own.block));
    *networks = others;
    for network in touching {
        own.block = if network.block.contains_block(&own.block) { network.block } else { own.block };
        own.names.extend(network.names);
        own.spans.extend(network.spans);
    }
    if own.names.is_empty() {
        own.names.extend(span.names.first().cloned());
    }
    own.spans.push(span);
    networks.push(own);
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

/// The addresses of the subnet that no span takes; not IPv4's first and last one.
fn free(network: &Network) -> Vec<Block> {
    let kin = network.block.first();
    let (mut next, end) = hosts(&network.block);
    let mut taken: Vec<(u128, u128)> = network.spans.iter().map(|span| ends(&span.block)).collect();
    taken.sort_unstable();
    let mut free = Vec::new();
    for (first, last) in taken {
        if first > next {
            free.extend(block(kin, next, first.saturating_sub(1).min(end)));
        }
        next = next.max(last.saturating_add(1));
        if next > end {
            break;
        }
    }
    if next <= end {
        free.extend(block(kin, next, end));
    }
    free.iter().filter_map(|one| common(one, &network.block)).collect()
}

/// The first and last assignable address of a subnet.
fn hosts(block: &Block) -> (u128, u128) {
    let (first, last) = ends(block);
    match block.first() {
        IpAddr::V4(_) if block.size() > 1 => (first.saturating_add(1), last.saturating_sub(1)),
        _ => (first, last),
    }
}

#[cfg(test)]
mod tests {
    use super::{Survey, smallest};
    use crate::address::Block;
    use crate::map::atlas::{Span, Subnet, amount, spelled};
    use crate::model::Kind;

    fn block(text: &str) -> Block {
        Block::parse(text).unwrap()
    }

    fn span(kind: Kind, owner: usize, text: &str) -> Span {
        let (names, excluded, note) = (vec![text.to_owned()], Vec::new(), String::new());
        Span { kind, owner: Some(owner), block: block(text), names, excluded, note }
    }

    fn survey(subnets: &[&str], spans: Vec<Span>) -> Survey {
        let subnet =
            |text: &&str| Subnet { block: block(text), name: (*text).to_owned(), rank: 0, vlan: None };
        let instances = vec!["red".to_owned(), "blue".to_owned()];
        Survey { instances, subnets: subnets.iter().map(subnet).collect(), spans, conflicts: Vec::new() }
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
    fn numbers_for_people() {
        for (count, expected) in [
            (0, "0"),
            (65_536, "65536"),
            (1 << 64, "2^64"),
            ((1 << 64) - 300, "about 2^64"),
            ((1 << 64) + 300, "about 2^64"),
            (u128::MAX, "about 2^128"),
        ] {
            assert_eq!(amount(count), expected);
        }
    }
}
