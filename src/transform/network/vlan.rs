//! VLAN ids: each moves with its network, which the object tells. A quoted id stays a string.

use serde_json::Value;

use crate::config::MovedNetwork;
use crate::find::Part;
use crate::rules::said;
use crate::yaml::{Node, PointerBuf};

use super::field::{Change, Editor};

pub(super) fn change(editor: &Editor<'_>, part: Part<'_>) -> Vec<Change> {
    let Some(id) = part.node.text().and_then(|text| text.parse::<u16>().ok()) else { return Vec::new() };
    let Some(network) = network(editor, &part, id) else {
        return with_id(editor, id)
            .next()
            .map(|network| left(network, id, part.pointer))
            .into_iter()
            .collect();
    };
    let Some((from, to)) = network.vlan else { return Vec::new() };
    if id != from {
        return Vec::new();
    }
    let value = match part.node.to_value() {
        Value::String(_) => Value::from(to.to_string()),
        _ => Value::from(to),
    };
    vec![Change::Set(part.pointer, value)]
}

fn with_id<'a>(editor: &Editor<'a>, id: u16) -> impl Iterator<Item = &'a MovedNetwork> {
    editor.network.networks.iter().filter(move |network| network.vlan.is_some_and(|(from, _)| from == id))
}

/// An id that moves elsewhere, in a place that says nothing of the network.
fn left(network: &MovedNetwork, id: u16, pointer: PointerBuf) -> Change {
    let message = format!(
        "VLAN {id} stays: the network {} has it, but nothing here says that this is its; give the object or its interface \
         the network's name, or set the id by hand",
        network.name
    );
    Change::Report(Box::new(said::VLAN_STAYS.finding(message)), pointer)
}

/// The network that the id belongs to: by the network's name, the interface's, or the attachment's.
fn network<'a>(editor: &Editor<'a>, part: &Part<'_>, id: u16) -> Option<&'a MovedNetwork> {
    let name = |captured: &Node<'_>| captured.get("name").and_then(Node::text).map(str::to_owned);
    if let Some(network) = part.captured("network") {
        return editor.network.network(&name(network)?);
    }
    match part.captured("interface") {
        Some(interface) => of_interface(editor, &name(interface)?, id),
        None => editor.network.network(editor.item.name()),
    }
}

/// `enp6s0.20` says its VLAN by its name; any other name only where the config does not name the interface.
fn of_interface<'a>(editor: &Editor<'a>, name: &str, id: u16) -> Option<&'a MovedNetwork> {
    let networks = &editor.network.networks;
    let named = networks.iter().find(|network| network.base_interface.as_deref() == Some(name));
    let says_id = name.rsplit_once('.').is_some_and(|(_, end)| end == id.to_string());
    let fits = |network: &&MovedNetwork| says_id || network.base_interface.is_none();
    named.or_else(|| with_id(editor, id).find(fits))
}
