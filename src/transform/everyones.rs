//! What the instances of a plan share and another prints: this one leaves it out, for an object that two print is one, and
//! kustomize and Argo CD refuse it. It must not know who prints it, or how.

use crate::catalogue::kinds;
use crate::change::Changes;
use crate::context::Context;
use crate::krm::{Item, at_most, listed};
use crate::rules::said;
use crate::yaml::Pointer;

/// The most objects that a sentence names.
const NAMED: usize = 12;

/// Leaves out what is marked as shared, what another transform leaves, and what of MetalLB's none has changed. Other objects
/// that stay as they are may be of this overlay alone, so that nobody else would print them.
pub(super) fn transform(context: &Context<'_>, changes: &mut Changes) {
    let Some(printer) = context.instance.printer() else { return };
    let is_left = |item: &&Item<'_>| {
        let is_unchanged = changes.edits(item).is_none() && !context.is_made(item);
        changes.leaves_out(item) || is_unchanged && item.group() == kinds::METALLB
    };
    let own = context.inventory.own.iter().filter(is_left);
    let mut left: Vec<&Item<'_>> = context.inventory.shared.iter().chain(own).collect();
    left.sort_by_key(|item| item.index);
    for item in &left {
        changes.leave_out(item);
    }
    let Some((first, others)) = left.split_first() else { return };
    let names = at_most(NAMED, left.iter().map(|item| format!("{} {}", item.kind, item.name())));
    let them = if others.is_empty() { "it" } else { "them" };
    let message = format!(
        "all instances share {}, and {} prints {them}, so that {} leaves {them} out",
        listed(&names),
        printer.name,
        context.instance.namespace
    );
    let finding = said::SHARED_OBJECT.finding(message).on(first);
    changes.report(others.iter().fold(finding, |finding, item| finding.beside(item, Pointer::root())));
}
