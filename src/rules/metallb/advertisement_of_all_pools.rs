//! `advertisement-of-all-pools`: an advertisement without pools announces the pools of everybody (`config.go`).

use crate::krm::Severity;
use crate::model::Model;
use crate::rules::{Report, Rule};
use crate::yaml::Pointer;

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "advertisement-of-all-pools",
    severity: Severity::Warning,
    summary: "An advertisement names no pool and selects none, so it announces every pool of every instance.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    for advertisement in &model.advertisements {
        if advertisement.is_of_everything() {
            let message = "the advertisement names no pool, so it announces the pools of every instance; write the \
                           instance's pools here";
            report.at(&advertisement.item, Pointer::from_static("/spec/ipAddressPools"), message);
        }
        for selector in advertisement.pool_selectors.iter().filter(|selector| selector.is_empty()) {
            let message = "an empty selector selects the pools of every instance; write the instance's labels here, or \
                           name its pools in spec.ipAddressPools";
            report.at(&advertisement.item, &selector.pointer, message);
        }
    }
}
