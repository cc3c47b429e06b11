//! The addresses of all slots: apart from each other, where they may be, and networks where the base's are.

use std::collections::BTreeSet;

use crate::address::{Block, Index};
use crate::krm::Item;
use crate::plan::{Course, Plan, is_private};
use crate::rules::Report;

use super::{say, slot, unnamed};

/// The addresses that a slot has of a network's block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Held {
    network: usize,
    /// The block's place in the network.
    place: usize,
    slot: u32,
    block: Block,
    /// Whether it is a part of the base's own subnet, all of which is held, too.
    is_inside: bool,
}

/// What all slots have; a shared network is slot 1's alone. A slot that a network has no room for has nothing of it.
fn held(plan: &Plan) -> Vec<Held> {
    let mut held = Vec::new();
    for slot in 1..=plan.last_slot() {
        let unnamed = unnamed(slot);
        let seat = plan.seat(slot, &unnamed);
        for (network, planned) in plan.networks.iter().enumerate() {
            if slot > 1 && planned.course == Course::Shared {
                continue;
            }
            let own = planned.slot(seat).map(|own| own.addresses).unwrap_or_default();
            let is_inside = planned.inside(seat).is_some();
            let ranges = planned.inside.iter().filter(|_| slot == 1).flat_map(|inside| inside.ranges.clone());
            let own = own.into_iter().enumerate().map(|(place, block)| (place, block, is_inside));
            let ranges = ranges.enumerate().map(|(place, block)| (place, block, true));
            held.extend(own.chain(ranges).map(|(place, block, is_inside)| Held {
                network,
                place,
                slot,
                block,
                is_inside,
            }));
        }
    }
    held
}

/// The first slot that a network has no room for.
pub(crate) fn room(plan: &Plan, item: &Item<'_>, report: &mut Report) {
    for (index, network) in plan.networks.iter().enumerate() {
        let lacks = |one| Some((one, network.slot(plan.seat(one, "")).err()?));
        if let Some((one, lack)) = (1..=plan.last_slot()).find_map(lacks) {
            let message = format!("the network {}: {}", network.name, lack.of_slot(one));
            say(item, &["networks", &index.to_string(), "addresses"], message, report);
        }
    }
}

/// Addresses that two have; of two networks, or a network and what is reserved, the first.
pub(crate) fn overlap(plan: &Plan, item: &Item<'_>, report: &mut Report) {
    let held = held(plan);
    let index = Index::new(held.iter().map(|one| (one.block, *one)));
    let mut said: BTreeSet<(usize, usize)> = BTreeSet::new();
    for one in &held {
        let mut met: Vec<&Held> = index.meeting(one.block).map(|(_, other)| other).collect();
        met.sort_by_key(|other| (other.slot, other.network, other.place));
        let before =
            |other: &&Held| (other.slot, other.network, other.place) < (one.slot, one.network, one.place);
        for other in met.into_iter().filter(before).filter(|other| other.is_inside == one.is_inside) {
            if said.insert((other.network.min(one.network), other.network.max(one.network))) {
                let network = one.network.to_string();
                say(item, &["networks", &network, "addresses"], overlapping(plan, one, other), report);
            }
        }
    }
    for (index, reserved) in plan.reserved.iter().enumerate() {
        if let Some(one) = held.iter().find(|one| one.block.overlaps(reserved)) {
            let message = format!(
                "{reserved} is reserved, and {} has {} of the network {} in it; move the one or the other",
                slot(plan, one.slot),
                one.block,
                name(plan, one)
            );
            say(item, &["reserved", "addresses", &index.to_string()], message, report);
        }
    }
}

fn overlapping(plan: &Plan, one: &Held, other: &Held) -> String {
    let whose = |held: &Held| format!("{} of {}", held.block, slot(plan, held.slot));
    format!(
        "{} of the network {} meets {} of the network {}, and two would have one address; take another step, or other \
         addresses",
        whose(one),
        name(plan, one),
        whose(other),
        name(plan, other)
    )
}

fn name<'p>(plan: &'p Plan, held: &Held) -> &'p str {
    plan.networks.get(held.network).map_or("", |network| network.name.as_str())
}

/// A CIDR of the base that is none in a slot.
pub(crate) fn step(plan: &Plan, item: &Item<'_>, report: &mut Report) {
    let slots = held(plan);
    for (index, network) in plan.networks.iter().enumerate() {
        let is_none = |held: &Held| {
            let base = network.addresses.get(held.place);
            let is_asked = held.network == index && !held.is_inside;
            is_asked && !held.block.is_cidr() && base.is_some_and(Block::is_cidr)
        };
        let is_stepped = matches!(network.course, Course::Step(_));
        let Some(one) = slots.iter().find(|one| is_stepped && is_none(one)) else { continue };
        let message = format!(
            "the network {} would be {} in {}, which is no network: the step is no multiple of its size; take one that is",
            network.name,
            one.block,
            slot(plan, one.slot)
        );
        say(item, &["networks", &index.to_string(), "step"], message, report);
    }
}

/// A slot that leaves the bound of its network.
pub(crate) fn within(plan: &Plan, item: &Item<'_>, report: &mut Report) {
    let slots = held(plan);
    for (index, network) in plan.networks.iter().enumerate() {
        let leaves = |one: &&Held| one.network == index && network.left_by(&one.block).is_some();
        if let Some(one) = slots.iter().find(leaves) {
            let message = format!(
                "{} would have {} of the network {}, outside of what it may have; take a smaller step or fewer slots, or \
                 widen `within`",
                slot(plan, one.slot),
                one.block,
                network.name
            );
            say(item, &["networks", &index.to_string(), "within"], message, report);
        }
    }
}

/// The first slot whose addresses are public, where the base's are private.
pub(crate) fn public(plan: &Plan, item: &Item<'_>, report: &mut Report) {
    let slots = held(plan);
    for (index, network) in plan.networks.iter().enumerate() {
        let leaves = |one: &&Held| {
            let base = network.addresses.get(one.place).filter(|_| !one.is_inside);
            one.network == index && base.is_some_and(is_private) && !is_private(&one.block)
        };
        if let Some(one) = slots.iter().find(leaves) {
            let message = format!(
                "{} would have {} of the network {}, which is not private space but somebody's on the internet; take another \
                 step, or bound it by `within`",
                slot(plan, one.slot),
                one.block,
                network.name
            );
            say(item, &["networks", &index.to_string(), "step"], message, report);
        }
    }
}
