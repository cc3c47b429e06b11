//! VLAN IDs: each moves with its network, which the object tells, or the key before it. A quoted ID stays a string.

use serde_json::Value;

use crate::config::{MovedNetwork, NetworkMoves};
use crate::find::Part;
use crate::krm::Finding;
use crate::model::{vlan_key, written_vlans};
use crate::rules::said;
use crate::yaml::Node;

use super::field::{Change, Editor, Moved};

/// The change of an ID whose network the object tells.
pub(super) fn change(editor: &Editor<'_>, part: &Part<'_>) -> Vec<Change> {
    let Some(id) = id(part) else { return Vec::new() };
    let end = match network(editor, part, id) {
        Some(network) => Ok(end(network, id)),
        None => with_id(editor.network, id).next().map_or(Ok(None), Err),
    };
    changed(part, id, end)
}

/// The change of an ID that is this network's.
pub(super) fn of(part: &Part<'_>, network: Option<&MovedNetwork>) -> Vec<Change> {
    let Some(id) = id(part) else { return Vec::new() };
    changed(part, id, Ok(network.and_then(|network| end(network, id))))
}

/// The change of a value that is a VLAN ID by its key; none where it is no such value.
pub(super) fn by_key(editor: &Editor<'_>, part: &Part<'_>) -> Option<Vec<Change>> {
    let token = part.pointer.last()?;
    let key = token.decoded();
    let (name, id) = (vlan_key(&key)?, id(part)?);
    Some(changed(part, id, end_by_key(editor.network, name, id)))
}

/// The text with the IDs behind their keys moved; none where none is. What could not move is said.
pub(super) fn in_text(text: &str, network: &NetworkMoves) -> Moved {
    let (mut out, mut done, mut findings) = (String::new(), 0, Vec::new());
    for vlan in written_vlans(text) {
        match end_by_key(network, vlan.network, vlan.id) {
            Ok(Some(to)) => {
                out.push_str(text.get(done..vlan.start).unwrap_or_default());
                out.push_str(&to.to_string());
                done = vlan.start + vlan.digits.len();
            }
            Ok(None) => {}
            Err(of) => findings.push(left(of, vlan.id)),
        }
    }
    let moved = (done > 0).then(|| out + text.get(done..).unwrap_or_default());
    (moved, findings)
}

fn id(part: &Part<'_>) -> Option<u16> {
    part.node.text()?.parse().ok()
}

/// The ID's place after the move, none if it stays; or a network that has it, where it is not clear whose it is.
type End<'n> = Result<Option<u16>, &'n MovedNetwork>;

fn changed(part: &Part<'_>, id: u16, end: End<'_>) -> Vec<Change> {
    let change = match end {
        Ok(None) => return Vec::new(),
        Ok(Some(to)) => {
            let quoted = matches!(part.node.to_value(), Value::String(_));
            let value = if quoted { Value::from(to.to_string()) } else { Value::from(to) };
            Change::Set(part.pointer.clone(), value)
        }
        Err(of) => Change::Report(Box::new(left(of, id)), part.pointer.clone()),
    };
    vec![change]
}

fn end(network: &MovedNetwork, id: u16) -> Option<u16> {
    network.vlan.filter(|(from, _)| *from == id).map(|(_, to)| to)
}

/// A key that names a network gives it the ID. One that names none leaves no doubt where all networks that have the ID
/// take it to one place.
fn end_by_key<'n>(network: &'n NetworkMoves, name: &str, id: u16) -> End<'n> {
    if let Some(named) = network.network_spelled(name) {
        return Ok(end(named, id));
    }
    let Some(moving) = with_id(network, id).next() else { return Ok(None) };
    let mut all = network.networks.iter().filter(|network| network.base_vlan == Some(id));
    let clear = name.is_empty() && all.all(|network| network.vlan == moving.vlan);
    if clear { Ok(end(moving, id)) } else { Err(moving) }
}

fn with_id(network: &NetworkMoves, id: u16) -> impl Iterator<Item = &MovedNetwork> {
    network.networks.iter().filter(move |network| end(network, id).is_some())
}

/// An id that moves elsewhere, in a place that says nothing of the network.
fn left(network: &MovedNetwork, id: u16) -> Finding {
    let message = format!(
        "VLAN {id} stays: the network {} has it, but nothing here says that this is its; give the object, its interface \
         or the variable the network's name, or set the id by hand",
        network.name
    );
    said::VLAN_STAYS.finding(message)
}

/// The network that the id belongs to: by the network's name, the interface's, or the attachment's.
fn network<'a>(editor: &Editor<'a>, part: &Part<'_>, id: u16) -> Option<&'a MovedNetwork> {
    let name = |captured: &Node<'_>| captured.get("name").and_then(Node::text).map(str::to_owned);
    if let Some(network) = part.captured("network") {
        return editor.network.network(&name(network)?);
    }
    match part.captured("interface") {
        Some(interface) => of_interface(editor.network, &name(interface)?, id),
        None => editor.network.network(editor.item.name()),
    }
}

/// `enp6s0.20` says its VLAN by its name; any other name only where the config does not name the interface.
fn of_interface<'n>(network: &'n NetworkMoves, name: &str, id: u16) -> Option<&'n MovedNetwork> {
    let named = network.networks.iter().find(|network| network.base_interface.as_deref() == Some(name));
    let says_id = name.rsplit_once('.').is_some_and(|(_, end)| end == id.to_string());
    let fits = |network: &&MovedNetwork| says_id || network.base_interface.is_none();
    named.or_else(|| with_id(network, id).find(fits))
}
