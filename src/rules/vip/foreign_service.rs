//! `foreign-service`: a Service that asks for a pool which is closed to its namespace.
//!
//! Source: MetalLB `internal/allocator/allocator.go` ("pool %s not compatible for ip assignment").

use crate::krm::Severity;
use crate::model::Model;
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "foreign-service",
    severity: Severity::Warning,
    summary: "A Service asks for a pool that is closed to its namespace.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    for vip in model.vips.iter().filter(|vip| vip.item.is("", "Service")) {
        let (Some(namespace), Some(asked)) = (vip.namespace, vip.pool()) else { continue };
        let Some(pool) = model.pool(asked.text) else { continue };
        if pool.admits(namespace) == Some(false) {
            let message = format!(
                "the pool is open to {} only, and the Service is in {namespace}; add {namespace} to the base pool's \
                 spec.serviceAllocation.namespaces, or name the pool in spec.metallb.sharedPools",
                pool.scope().unwrap_or_default().join(", ")
            );
            report.at(&vip.item, &asked.pointer, message);
        }
    }
}
