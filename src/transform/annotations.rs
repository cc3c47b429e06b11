//! MetalLB's annotations wherever they stand: pool names and sharing keys follow the pools.
//!
//! The domain is never translated: openstack's operators read and write the old one, and MetalLB prefers the new.

use crate::catalogue::annotations::Meaning;
use crate::catalogue::kinds;
use crate::change::Changes;
use crate::context::Context;
use crate::inventory::Annotated;
use crate::krm::Item;
use crate::rules::said;

pub(super) fn transform(context: &Context<'_>, changes: &mut Changes) {
    for item in context.inventory.own.iter().filter(|item| !kinds::is_data(item.kind)) {
        for annotation in context.annotated(item) {
            rewrite(context, item, annotation, changes);
        }
    }
}

fn rewrite(context: &Context<'_>, item: &Item<'_>, annotation: &Annotated<'_>, changes: &mut Changes) {
    match annotation.key.meaning {
        Meaning::AddressPool if !annotation.value.is_empty() => {
            changes.set(item, annotation.pointer.clone(), context.pool_asked_for(item, annotation.value));
        }
        Meaning::AllowSharedIp if context.is_pool_name(annotation.value) => {
            changes.set(item, annotation.pointer.clone(), context.pool_asked_for(item, annotation.value));
        }
        Meaning::AllocatedFrom => {
            let message =
                "MetalLB writes this annotation itself, so it was taken out; take it out of the base too";
            changes.report(said::ALLOCATED_FROM_POOL.finding(message).at(item, &annotation.pointer));
            changes.remove(item, annotation.pointer.clone());
        }
        _ => {}
    }
}
