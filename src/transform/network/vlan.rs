//! VLAN ids: each moves with its network, which the object tells. A quoted id stays a string.

use serde_json::Value;

use crate::config::MovedNetwork;
use crate::yaml::{Node, Pointer, PointerBuf};

use super::field::{Change, Editor};

pub(super) fn change(
    editor: &Editor<'_>,
    root: &Node<'_>,
    node: &Node<'_>,
    pointer: PointerBuf,
) -> Vec<Change> {
    let Some(id) = node.text().and_then(|text| text.parse::<u16>().ok()) else { return Vec::new() };
    let Some((from, to)) = network(editor, root, &pointer, id).and_then(|network| network.vlan) else {
        return Vec::new();
    };
    if id != from {
        return Vec::new();
    }
    let value = match node.to_value() {
        Value::String(_) => Value::from(to.to_string()),
        _ => Value::from(to),
    };
    vec![Change::Set(pointer, value)]
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
            named.or_else(|| {
                let mut unnamed = network.networks.iter().filter(|network| network.base_interface.is_none());
                unnamed.find(|network| network.vlan.is_some_and(|(from, _)| from == id))
            })
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
