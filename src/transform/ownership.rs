//! Whose an object is, written into it: a later run, and a run for another instance, go by that and not by its shape.
//!
//! Annotations, because kustomize, kpt and server-side apply keep them and nothing selects by them; three at most, and
//! none whose value changes unless the object does.

use crate::catalogue::kinds;
use crate::change::Changes;
use crate::config::NodePolicies;
use crate::context::{Context, Whose};
use crate::find::{place, under};
use crate::inventory::{BASE_NAME, INSTANCE, MOVES};
use crate::krm::Item;
use crate::path;

/// Marks what the transforms before this one have changed, and what an earlier run made for the instance of `from`.
pub(super) fn transform(context: &Context<'_>, changes: &mut Changes) {
    for item in context.inventory.own.iter().filter(|item| is_of_one_instance(context, item)) {
        if context.whose(item) == Whose::From || changes.edits(item).is_some() {
            mark(context, item, changes);
        }
    }
}

/// A policy with the addresses of several instances is none's.
fn is_of_one_instance(context: &Context<'_>, item: &Item<'_>) -> bool {
    !item.is(kinds::NMSTATE, kinds::NODE_POLICY) || context.instance.node_policies() == NodePolicies::Replace
}

pub(super) fn mark(context: &Context<'_>, item: &Item<'_>, changes: &mut Changes) {
    write(item, INSTANCE, &context.instance.namespace, changes);
    if context.naming(item).is_some() {
        let base = context.base_name(item);
        if changes.name(item) != base {
            write(item, BASE_NAME, base, changes);
        }
    }
}

/// Marks an object in which something of the network moved.
pub(super) fn mark_moved(context: &Context<'_>, item: &Item<'_>, changes: &mut Changes) {
    mark(context, item, changes);
    if let Some(moves) = context.moves() {
        write(item, MOVES, moves, changes);
    }
}

fn write(item: &Item<'_>, key: &str, value: &str, changes: &mut Changes) {
    changes.set(item, under(&place(path!("metadata.annotations")), &[key]), value);
}
