//! `allocation-duplicate`: `serviceAllocation.namespaces` names a namespace twice.

use std::collections::BTreeSet;

use crate::krm::Severity;
use crate::model::Model;
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "allocation-duplicate",
    severity: Severity::Error,
    summary: "A pool names one namespace twice.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    for pool in &model.pools {
        let mut named = BTreeSet::new();
        for namespace in &pool.namespaces {
            if !named.insert(namespace.text) {
                let message = format!(
                    "namespace {} is listed twice, and MetalLB then loads no pool at all; take one out",
                    namespace.text
                );
                report.at(&pool.item, &namespace.pointer, message);
            }
        }
    }
}
