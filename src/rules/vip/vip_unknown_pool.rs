//! `vip-unknown-pool`: a Service that asks for a pool which the list lacks.
//!
//! Runs only where the list holds pools: the control-plane stage holds none. A warning, as a pool may be another
//! stage's, and as MetalLB says it of the Service (`unknown pool`), which stays pending.

use crate::krm::Severity;
use crate::model::Model;
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "vip-unknown-pool",
    severity: Severity::Warning,
    summary: "A Service asks for a pool that the list lacks though it holds others.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    if model.pools.is_empty() {
        return;
    }
    for vip in &model.vips {
        for fact in vip.pools_named().filter(|fact| !model.knows_pool(fact.text)) {
            let message = format!(
                "no IPAddressPool {} is in the list, though others are; define it, correct the name, or name it in \
                 spec.metallb.sharedPools",
                fact.text
            );
            report.at(&vip.item, &fact.pointer, message);
        }
    }
}
