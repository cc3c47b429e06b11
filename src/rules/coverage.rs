//! Whether the config moves all that the instance gives out: what no network covers is the base's still, and both
//! instances give it out. Reads the finished list, and must not know how anything in it came about.

use std::net::IpAddr;

use crate::address::Block;
use crate::config::Instance;
use crate::inventory::{INSTANCE, SHARED};
use crate::krm::at_most;
use crate::model::{Claim, Kind, Model, NetConfig, Vip, shown};
use crate::rules::Report;

/// Addresses that the config says nothing of.
pub(crate) fn not_moved(instance: &Instance, model: &Model<'_>, report: &mut Report) {
    if instance.spec.networks.is_empty() {
        return;
    }
    let space: Vec<Block> = instance.network.mapping.pairs().iter().map(|pair| pair.to).collect();
    let pins = pinned(instance);
    let left = own(instance, model).filter(|claim| {
        !claim.block.is_covered(&space) && !pins.iter().any(|pin| Block::from(*pin) == claim.block)
    });
    for forgotten in by_network(model, left) {
        let Some((first, others)) = forgotten.claims.split_first() else { continue };
        let finding = report.finding(message(instance, &forgotten));
        let finding = finding.at(&first.item, &first.pointer).without_current();
        report.add(others.iter().fold(finding, |finding, one| finding.beside(&one.item, &one.pointer)));
    }
}

/// A config without networks, over objects that the run has made the instance's own.
pub(crate) fn nothing_moves(instance: &Instance, model: &Model<'_>, report: &mut Report) {
    let is_base = instance.spec.from.namespace.as_deref() == Some(&instance.namespace);
    if is_base || !instance.spec.networks.is_empty() {
        return;
    }
    let made: Vec<&Claim<'_>> =
        own(instance, model).filter(|claim| claim.item.annotation(INSTANCE).is_some()).collect();
    let Some(first) = made.first() else { return };
    let message = format!(
        "spec.networks is empty, so nothing moves, and {} has the addresses that came in: {}; list the networks of the base \
         there, unless the overlay has given the instance its own already",
        instance.namespace,
        named(made.iter().map(|claim| format!("{} of {}", shown(&claim.block), claim.of)))
    );
    let finding = report.finding(message).at(&first.item, &first.pointer).without_current();
    report.add(finding);
}

/// What the list gives out or asks for in the instance's name.
fn own<'m, 'a>(instance: &'m Instance, model: &'m Model<'a>) -> impl Iterator<Item = &'m Claim<'a>> {
    let all = model.claims().all.iter();
    all.filter(move |claim| claim.kind.is_given() && !is_shared(instance, model, claim))
}

/// Whether all instances use what the addresses are of.
fn is_shared(instance: &Instance, model: &Model<'_>, claim: &Claim<'_>) -> bool {
    let is_shared_pool = |name: &str| {
        let marked = || model.pool(name).is_some_and(|pool| pool.item.annotation(SHARED) == Some("true"));
        instance.shares_pool(name) || marked()
    };
    let asked = claim.vip.and_then(|place| model.vips.get(place)).and_then(Vip::pool);
    claim.item.annotation(SHARED) == Some("true")
        || claim.kind == Kind::Pool && is_shared_pool(&claim.name)
        || asked.is_some_and(|pool| is_shared_pool(pool.text))
}

/// The addresses that the config gives to endpoints by hand.
fn pinned(instance: &Instance) -> Vec<IpAddr> {
    let texts = instance.spec.endpoints.load_balancer_ips.values();
    texts.flat_map(|text| text.split(',')).filter_map(|word| word.trim().parse().ok()).collect()
}

/// Claims on one network that nothing covers, with the subnets of it that they are in.
struct Forgotten<'m, 'a> {
    /// The network's name; the addresses where none of the list holds them.
    name: String,
    nets: Vec<Block>,
    claims: Vec<&'m Claim<'a>>,
}

/// Claims by the network of the list that holds them, in the order of their first ones: one forgotten network is one
/// fault, whatever draws from it.
fn by_network<'m, 'a>(
    model: &Model<'a>,
    claims: impl Iterator<Item = &'m Claim<'a>>,
) -> Vec<Forgotten<'m, 'a>> {
    let nets = nets(model);
    let mut forgotten: Vec<Forgotten<'_, '_>> = Vec::new();
    for claim in claims {
        let known = nets.iter().find(|(net, _)| net.contains_block(&claim.block));
        let (net, name) = known.cloned().unwrap_or_else(|| (claim.block, shown(&claim.block)));
        let place = forgotten.iter().position(|one| one.name == name).unwrap_or(forgotten.len());
        if place == forgotten.len() {
            forgotten.push(Forgotten { name, nets: Vec::new(), claims: Vec::new() });
        }
        if let Some(one) = forgotten.get_mut(place) {
            one.claims.push(claim);
            if !one.nets.contains(&net) {
                one.nets.push(net);
            }
        }
    }
    forgotten
}

/// The subnets that the list's networks and attachments name, each with that name.
fn nets(model: &Model<'_>) -> Vec<(Block, String)> {
    let networks = &model.networks;
    let subnets = networks.net_configs.iter().flat_map(NetConfig::subnets);
    let subnets = subnets.filter_map(|(network, subnet)| {
        Some((Block::from(subnet.cidr.as_ref()?.value?), network.title().to_lowercase()))
    });
    let ranges = networks.attachments.iter().flat_map(|attachment| {
        let nets = attachment.ranges().filter_map(|range| range.net.as_ref()?.value);
        nets.map(|net| (Block::from(net), attachment.name.to_lowercase()))
    });
    subnets.chain(ranges).collect()
}

fn message(instance: &Instance, forgotten: &Forgotten<'_, '_>) -> String {
    let Forgotten { name, nets, claims } = forgotten;
    let pairs = instance.network.mapping.pairs();
    let in_part =
        nets.iter().any(|net| pairs.iter().any(|pair| pair.from.overlaps(net) || pair.to.overlaps(net)));
    let lack =
        if in_part { "spec.networks covers only a part of" } else { "spec.networks has no network for" };
    let what = match claims.as_slice() {
        [only] if shown(&only.block) == *name => format!("{name} of {}", only.of),
        _ => {
            let nets = named(nets.iter().map(shown));
            let claims = named(claims.iter().map(|claim| format!("{} of {}", shown(&claim.block), claim.of)));
            format!("{name} ({nets}): {claims}")
        }
    };
    format!(
        "{lack} {what}, so base and {} would both give it out; add it there, with the instance's own addresses in `to`, or \
         without `to` where the instances share it on purpose",
        instance.namespace
    )
}

/// The most that a sentence names of one kind.
const NAMED: usize = 4;

fn named(each: impl ExactSizeIterator<Item = String>) -> String {
    at_most(NAMED, each).join(", ")
}
