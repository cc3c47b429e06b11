//! `BGPPeer`, `BFDProfile` and `Community`: shared by all instances unless the template says otherwise.

use crate::catalogue::kinds;
use crate::change::Changes;
use crate::context::Context;
use crate::krm::Item;
use crate::yaml::{Node, PointerBuf};

pub(super) fn transform(context: &Context<'_>, changes: &mut Changes) {
    for kind in ["BGPPeer", "BFDProfile", "Community"] {
        for item in context.inventory.of(kinds::METALLB, kind) {
            rename(context, item, PointerBuf::from_tokens(["metadata", "name"]), changes);
        }
    }
    for peer in context.inventory.of(kinds::METALLB, "BGPPeer") {
        rename(context, peer, PointerBuf::from_tokens(["spec", "bfdProfile"]), changes);
    }
    for community in context.inventory.of(kinds::METALLB, "Community") {
        aliases(context, community, changes);
    }
}

fn rename(context: &Context<'_>, item: &Item<'_>, pointer: PointerBuf, changes: &mut Changes) {
    if let Some(name) = item.node.at(&pointer).and_then(Node::as_str).filter(|name| !name.is_empty()) {
        let renamed = context.instance.peer_name(name);
        changes.set(item, pointer, renamed);
    }
}

/// Aliases are one table for the whole cluster: the same alias in two objects stops every speaker (`config.go`).
fn aliases(context: &Context<'_>, community: &Item<'_>, changes: &mut Changes) {
    let count = community.node.path(&["spec", "communities"]).map_or(0, |aliases| aliases.items().len());
    for index in 0..count {
        let mut pointer = PointerBuf::from_tokens(["spec", "communities"]);
        pointer.push_back(index);
        pointer.push_back("name");
        rename(context, community, pointer, changes);
    }
}
