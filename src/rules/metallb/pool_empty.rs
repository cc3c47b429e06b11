//! `pool-empty`: MetalLB refuses a pool without a name or without addresses, and with it every other pool.

use crate::krm::Severity;
use crate::model::Model;
use crate::rules::{Report, Rule};
use crate::yaml::Pointer;

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "pool-empty",
    severity: Severity::Error,
    summary: "A pool has no name or no addresses.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    for pool in &model.pools {
        if pool.name.is_empty() {
            report.on(
                &pool.item,
                "the pool has no name, and MetalLB loads no pool beside it; set metadata.name",
            );
        }
        if pool.addresses.is_empty() {
            let message = "the pool has no addresses, and MetalLB loads no pool beside it; list CIDRs or ranges in \
                           spec.addresses, or take the pool out";
            report.at(&pool.item, Pointer::from_static("/spec/addresses"), message);
        }
    }
}
