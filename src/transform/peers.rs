//! `BGPPeer`, `BFDProfile` and `Community`: shared by all instances unless the template says otherwise.

use crate::catalogue::kinds;
use crate::change::Changes;
use crate::context::Context;
use crate::find::Part;
use crate::krm::Item;
use crate::path;
use crate::path::Path;

pub(super) fn transform(context: &Context<'_>, changes: &mut Changes) {
    for kind in ["BGPPeer", "BFDProfile", "Community"] {
        for item in context.inventory.of(kinds::METALLB, kind) {
            changes.rename(item, context.new_name(item));
        }
    }
    for peer in context.inventory.of(kinds::METALLB, "BGPPeer") {
        rename(context, peer, path!("spec.bfdProfile"), changes);
    }
    // Aliases are one table for the whole cluster: the same alias in two objects stops every speaker (`config.go`).
    for community in context.inventory.of(kinds::METALLB, "Community") {
        rename(context, community, path!("spec.communities.[].name"), changes);
    }
}

fn rename(context: &Context<'_>, item: &Item<'_>, path: Path, changes: &mut Changes) {
    for Part { pointer, node, .. } in item.part().each(path) {
        if let Some(name) = node.as_str().filter(|name| !name.is_empty()) {
            changes.set(item, pointer, context.new_reference(item, name, &context.instance.peer));
        }
    }
}
