//! `advertisement-duplicate`: MetalLB refuses an advertisement that names one thing twice.

use std::collections::BTreeSet;

use crate::krm::Severity;
use crate::model::Model;
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "advertisement-duplicate",
    severity: Severity::Error,
    summary: "An advertisement names a pool, peer or community twice.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    for advertisement in &model.advertisements {
        let lists = [&advertisement.pools, &advertisement.peers, &advertisement.communities];
        for list in lists {
            let mut named = BTreeSet::new();
            for fact in list {
                if !named.insert(fact.text) {
                    let message = format!(
                        "{:?} is named twice, and MetalLB then ignores the whole configuration; take one out",
                        fact.text
                    );
                    report.at(&advertisement.item, &fact.pointer, message);
                }
            }
        }
    }
}
