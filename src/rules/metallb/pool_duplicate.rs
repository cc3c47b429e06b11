//! `pool-duplicate`: MetalLB refuses two pools of one name, and Kubernetes keeps the later one.

use std::collections::BTreeSet;

use crate::krm::Severity;
use crate::model::Model;
use crate::rules::{Report, Rule};
use crate::yaml::Pointer;

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "pool-duplicate",
    severity: Severity::Error,
    summary: "Two pools of the list have one name.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    let mut names = BTreeSet::new();
    for pool in model.pools.iter().filter(|pool| !pool.name.is_empty()) {
        if !names.insert(pool.name) {
            let message = format!(
                "a second IPAddressPool {} would overwrite the first one's addresses; give each its own name",
                pool.name
            );
            report.at(&pool.item, Pointer::from_static("/metadata/name"), message);
        }
    }
}
