//! MetalLB's objects live in MetalLB's namespace and nowhere else; kustomize's `namespace:` moves them away.
//!
//! Source: MetalLB `internal/k8s/k8s.go` (the cache reads one namespace), `webhookv1beta1` ("resource must be created in
//! metallb-system namespace").

use crate::catalogue::kinds::{METALLB, METALLB_KINDS};
use crate::change::Changes;
use crate::context::Context;
use crate::find::place;
use crate::krm::Item;
use crate::path;

pub(super) fn transform(context: &Context<'_>, changes: &mut Changes) {
    for item in context.inventory.own.iter().filter(|item| is_metallb(item)) {
        restore(context, item, changes);
    }
}

fn is_metallb(item: &Item<'_>) -> bool {
    item.group() == METALLB && METALLB_KINDS.contains(&item.kind)
}

fn restore(context: &Context<'_>, item: &Item<'_>, changes: &mut Changes) {
    let instance = context.instance;
    let right = instance.spec.metallb.namespace.as_str();
    let moved = match item.namespace() {
        None => true,
        Some(namespace) => namespace == instance.namespace || Some(namespace) == instance.from.as_deref(),
    };
    if moved {
        changes.set(item, place(path!("metadata.namespace")), right);
    }
}
