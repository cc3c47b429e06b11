//! Which network or interface of the config moves a place: asked of the transforms themselves, by runs with a part of the
//! config. It must not know how anything moves.

use std::collections::BTreeMap;

use super::is_mark;
use super::recorded::{Recorded, recorded};
use crate::config::{Instance, Spec};
use crate::context::Context;
use crate::inventory::Inventory;
use crate::krm::Item;
use crate::transform::MOVED;
use crate::yaml::PointerBuf;

/// Names of networks and interfaces by the places that they move.
pub(super) type Movers = BTreeMap<(usize, PointerBuf), Vec<String>>;

/// A network or interface: the config with nothing else that moves, and the config without it.
struct Part {
    name: String,
    alone: Spec,
    without: Spec,
}

/// What moves alone is moved by that. The rest (a VLAN's base interface, in a policy that the VLAN's own network keeps)
/// is moved by what it would not move without.
pub(super) fn movers(instance: &Instance, inventory: &Inventory<'_>, all: &Recorded) -> Movers {
    let parts = parts(&instance.spec);
    let mut movers = Movers::new();
    for part in &parts {
        let Some(run) = by(&part.alone, instance, inventory) else { continue };
        for place in moved(&run) {
            movers.entry(place).or_default().push(part.name.clone());
        }
    }
    let missing: Vec<(usize, PointerBuf)> = moved(all)
        .filter(|(item, place)| !is_mark(place) && !movers.contains_key(&(*item, place.clone())))
        .collect();
    if missing.is_empty() {
        return movers;
    }
    for part in &parts {
        let Some(run) = by(&part.without, instance, inventory) else { continue };
        let stays = |(index, place): &&(usize, PointerBuf)| {
            let mut still = run.items.get(*index).into_iter().flat_map(|item| item.places(MOVED));
            let is_kept = |item: &Item<'_>| item.index == *index && !run.changes.is_taken_out(item, place);
            !still.any(|moved| moved == place) && inventory.own.iter().any(is_kept)
        };
        for place in missing.iter().filter(stays) {
            movers.entry(place.clone()).or_default().push(part.name.clone());
        }
    }
    movers
}

fn moved(run: &Recorded) -> impl Iterator<Item = (usize, PointerBuf)> {
    let items = run.items.iter().enumerate();
    items.flat_map(|(index, item)| item.places(MOVED).map(move |place| (index, place.clone())))
}

/// A run by a part of the config; what is right as a whole may be wrong in part, and then there is none.
fn by(spec: &Spec, instance: &Instance, inventory: &Inventory<'_>) -> Option<Recorded> {
    let part = Instance::new(spec.clone(), &instance.namespace).ok()?.sharing(instance.sharing.clone());
    Some(recorded(&Context::new(&part, inventory)))
}

fn parts(spec: &Spec) -> Vec<Part> {
    let bare = || Spec { networks: Vec::new(), interfaces: Vec::new(), hosts: Vec::new(), ..spec.clone() };
    let networks = spec.networks.iter().map(|one| Part {
        name: one.name.clone(),
        alone: Spec { networks: vec![one.clone()], ..bare() },
        without: Spec {
            networks: spec.networks.iter().filter(|other| *other != one).cloned().collect(),
            ..spec.clone()
        },
    });
    let interfaces = spec.interfaces.iter().map(|one| Part {
        name: one.from.clone(),
        alone: Spec { interfaces: vec![one.clone()], ..bare() },
        without: Spec {
            interfaces: spec.interfaces.iter().filter(|other| *other != one).cloned().collect(),
            ..spec.clone()
        },
    });
    networks.chain(interfaces).collect()
}
