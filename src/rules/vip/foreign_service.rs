//! `foreign-service`: a Service that asks for a pool, or for an address of one, which is closed to its namespace.
//!
//! Source: MetalLB `internal/allocator/allocator.go` ("pool %s not compatible for ip assignment").

use crate::krm::Severity;
use crate::model::{Model, Pool, Vip};
use crate::rules::{Report, Rule};
use crate::yaml::PointerBuf;

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "foreign-service",
    severity: Severity::Warning,
    summary: "A Service asks for a pool that is closed to its namespace.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    for vip in model.vips.iter().filter(|vip| vip.item.is("", "Service") && !vip.has_class) {
        let Some(namespace) = vip.namespace else { continue };
        let Some((pool, pointer)) = drawn_on(model, vip) else { continue };
        if pool.admits(namespace) == Some(false) {
            let message = format!(
                "IPAddressPool {} is open to {} only, and the Service is in {namespace}; add {namespace} to the base pool's \
                 spec.serviceAllocation.namespaces, or name the pool in spec.metallb.sharedPools",
                pool.name,
                pool.scope().unwrap_or_default().join(", ")
            );
            report.at(&vip.item, &pointer, message);
        }
    }
}

/// The pool that a Service names, else the one that has an address which it asks for, with the place of the wish.
pub(super) fn drawn_on<'m, 'a>(model: &'m Model<'a>, vip: &Vip<'_>) -> Option<(&'m Pool<'a>, PointerBuf)> {
    if let Some(named) = vip.pool() {
        return Some((model.pool(named.text)?, named.pointer));
    }
    vip.wanted().into_iter().find_map(|(pointer, ip)| Some((model.pool_of(ip)?, pointer)))
}
