//! `nothing-to-do`: a run that changes nothing because the list holds nothing of ours.

use crate::catalogue::kinds;
use crate::change::Changes;
use crate::context::Context;
use crate::inventory::annotated;
use crate::krm::{Finding, Item};

pub(super) fn check(context: &Context<'_>, changes: &mut Changes) {
    let items = &context.inventory.own;
    if !changes.is_empty() || items.iter().any(is_known) {
        return;
    }
    let message = match items.len() + context.inventory.shared.len() {
        0 => "the list holds no object to change, so nothing was changed".to_owned(),
        count => format!(
            "none of the {count} objects is of a kind that this function changes (MetalLB's, *.openstack.org, node \
             policies, annotated Services, objects in spec.from.namespace), so nothing was changed"
        ),
    };
    changes.report(Finding::warning("nothing-to-do", message));
}

fn is_known(item: &Item<'_>) -> bool {
    item.group() == kinds::METALLB
        || kinds::is_openstack(item.group())
        || item.is(kinds::NMSTATE, kinds::NODE_POLICY)
        || !annotated(item.node).is_empty()
}
