//! `foreign-service`: a Service of another namespace that asks for a pool which is closed to it.
//!
//! Source: MetalLB `internal/allocator/allocator.go` ("pool %s not compatible for ip assignment").

use crate::catalogue::annotations::Meaning;
use crate::context::Context;
use crate::inventory::annotated;
use crate::krm::{Finding, Item};
use crate::plan::Plan;
use crate::yaml::Node;

pub(super) fn check(context: &Context<'_>, plan: &mut Plan) {
    if !context.instance.spec.metallb.scope {
        return;
    }
    let mut findings = Vec::new();
    for service in context.inventory.of("", "Service") {
        let Some(namespace) = plan.namespace(service).filter(|name| *name != context.instance.namespace)
        else {
            continue;
        };
        for annotation in annotated(service.node) {
            if annotation.key.meaning == Meaning::AddressPool && closed(context, annotation.value, namespace)
            {
                let message = format!(
                    "the pool is open to {} only, and the Service is in {namespace}; add {namespace} to the base pool's \
                     spec.serviceAllocation.namespaces, or name the pool in spec.metallb.sharedPools",
                    context.instance.namespace
                );
                findings.push(Finding::warning("foreign-service", message).at(service, &annotation.pointer));
            }
        }
    }
    plan.report_all(findings);
}

/// Whether the list's pool of this base name does not let the namespace in.
fn closed(context: &Context<'_>, pool: &str, namespace: &str) -> bool {
    let own = |item: &&Item<'_>| !context.inventory.is_shared_pool(item.name());
    context.pool(pool).filter(own).is_some_and(|pool| {
        let guests =
            pool.node.path(&["spec", "serviceAllocation", "namespaces"]).map(Node::items).unwrap_or_default();
        !guests.iter().any(|guest| guest.text() == Some(namespace))
    })
}
