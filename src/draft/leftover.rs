//! What gives out addresses outside of every network: attachments and pools become networks, and single addresses are
//! said. Must not know how a network is read.

use std::net::IpAddr;

use super::{Draft, networks};
use crate::address::{Block, number, numbered};
use crate::inventory::SHARED;
use crate::model::{Claim, Kind, Model, shown};

/// Adds what no network has.
pub(super) fn add(model: &Model<'_>, draft: &mut Draft) {
    let claims = model.claims();
    let is_own = |claim: &&Claim<'_>| {
        let owner = claim.owner.and_then(|owner| claims.instances.get(owner));
        claim.kind.is_given()
            && claim.item.annotation(SHARED) != Some("true")
            && draft.is_own(owner.map(String::as_str))
    };
    let own: Vec<&Claim<'_>> = claims.all.iter().filter(is_own).collect();
    let (ranges, single): (Vec<&Claim<'_>>, Vec<&Claim<'_>>) =
        own.into_iter().partition(|claim| claim.kind.is_range());
    for claim in ranges {
        range(model, draft, claim);
    }
    for claim in single {
        if !claim.block.is_covered(draft.blocks()) {
            let note = format!(
                "{} of {} is outside of all networks, and would be two instances'; write a network for it, or another address",
                shown(&claim.block),
                claim.of
            );
            draft.notes.push(note);
        }
    }
}

/// A range that no network has becomes one of the name of what gives it out.
fn range(model: &Model<'_>, draft: &mut Draft, claim: &Claim<'_>) {
    if claim.block.is_covered(draft.blocks()) {
        return;
    }
    let name = if claim.name.is_empty() { claim.item.name() } else { &claim.name };
    let is_new = !draft.networks.iter().any(|network| network.name.eq_ignore_ascii_case(name));
    let place = draft.place(name);
    // An attachment's subnet says more than the part that it gives out.
    let subnet =
        Some(claim).filter(|claim| claim.kind == Kind::Attachment).and_then(|_| subnet(model, claim));
    let subnet = subnet.filter(|net| !draft.blocks().any(|known| known.overlaps(net)));
    draft.give(place, subnet.unwrap_or(claim.block));
    let interface = if is_new { networks::interface(model, draft, place, None) } else { None };
    let Some(network) = draft.networks.get_mut(place) else { return };
    network.interface = network.interface.take().or(interface);
    network.notes.push(format!("{} of {} is in no network of a NetConfig", claim.block, claim.of));
}

/// The subnet of the attachment that gives out a block.
fn subnet(model: &Model<'_>, claim: &Claim<'_>) -> Option<Block> {
    let own = model.networks.attachments.iter().find(|one| one.item.index == claim.item.index)?;
    let nets = own.ranges().filter_map(|range| range.net.as_ref()?.value).map(Block::from);
    nets.into_iter().find(|net| net.contains_block(&claim.block))
}

/// What is left of a block without others, in order.
pub(super) fn without(block: Block, others: &[Block]) -> Vec<Block> {
    others
        .iter()
        .filter(|other| other.overlaps(&block))
        .fold(vec![block], |parts, other| parts.iter().flat_map(|part| cut(part, other)).collect())
}

/// A block without another one: what is before it, and what is behind.
fn cut(block: &Block, other: &Block) -> Vec<Block> {
    if !block.overlaps(other) {
        return vec![*block];
    }
    let beside = |address: IpAddr, by: fn(u128) -> Option<u128>| numbered(address, by(number(address))?);
    let before = beside(other.first(), |one| one.checked_sub(1)).filter(|end| *end >= block.first());
    let behind = beside(other.last(), |one| one.checked_add(1)).filter(|start| *start <= block.last());
    let before = before.and_then(|end| Block::range(block.first(), end).ok());
    let behind = behind.and_then(|start| Block::range(start, block.last()).ok());
    before.into_iter().chain(behind).collect()
}

#[cfg(test)]
mod tests {
    use super::without;
    use crate::address::Block;

    #[test]
    fn a_block_without_others() {
        let block = |text: &str| Block::parse(text).unwrap();
        for (of, others, expected) in [
            ("10.0.0.0/24", vec![], vec!["10.0.0.0/24"]),
            ("10.0.0.0/24", vec!["10.0.0.0/16"], vec![]),
            ("10.0.0.0/24", vec!["10.0.0.128/25"], vec!["10.0.0.0-10.0.0.127"]),
            (
                "10.0.0.0/24",
                vec!["10.0.0.8/32", "10.0.0.200-10.0.1.3"],
                vec!["10.0.0.0-10.0.0.7", "10.0.0.9-10.0.0.199"],
            ),
            ("0.0.0.0/0", vec!["0.0.0.0/1", "fd00::/8"], vec!["128.0.0.0-255.255.255.255"]),
            ("255.0.0.0/8", vec!["255.255.255.255/32"], vec!["255.0.0.0-255.255.255.254"]),
        ] {
            let others: Vec<Block> = others.into_iter().map(block).collect();
            let left: Vec<String> = without(block(of), &others).iter().map(ToString::to_string).collect();
            assert_eq!(left, expected, "{of}");
        }
    }
}
