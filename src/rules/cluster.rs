//! Objects that the run changes and that stay what they are by kind, namespace and name: the instance's would take the
//! place of the base's.
//!
//! They never edit, and must not know how a change came about.

use crate::catalogue::kinds::{self, METALLB};
use crate::change::{Changes, Edits};
use crate::context::Context;
use crate::krm::Item;
use crate::model::{identity, identity_as};
use crate::rules::Report;
use crate::yaml::PointerBuf;

/// A cluster-scoped object that the run changes and that keeps its name.
///
/// Node policies say by `nodePolicies` what becomes of them.
pub(crate) fn keeps_its_name(context: &Context<'_>, changes: &Changes, report: &mut Report) {
    for (item, place) in changed_in_place(context, changes) {
        let (group, kind) = (item.group(), item.kind);
        if !kinds::is_cluster_scoped(group, kind) || item.is(kinds::NMSTATE, kinds::NODE_POLICY) {
            continue;
        }
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

/// An object in a namespace that is neither the base's nor the instance's, and so stays there. MetalLB's own objects have
/// names of their own.
pub(crate) fn stays_in_its_namespace(context: &Context<'_>, changes: &Changes, report: &mut Report) {
    let own = Some(context.instance.namespace.as_str());
    let Some(from) = context.instance.from.as_deref() else { return };
    for (item, place) in changed_in_place(context, changes) {
        let Some(namespace) = identity(item).2.filter(|space| Some(*space) != own) else { continue };
        if item.group() == METALLB {
            continue;
        }
        let message = format!(
            "the object stays in namespace {namespace}, which is neither {from} nor the instance's, and what changes here \
             would replace what it says for the others; leave it out of this instance, or mark it with \
             multi-rhoso.dev/shared: \"true\""
        );
        report.at(item, place, message);
    }
}

/// What the run changes without making another object of it, each with the first place that changes.
fn changed_in_place<'c>(
    context: &'c Context<'_>,
    changes: &'c Changes,
) -> impl Iterator<Item = (&'c Item<'c>, &'c PointerBuf)> {
    let stays = |item: &&Item<'_>| {
        let then = identity_as(item, changes.namespace(item), changes.name(item));
        !item.name().is_empty() && !context.is_made(item) && then == identity(item)
    };
    let place = |item: &'c Item<'_>| changes.edits(item).map(Edits::entries)?.first().map(|(place, _)| place);
    context.inventory.own.iter().filter(stays).filter_map(move |item| Some((item, place(item)?)))
}
