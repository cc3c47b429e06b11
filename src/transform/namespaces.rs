//! `metadata.namespace` and the Namespace object itself: `from.namespace` becomes `namespace`.

use crate::catalogue::kinds;
use crate::change::Changes;
use crate::config::NodePolicies;
use crate::context::Context;
use crate::find::place;
use crate::krm::Item;
use crate::path;

/// Objects whose name is a namespace: group and kind.
const NAMESPACES: [(&str, &str); 2] = [("", "Namespace"), ("project.openshift.io", "Project")];

pub(super) fn transform(context: &Context<'_>, changes: &mut Changes) {
    let Some(from) = context.instance.from.as_deref() else { return };
    // A policy that stays the base's stays the base's object in every field.
    let own_policies = context.instance.node_policies() == NodePolicies::Replace;
    let items = context.inventory.own.iter().filter(|item| !context.is_made(item));
    for item in items.filter(|item| own_policies || !item.is(kinds::NMSTATE, kinds::NODE_POLICY)) {
        if item.namespace() == Some(from) {
            let place = place(path!("metadata.namespace"));
            changes.set(item, place, context.instance.namespace.as_str());
        }
        if is_namespace(item) && item.name() == from {
            changes.set(item, place(path!("metadata.name")), context.instance.namespace.as_str());
        }
    }
}

fn is_namespace(item: &Item<'_>) -> bool {
    NAMESPACES.iter().any(|(group, kind)| item.is(group, kind))
}
