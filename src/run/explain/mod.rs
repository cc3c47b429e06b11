//! What a run would change, and why: its edits as data for printers. Nothing is changed, and no text is made.

mod movers;
mod recorded;
mod stays;

use serde_json::Value;

use super::beside::in_context;
use crate::change::Edit;
use crate::config::{Spec, SpecNetwork};
use crate::context::Context;
use crate::inventory;
use crate::krm::{Finding, Item, ResourceRef, Source, field_path};
use crate::transform::{MARKED, MOVED};
use crate::yaml::PointerBuf;

use movers::{Movers, movers};
use recorded::{Reasons, Recorded, endpoint, recorded};
pub use stays::Staying;

/// What a run would do.
#[derive(Debug)]
pub struct Explained {
    /// The instance's namespace.
    pub instance: String,
    /// How many objects there are.
    pub objects: usize,
    /// What the config moves, in its order.
    pub moved: Vec<Moved>,
    /// Every change, object by object.
    pub changes: Vec<Change>,
    /// What is left to another instance of the plan, and to which.
    pub left_out: Option<(String, Vec<ResourceRef>)>,
    /// What stays as it is, and why.
    pub stays: Vec<Staying>,
    /// What the run has to say.
    pub findings: Vec<Finding>,
}

/// A network, or a host interface of none: what the base has, and the instance in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// The network's name; of an interface, the base's.
    pub name: String,
    /// Whether it is a host interface of no network.
    pub is_interface: bool,
    /// Addresses, VLAN, interface and domain of both sides, as far as the config names them.
    pub sides: Vec<(String, String)>,
}

/// One change of one object.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The object, as the base calls it.
    pub object: ResourceRef,
    /// The file that it stands in.
    pub file: Option<String>,
    /// Where in it: `spec.addresses[0]`.
    pub field: String,
    /// What stands there; nothing where it is new.
    pub from: Option<Value>,
    /// What is to stand there; nothing where it goes.
    pub to: Option<Value>,
    /// Whether the two are names of the key at the place.
    pub is_key: bool,
    /// Why, in words; the last is the latest.
    pub reasons: Reasons,
    /// The networks and interfaces that move it, by name.
    pub moved_by: Vec<String>,
    /// The endpoint that it is about.
    pub endpoint: Option<String>,
}

/// In place of what a Secret holds.
pub const NOT_SHOWN: &str = "(not shown)";

/// Explains what a run by the config would do; or says why it would do nothing.
pub fn explain(config: &Source<'_>, sources: &[Source<'_>]) -> Result<Explained, Vec<Finding>> {
    in_context(config, sources, |context, items, findings| {
        let recorded = recorded(context);
        let (instance, inventory) = (context.instance, context.inventory);
        let movers = movers(instance, inventory, &recorded);
        let changes = inventory.own.iter().flat_map(|item| of_item(context, item, &recorded, &movers));
        Explained {
            objects: inventory.own.len() + inventory.shared.len(),
            moved: moved(&instance.spec),
            changes: changes.collect(),
            left_out: left_out(context, &recorded, items),
            stays: stays::stays(context, &recorded.changes, &findings),
            findings,
            instance: instance.namespace.clone(),
        }
    })
}

fn moved(spec: &Spec) -> Vec<Moved> {
    let network = |network: &SpecNetwork| Moved {
        name: network.name.clone(),
        is_interface: false,
        sides: sides(network),
    };
    let interfaces = spec.interfaces.iter().map(|one| Moved {
        name: one.from.clone(),
        is_interface: true,
        sides: vec![(one.from.clone(), one.to.clone())],
    });
    spec.networks.iter().map(network).chain(interfaces).collect()
}

/// What the config says of both sides of a network; the base's own where the other says nothing.
fn sides(network: &SpecNetwork) -> Vec<(String, String)> {
    let (from, to) = (&network.from, network.to.clone().unwrap_or_default());
    let mut sides: Vec<(String, String)> = Vec::new();
    for (place, block) in from.addresses.iter().enumerate() {
        sides.push((block.clone(), to.addresses.get(place).unwrap_or(block).clone()));
    }
    let mut side = |from: Option<String>, to: Option<String>| {
        if let Some(from) = from {
            let to = to.unwrap_or_else(|| from.clone());
            sides.push((from, to));
        }
    };
    let vlan = |id: Option<u16>| id.map(|id| format!("VLAN {id}"));
    side(vlan(from.vlan), vlan(to.vlan));
    side(from.interface.clone(), to.interface);
    side(from.dns_domain.clone(), to.dns_domain);
    sides
}

fn of_item(context: &Context<'_>, item: &Item<'_>, recorded: &Recorded, movers: &Movers) -> Vec<Change> {
    let Some(planned) = recorded.items.get(item.index).filter(|_| !recorded.changes.leaves_out(item)) else {
        return Vec::new();
    };
    let change =
        |place: &PointerBuf, (from, to, is_key): (Option<Value>, Option<Value>, bool), reasons: &Reasons| {
            let is_mark = is_mark(place);
            let moved_by =
                movers.get(&(item.index, place.clone())).filter(|_| !is_mark && reasons.contains(&MOVED));
            let hidden = |value: Option<Value>| {
                value.map(|value| if is_secret(item, place) { NOT_SHOWN.into() } else { value })
            };
            Change {
                object: item.reference(),
                file: item.file().map(|file| file.path),
                field: field_path(place),
                from: hidden(from),
                to: hidden(to),
                is_key,
                reasons: if is_mark { vec![MARKED] } else { reasons.clone() },
                moved_by: moved_by.cloned().unwrap_or_default(),
                endpoint: endpoint(context, item, place),
            }
        };
    let values = planned.values.iter().map(|(place, edit, reasons)| {
        let from = item.node.at(place).map(crate::yaml::Node::to_value);
        let to = match edit {
            Edit::Set(value) => Some(value.clone()),
            Edit::Remove => None,
        };
        change(place, (from, to, false), reasons)
    });
    let keys = planned.keys.iter().map(|(place, key, reasons)| {
        let old = place.last().map(|token| Value::from(token.decoded().into_owned()));
        change(place, (old, Some(key.as_str().into()), true), reasons)
    });
    keys.chain(values)
        .filter(|change| change.from != change.to || change.to == Some(NOT_SHOWN.into()))
        .collect()
}

/// Whether a place holds a note of whose the object is.
fn is_mark(place: &PointerBuf) -> bool {
    let keys: Vec<String> = place.tokens().map(|token| token.decoded().into_owned()).collect();
    let marks = [inventory::INSTANCE, inventory::BASE_NAME, inventory::MOVES];
    matches!(keys.as_slice(), [first, second, key] if first == "metadata" && second == "annotations" && marks.contains(&key.as_str()))
}

fn is_secret(item: &Item<'_>, place: &PointerBuf) -> bool {
    let first = place.tokens().next().map(|token| token.decoded().into_owned());
    item.is("", "Secret") && first.is_some_and(|first| first == "data" || first == "stringData")
}

fn left_out(
    context: &Context<'_>,
    recorded: &Recorded,
    items: &[Item<'_>],
) -> Option<(String, Vec<ResourceRef>)> {
    let printer = context.instance.printer()?.name.clone();
    let left: Vec<ResourceRef> =
        items.iter().filter(|item| recorded.changes.leaves_out(item)).map(Item::reference).collect();
    (!left.is_empty()).then_some((printer, left))
}
