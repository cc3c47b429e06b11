//! VLAN ids: each moves with its network, which the object tells. A quoted id stays a string.

use serde_json::Value;

use crate::config::MovedNetwork;
use crate::rules::said;
use crate::yaml::{Node, Pointer, PointerBuf};

use super::field::{Change, Editor};

pub(super) fn change(
    editor: &Editor<'_>,
    root: &Node<'_>,
    node: &Node<'_>,
    pointer: PointerBuf,
) -> Vec<Change> {
    let Some(id) = node.text().and_then(|text| text.parse::<u16>().ok()) else { return Vec::new() };
    let Some(network) = network(editor, root, &pointer, id) else {
        return with_id(editor, id).next().map(|network| left(network, id, pointer)).into_iter().collect();
    };
    let Some((from, to)) = network.vlan else { return Vec::new() };
    if id != from {
        return Vec::new();
    }
    let value = match node.to_value() {
        Value::String(_) => Value::from(to.to_string()),
        _ => Value::from(to),
    };
    vec![Change::Set(pointer, value)]
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
fn network<'a>(editor: &Editor<'a>, root: &Node<'_>, pointer: &Pointer, id: u16) -> Option<&'a MovedNetwork> {
    let network = editor.network;
    match editor.item.kind {
        "NetConfig" => network.network(sibling(root, pointer, 3, "name")?),
        "NodeNetworkConfigurationPolicy" => {
            let name = sibling(root, pointer, 4, "name")?;
            let named =
                network.networks.iter().find(|network| network.base_interface.as_deref() == Some(name));
            // `enp6s0.20` says it by its name; any other name only where the config does not name the interface.
            let says_id = name.rsplit_once('.').is_some_and(|(_, end)| end == id.to_string());
            let fits = |network: &&MovedNetwork| says_id || network.base_interface.is_none();
            named.or_else(|| with_id(editor, id).find(fits))
        }
        _ => network.network(editor.item.name()),
    }
}

/// A field of the ancestor that lies `depth` tokens below the root.
fn sibling<'n>(root: &'n Node<'_>, pointer: &Pointer, depth: usize, field: &str) -> Option<&'n str> {
    let mut ancestor = PointerBuf::root();
    for token in pointer.tokens().take(depth) {
        ancestor.push_back(token.decoded().into_owned());
    }
    root.at(&ancestor)?.get(field)?.text()
}
