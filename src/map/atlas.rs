//! The address space as data: instances, networks, and what takes which addresses of them.
//!
//! Knows no manifest, no picture and no text.

use std::collections::BTreeSet;
use std::net::IpAddr;

use crate::address::{Block, number, numbered};
use crate::model::Kind;

/// Addresses that something takes.
#[derive(Debug, Clone)]
pub struct Span {
    /// What takes them.
    pub kind: Kind,
    /// Whose it is, as a place in [`Atlas::instances`]; none for what all share.
    pub owner: Option<usize>,
    /// The addresses.
    pub block: Block,
    /// Who takes them: a pool, endpoints, nodes.
    pub names: Vec<String>,
    /// Addresses in it that it leaves alone.
    pub excluded: Vec<Block>,
    /// What else there is to say.
    pub note: String,
}

/// A subnet that somebody states.
#[derive(Debug, Clone)]
pub struct Subnet {
    /// Its addresses, a CIDR.
    pub block: Block,
    /// What the network is called there.
    pub name: String,
    /// How good a name that is: the lowest rank names the network.
    pub rank: u8,
    /// Its VLAN, where it is stated.
    pub vlan: Option<String>,
}

/// Addresses that two may not both have, or that one may not have at all.
#[derive(Debug, Clone)]
pub struct Conflict {
    /// Which of the map's it is: one that reaches into two networks is drawn in both.
    pub number: usize,
    /// The addresses.
    pub block: Block,
    /// In two words: `pool × node`.
    pub short: String,
    /// In one sentence.
    pub sentence: String,
}

/// One subnet and everything in it.
#[derive(Debug, Clone)]
pub struct Network {
    /// Its names, the best first.
    pub names: Vec<String>,
    /// The subnet.
    pub block: Block,
    /// Whether somebody states the subnet; else it is drawn around what has no other place.
    pub stated: bool,
    /// VLANs that are stated for it.
    pub vlans: Vec<String>,
    /// What takes addresses, by lane and address.
    pub spans: Vec<Span>,
    /// What nobody takes.
    pub free: Vec<Block>,
    /// What is wrong.
    pub conflicts: Vec<Conflict>,
}

/// All networks.
#[derive(Debug, Clone, Default)]
pub struct Atlas {
    /// The namespaces of the instances, in the order of the input.
    pub instances: Vec<String>,
    /// The networks, IPv4 before IPv6, by address.
    pub networks: Vec<Network>,
}

impl Atlas {
    /// What is wrong in all networks.
    #[must_use]
    pub fn conflicts(&self) -> usize {
        let numbers = self.networks.iter().flat_map(|network| &network.conflicts).map(|one| one.number);
        numbers.collect::<BTreeSet<usize>>().len()
    }

    /// An instance by its place; nobody's is everybody's.
    #[must_use]
    pub fn owner(&self, owner: Option<usize>) -> &str {
        owner.and_then(|place| self.instances.get(place)).map_or("shared", String::as_str)
    }
}

impl Network {
    /// What to call it.
    #[must_use]
    pub fn title(&self) -> String {
        if self.names.is_empty() { "unnamed".to_owned() } else { listed(&self.names, 60) }
    }

    /// How many addresses nobody takes.
    #[must_use]
    pub fn free_count(&self) -> u128 {
        self.free.iter().fold(0, |sum: u128, block| sum.saturating_add(count(block)))
    }
}

/// How many addresses a block holds.
#[must_use]
pub(super) fn count(block: &Block) -> u128 {
    block.size().saturating_add(1)
}

/// A number of addresses for people: a power of two where nobody counts them.
#[must_use]
pub(super) fn amount(count: u128) -> String {
    let power = u128::BITS.saturating_sub(count.leading_zeros()).saturating_sub(1);
    // The bit below the highest one tells which power of two is nearer.
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

/// A block as people write it: one address alone, else as a range.
#[must_use]
pub(super) fn spelled(block: &Block) -> String {
    if block.size() == 0 { block.first().to_string() } else { format!("{}-{}", block.first(), block.last()) }
}

/// Up to so many names, and how many more.
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
