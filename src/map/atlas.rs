//! The address space as data: instances, networks, and what takes which addresses. Must not know manifests or media.

use std::collections::BTreeSet;
use std::net::IpAddr;

use super::overview::Overview;
use crate::address::{Block, number, numbered};
use crate::model::Kind;

/// Addresses that something takes.
#[derive(Debug, Clone)]
pub struct Span {
    /// What takes them.
    pub kind: Kind,
    /// The instance, as an index into [`Atlas::instances`]; `None` if all share it.
    pub owner: Option<usize>,
    /// The addresses.
    pub block: Block,
    /// What takes them, by name: a pool, endpoints, nodes.
    pub names: Vec<String>,
    /// Addresses of the block that are not given out.
    pub excluded: Vec<Block>,
    /// A remark, or empty.
    pub note: String,
}

/// A subnet that a manifest states.
#[derive(Debug, Clone)]
pub struct Subnet {
    /// The subnet's CIDR.
    pub block: Block,
    /// The network's name in that manifest.
    pub name: String,
    /// The name's rank; the lowest one names the network.
    pub rank: u8,
    /// Its VLAN ID, if stated.
    pub vlan: Option<String>,
    /// The host interface on which the manifest has it.
    pub wire: Option<Wire>,
}

/// A host interface that has a subnet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wire {
    /// The interface.
    pub name: String,
    /// The interface below it, if it is a VLAN.
    pub base: Option<String>,
    /// The instance whose manifest says so, as an index into [`Atlas::instances`]; `None` if several do.
    pub owner: Option<usize>,
}

/// Addresses that two may not both have, or that one may not have at all.
#[derive(Debug, Clone)]
pub struct Conflict {
    /// Its number in the map: one that reaches into two networks is drawn in both, and counted once.
    pub number: usize,
    /// The addresses.
    pub block: Block,
    /// In short: `pool × node`.
    pub short: String,
    /// In one sentence.
    pub sentence: String,
}

/// A subnet and all that is in it.
#[derive(Debug, Clone)]
pub struct Network {
    /// Its names, best first.
    pub names: Vec<String>,
    /// The subnet.
    pub block: Block,
    /// Whether a manifest states the subnet; else it is drawn around what has no other place.
    pub stated: bool,
    /// The VLAN IDs stated for it.
    pub vlans: Vec<String>,
    /// The host interfaces that have it.
    pub wires: Vec<Wire>,
    /// What takes addresses, in order of lane and address.
    pub spans: Vec<Span>,
    /// How many ranges reach beyond the subnet; only the first 20 are among the spans.
    pub reaching: usize,
    /// Free addresses.
    pub free: Vec<Block>,
    /// Conflicts, at most 100.
    pub conflicts: Vec<Conflict>,
    /// How many conflicts there are beside them.
    pub more_conflicts: usize,
}

/// As many ranges that reach beyond a subnet are drawn in it: each is in many subnets.
pub(super) const REACHING: usize = 20;
/// As many conflicts of a subnet are drawn and said.
pub(super) const CONFLICTS: usize = 100;

/// All networks.
#[derive(Debug, Clone, Default)]
pub struct Atlas {
    /// The namespaces of the instances: by slot where a plan has them, else in natural order.
    pub instances: Vec<String>,
    /// The networks: those of one name together, these by instance, else by address, IPv4 first.
    pub networks: Vec<Network>,
    /// How many conflicts there are, drawn or not.
    pub(super) conflicts: usize,
    /// Who has what of which network; empty where one instance is alone.
    pub overview: Overview,
}

impl Atlas {
    /// The number of conflicts in all networks, drawn or not.
    #[must_use]
    pub fn conflicts(&self) -> usize {
        self.conflicts
    }

    /// The networks of each name, with their places.
    pub fn groups(&self) -> impl Iterator<Item = Vec<(usize, &Network)>> {
        let mut place = 0..;
        let groups = self.networks.chunk_by(Network::is_of_the_name);
        groups.map(move |group| place.by_ref().zip(group).collect())
    }

    /// The name of an owner; `shared` if there is none.
    #[must_use]
    pub fn owner(&self, owner: Option<usize>) -> &str {
        owner.and_then(|place| self.instances.get(place)).map_or("shared", String::as_str)
    }
}

impl Network {
    /// Whether two networks have one name, as the same network of two instances has.
    #[must_use]
    pub fn is_of_the_name(&self, other: &Self) -> bool {
        let name = |network: &Self| network.names.first().filter(|_| network.stated).cloned();
        name(self).zip(name(other)).is_some_and(|(one, other)| one.eq_ignore_ascii_case(&other))
    }

    /// The instances that have addresses in it; `None` stands for what no single one has, where there is nothing else.
    #[must_use]
    pub fn owners(&self) -> BTreeSet<Option<usize>> {
        let mut owners: BTreeSet<Option<usize>> = self.spans.iter().map(|span| span.owner).collect();
        if owners.len() > 1 {
            owners.remove(&None);
        }
        owners
    }

    /// Its names for a heading.
    #[must_use]
    pub fn title(&self) -> String {
        if self.names.is_empty() { "unnamed".to_owned() } else { listed(&self.names, 60) }
    }

    /// The number of free addresses.
    #[must_use]
    pub fn free_count(&self) -> u128 {
        self.free.iter().fold(0, |sum: u128, block| sum.saturating_add(count(block)))
    }
}

/// The number of addresses in a block; that of `::/0` is one too low.
#[must_use]
pub(super) fn count(block: &Block) -> u128 {
    block.size().saturating_add(1)
}

/// A number of addresses for people: above 32 bits the nearest power of two.
#[must_use]
pub(super) fn amount(count: u128) -> String {
    let power = u128::BITS.saturating_sub(count.leading_zeros()).saturating_sub(1);
    // The second highest bit tells which power of two is nearer.
    let next = power.checked_sub(1).is_some_and(|half| count >> half & 1 == 1);
    match count {
        0..=0xffff_ffff => count.to_string(),
        _ if count.is_power_of_two() => format!("2^{power}"),
        _ => format!("about 2^{}", power.saturating_add(u32::from(next))),
    }
}

/// The block between two numbers of one family.
#[must_use]
pub(super) fn block(kin: IpAddr, first: u128, last: u128) -> Option<Block> {
    Block::range(numbered(kin, first)?, numbered(kin, last)?).ok()
}

/// The first and the last address as numbers.
#[must_use]
pub(super) fn ends(block: &Block) -> (u128, u128) {
    (number(block.first()), number(block.last()))
}

/// A block for people: a single address, else a range.
#[must_use]
pub(super) fn spelled(block: &Block) -> String {
    if block.size() == 0 { block.first().to_string() } else { format!("{}-{}", block.first(), block.last()) }
}

/// Names up to about so many letters, and how many more there are.
#[must_use]
pub(super) fn listed(names: &[String], letters: usize) -> String {
    let mut text = String::new();
    for (index, name) in names.iter().enumerate() {
        let more = names.len().saturating_sub(index);
        if index > 0 && text.chars().count() + name.chars().count() + 2 > letters {
            return format!("{text} +{more} more");
        }
        if index > 0 {
            text.push_str(", ");
        }
        text.push_str(name);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::amount;

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
