//! `unknown-pool`: an advertisement of a pool that the list lacks. MetalLB ignores the name in silence.
//!
//! Runs only where the list holds pools. An error although a pool may be another stage's: the advertisement and its pool
//! belong to MetalLB's one stage, nothing says it on a cluster (the Service even gets its address), and a pool that does
//! stand elsewhere is named in `spec.metallb.sharedPools`.

use crate::krm::Severity;
use crate::model::Model;
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "unknown-pool",
    severity: Severity::Error,
    summary: "An advertisement names a pool that the list lacks though it holds others.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    if model.pools.is_empty() {
        return;
    }
    for advertisement in &model.advertisements {
        for fact in advertisement.pools.iter().filter(|fact| !model.knows_pool(fact.text)) {
            let message = format!(
                "no IPAddressPool {} is in the list, though others are, and MetalLB ignores the name without a word; \
                 define the pool, correct the name, or name it in spec.metallb.sharedPools",
                fact.text
            );
            report.at(&advertisement.item, &fact.pointer, message);
        }
    }
}
