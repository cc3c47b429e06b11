//! `metadata.namespace` and the Namespace object itself: `from.namespace` becomes `namespace`, and so does none where
//! `from.unset` says that it is the base's.

use crate::catalogue::kinds;
use crate::change::Changes;
use crate::config::NodePolicies;
use crate::context::{Context, Whose};
use crate::find::place;
use crate::krm::Item;
use crate::path;

/// Objects whose name is a namespace: group and kind.
const NAMESPACES: [(&str, &str); 2] = [("", "Namespace"), ("project.openshift.io", "Project")];

pub(super) fn transform(context: &Context<'_>, changes: &mut Changes) {
    if context.instance.spec.from.unset {
        context.inventory.own.iter().for_each(|item| fill(context, item, changes));
    }
    let Some(from) = context.instance.from.as_deref() else { return };
    for item in context.inventory.own.iter().filter(|item| !context.is_made(item)) {
        if moves(context, item) {
            write(context, item, from, changes);
        }
        if is_namespace(item) && item.name() == from {
            changes.set(item, place(path!("metadata.name")), context.instance.namespace.as_str());
        }
    }
}

/// The instance's namespace where there is none.
fn fill(context: &Context<'_>, item: &Item<'_>, changes: &mut Changes) {
    let is_ours = !matches!(context.whose(item), Whose::Other(_));
    if is_ours && item.namespace().is_none() && kinds::is_namespaced(item.group(), item.kind) {
        changes.set(item, place(path!("metadata.namespace")), context.instance.namespace.as_str());
    }
}

/// What has no namespace moves with its name, or not at all: a policy that stays the base's, and what the run does not
/// change, stays the base's object in every field.
fn moves(context: &Context<'_>, item: &Item<'_>) -> bool {
    if item.is(kinds::NMSTATE, kinds::NODE_POLICY) {
        return context.instance.node_policies() == NodePolicies::Replace;
    }
    !kinds::is_cluster_scoped(item.group(), item.kind)
}

/// `metadata.namespace`, where it is the base's.
pub(super) fn write(context: &Context<'_>, item: &Item<'_>, from: &str, changes: &mut Changes) {
    if item.namespace() == Some(from) {
        changes.set(item, place(path!("metadata.namespace")), context.instance.namespace.as_str());
    }
}

fn is_namespace(item: &Item<'_>) -> bool {
    NAMESPACES.iter().any(|(group, kind)| item.is(group, kind))
}
