//! The rows of a plan's slots. Must not know media.

use std::collections::BTreeMap;

use super::super::atlas::spelled;
use super::super::layout::Look;
use super::{Cell, FREE, Listed, Row};
use crate::address::Block;
use crate::plan::{Course, Lack, Network, Plan, Row as Slot, SlotNetwork};

/// As many slots as there are VLAN IDs are looked at.
const MOST: usize = 4094;

/// A row for each slot that an instance has, and for the first free ones.
pub(super) fn rows(plan: &Plan, listed: &Listed<'_>, left_out: &mut Vec<String>) -> Vec<Row> {
    let mut free: usize = 0;
    let shown = plan.rows().take(MOST).filter(|slot| {
        free = free.saturating_add(usize::from(slot.instance.is_none()));
        slot.instance.is_some() || free <= FREE
    });
    let rows = shown.map(|slot| row(plan, listed, &slot)).collect();
    let more = free.saturating_sub(FREE);
    left_out.extend((more > 0).then(|| format!("{more} more slots are free")));
    rows
}

fn row(plan: &Plan, listed: &Listed<'_>, slot: &Slot<'_>) -> Row {
    let namespace = slot.instance.map(|instance| namespace(plan, instance));
    let owner = namespace.and_then(|namespace| listed.instances.get(namespace)).copied();
    let state = match (owner, slot.instance) {
        (Some(owner), _) => Look::Taken(Some(owner)),
        (None, Some(_)) => Look::Planned,
        (None, None) => Look::FreeSlot,
    };
    let cells: Vec<Cell> = listed
        .columns
        .iter()
        .enumerate()
        .map(|(column, name)| {
            let planned = slot.networks.iter().find(|(network, _)| network.name.eq_ignore_ascii_case(name));
            cell(plan, (listed, column, owner), planned, state)
        })
        .collect();
    let is_reserved = cells.iter().any(|cell| cell.look == Some(Look::Reserved));
    let look = if is_reserved { Look::Reserved } else { state };
    let unnamed = if is_reserved { "reserved" } else { "free" };
    Row { slot: Some(slot.slot), name: slot.instance.unwrap_or(unnamed).to_owned(), look, cells }
}

/// The slots by the namespaces of their instances.
pub(in super::super) fn slots(plan: &Plan) -> BTreeMap<&str, u32> {
    plan.instances.iter().map(|(name, instance)| (namespace(plan, name), instance.slot)).collect()
}

/// The namespace of an instance: its name, unless the plan says otherwise.
fn namespace<'p>(plan: &'p Plan, instance: &'p str) -> &'p str {
    let spec = plan.instances.get(instance).map(|instance| &instance.spec);
    spec.and_then(|spec| spec.get("namespace")?.as_str()).unwrap_or(instance)
}

/// What the manifests say, else what the plan says.
fn cell(
    plan: &Plan,
    (listed, column, owner): (&Listed<'_>, usize, Option<usize>),
    planned: Option<&(&Network, Result<SlotNetwork, Lack>)>,
    state: Look,
) -> Cell {
    let found = owner.and_then(|owner| listed.cell(column, Some(owner)));
    let Some((network, own)) = planned else { return found.unwrap_or_default() };
    match (found, own) {
        // Of a subnet that several have parts of, its part says more than the subnet.
        (Some(cell), Ok(own)) if matches!(network.course, Course::Slices(_)) => {
            Cell { parts: linked(listed, column, owner, own), ..cell }
        }
        (Some(cell), _) => cell,
        (None, Err(_)) => Cell { parts: vec![("no room".to_owned(), None)], ..Cell::default() },
        (None, Ok(own)) => {
            let is_shared = network.course == Course::Shared;
            let look = match state {
                _ if is_shared => Look::Taken(None),
                // The instance is there, and this network of it is not.
                Look::Taken(_) => Look::Planned,
                state => look(plan, own, state),
            };
            let owner = owner.filter(|_| !is_shared);
            Cell { look: Some(look), parts: linked(listed, column, owner, own), carried: carried(own) }
        }
    }
}

/// A slot's addresses, each with the bar that shows it.
fn linked(
    listed: &Listed<'_>,
    column: usize,
    owner: Option<usize>,
    own: &SlotNetwork,
) -> Vec<(String, Option<usize>)> {
    let networks = listed.of(column, owner);
    let bar = |block: &Block| {
        networks.iter().find(|(_, network)| network.block.overlaps(block)).map(|(place, _)| *place)
    };
    let text = |block: &Block| if block.is_cidr() { block.to_string() } else { spelled(block) };
    own.addresses.iter().map(|block| (text(block), bar(block))).collect()
}

/// A slot's look in one network: reserved where nobody may have it, and nobody has.
fn look(plan: &Plan, own: &SlotNetwork, state: Look) -> Look {
    let meets = |reserved: &Block| own.addresses.iter().any(|block| block.overlaps(reserved));
    let vlan = own.vlan.and_then(|vlan| u16::try_from(vlan).ok());
    let holds = |(first, last): &(u16, u16)| vlan.is_some_and(|vlan| (*first..=*last).contains(&vlan));
    let is_reserved = plan.reserved.iter().any(meets) || plan.reserved_vlans.iter().any(holds);
    if state == Look::FreeSlot && is_reserved { Look::Reserved } else { state }
}

fn carried(own: &SlotNetwork) -> String {
    let vlan = own.vlan.map(|vlan| format!("VLAN {vlan}"));
    vlan.into_iter().chain(own.interface.clone()).collect::<Vec<_>>().join(", ")
}
