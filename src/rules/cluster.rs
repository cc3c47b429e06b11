//! Objects that exist once for the whole cluster, or stand for something outside of it that does: what two instances
//! would take from each other by them.
//!
//! They never edit, and must not know how a change came about.

use crate::catalogue::kinds;
use crate::change::{Changes, Edits};
use crate::context::Context;
use crate::rules::Report;

/// A cluster-scoped object that the run changes and that keeps its name, so that the base's would be replaced by it.
///
/// Node policies say by `nodePolicies` what becomes of them.
pub(crate) fn keeps_its_name(context: &Context<'_>, changes: &Changes, report: &mut Report) {
    for item in context.inventory.own.iter().filter(|item| !context.is_made(item)) {
        let (group, kind) = (item.group(), item.kind);
        let is_one = kinds::is_cluster_scoped(group, kind) && !item.is(kinds::NMSTATE, kinds::NODE_POLICY);
        if !is_one || item.name().is_empty() || changes.name(item) != item.name() {
            continue;
        }
        let Some((place, _)) = changes.edits(item).map(Edits::entries).and_then(<[_]>::first) else {
            continue;
        };
        let cure = if kinds::is_named_by_choice(group, kind) {
            "give each instance its own by names.clusterObject, or mark it with multi-rhoso.dev/shared: \"true\""
        } else {
            "leave it out of this instance, or mark it with multi-rhoso.dev/shared: \"true\""
        };
        let message = format!(
            "the cluster has one {kind} of this name, and what changes here for {} would replace what it says for the \
             others; {cure}",
            context.instance.namespace
        );
        report.at(item, place, message);
    }
}
