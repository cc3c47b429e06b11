//! Words the model's conflicts for the map. Must not know what may share addresses with what.

use super::atlas::{CONFLICTS, Conflict, Network, listed, spelled};
use crate::address::{Block, Index};
use crate::model::{self, Claim, Kind, Model, Outside};

/// Marks each conflict in all networks that hold its addresses, else in the first that shows one of its claims: by
/// address, then by lane. Returns how many there are.
pub(super) fn mark(model: &Model<'_>, networks: &mut [Network]) -> usize {
    let mut found: Vec<model::Conflict<'_, '_>> = model.claims().conflicts().map(upright).collect();
    let place = |claim: &Claim<'_>| (claim.kind, claim.block.first(), claim.owner);
    found.sort_by_cached_key(|one| {
        (one.block.first(), one.block.last(), place(one.one), one.other.map(place))
    });
    let places = Places::new(networks);
    let mut marked = 0;
    for (number, conflict) in found.iter().enumerate().filter(|(_, found)| is_told(found, model)) {
        for place in places.of(conflict.block) {
            let Some(network) = networks.get_mut(place) else { continue };
            if network.conflicts.len() < CONFLICTS {
                network.conflicts.extend(worded(number, conflict, model));
            } else {
                network.more_conflicts = network.more_conflicts.saturating_add(1);
            }
        }
        marked += 1;
    }
    marked
}

/// Where addresses are drawn.
struct Places {
    networks: Index<usize>,
    spans: Index<usize>,
}

impl Places {
    fn new(networks: &[Network]) -> Self {
        let each = || networks.iter().zip(0..);
        let spans =
            each().flat_map(|(network, place)| network.spans.iter().map(move |span| (span.block, place)));
        Self {
            networks: Index::new(each().map(|(network, place)| (network.block, place))),
            spans: Index::new(spans),
        }
    }

    fn of(&self, block: Block) -> Vec<usize> {
        let held: Vec<usize> = self.networks.meeting(block).map(|(_, place)| *place).collect();
        if held.is_empty() {
            self.spans.meeting(block).map(|(_, place)| *place).min().into_iter().collect()
        } else {
            held
        }
    }
}

/// The conflict with the claim of the upper lane first.
fn upright<'c, 'a>(conflict: model::Conflict<'c, 'a>) -> model::Conflict<'c, 'a> {
    let place = |claim: &Claim<'_>| (claim.kind, claim.block.first(), claim.owner, claim.item.index);
    match conflict.other {
        Some(other) if place(other) < place(conflict.one) => {
            model::Conflict { one: other, other: Some(conflict.one), ..conflict }
        }
        _ => conflict,
    }
}

/// Whether there is a sentence for it: a VIP is outside of a pool that is known.
fn is_told(conflict: &model::Conflict<'_, '_>, model: &Model<'_>) -> bool {
    conflict.other.is_some() || astray(conflict.one, model).is_some()
}

fn worded(number: usize, conflict: &model::Conflict<'_, '_>, model: &Model<'_>) -> Option<Conflict> {
    let instances = &model.claims().instances;
    let block = conflict.block;
    let left = describe(conflict.one, instances);
    let (short, sentence) = match conflict.other {
        None => ("VIP outside of its pool".to_owned(), format!("{left} is {}", astray(conflict.one, model)?)),
        Some(other) => {
            let verb = if block.size() == 0 { "both have" } else { "overlap in" };
            let sentence = format!("{left} and {} {verb} {}", describe(other, instances), spelled(&block));
            (format!("{} × {}", conflict.one.kind.word(), other.kind.word()), sentence)
        }
    };
    Some(Conflict { number, block, short, sentence })
}

/// Which pool should hold an address, and does not.
pub(super) fn outside(outside: Outside<'_, '_>) -> String {
    match outside {
        Outside::ItsPool(pool) => format!("outside of its pool {}", pool.name),
        Outside::EveryPool => "outside of every pool".to_owned(),
    }
}

fn astray(claim: &Claim<'_>, model: &Model<'_>) -> Option<String> {
    let ip = claim.block.first();
    let pool = outside(model.outside(model.vips.get(claim.vip?)?, ip)?);
    let elsewhere =
        if model.pool_of(ip).is_some() { "in another pool" } else { "in no pool of this network" };
    Some(format!("{pool} ({elsewhere})"))
}

/// A claim in a sentence: its kind, name and instance.
fn describe(claim: &Claim<'_>, instances: &[String]) -> String {
    let owner = claim.owner.and_then(|place| instances.get(place)).filter(|_| instances.len() > 1);
    let whose = owner.map_or(String::new(), |owner| format!(" of {owner}"));
    let which = listed(std::slice::from_ref(&claim.name), 40);
    match claim.kind {
        Kind::Vip => format!("VIP {}{whose} ({which})", spelled(&claim.block)),
        Kind::Gateway => format!("gateway{whose} ({which})"),
        kind => format!("{} {which}{whose}", kind.word()),
    }
}
