//! `selector-duplicate`: MetalLB refuses two equal selectors in one list.

use std::collections::BTreeSet;

use crate::krm::Severity;
use crate::model::Model;
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "selector-duplicate",
    severity: Severity::Error,
    summary: "One list holds two equal selectors.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    for (item, list) in super::selectors_of(model) {
        let mut seen = BTreeSet::new();
        for selector in list {
            if !seen.insert(selector.sorted()) {
                let message = "an equal selector stands before this one, and MetalLB then ignores the whole \
                               configuration; take one out";
                report.at(item, &selector.pointer, message);
            }
        }
    }
}
