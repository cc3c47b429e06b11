//! One file for each thing that is checked, one for all that finds addresses taken twice. A rule reads the finished list and reports; it never edits.
//!
//! `instance` holds the checks that need the config and the list as it came in; all others read a `Model` alone, so that
//! they say the same of the function's output and of files that nothing was done to.

mod addresses;
mod control_plane;
mod fleet;
pub mod instance;
mod level;
mod metallb;
mod network;
mod report;
mod vip;

pub use instance::settle;
pub use level::Levels;
pub use report::Report;

use crate::krm::{Finding, Severity};
use crate::model::Model;

/// One rule.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The stable name, printed as `tags.rule`.
    pub name: &'static str,
    /// How bad it is where the config does not say otherwise.
    pub severity: Severity,
    /// What it finds, in one sentence.
    pub summary: &'static str,
    /// Reads the list and reports.
    pub check: fn(&Model<'_>, &mut Report),
}

/// All rules by their area, in their order.
pub const RULES: [&[Rule]; 5] =
    [metallb::RULES, vip::RULES, network::RULES, control_plane::RULES, fleet::RULES];

/// All rules.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    RULES.into_iter().flatten()
}

/// Name, severity and summary of all rules and of the checks of an instance, in the order of their document.
pub fn described() -> impl Iterator<Item = (&'static str, Severity, &'static str)> {
    let of_the_plan = instance::RULES.iter().map(|rule| (rule.name, rule.severity, rule.summary));
    of_the_plan.chain(rules().map(|rule| (rule.name, rule.severity, rule.summary)))
}

/// The names that `spec.rules` may hold.
pub fn names() -> impl Iterator<Item = &'static str> {
    described().map(|(name, ..)| name)
}

/// What all rules say of a list, each as bad as the levels have it.
#[must_use]
pub fn check(model: &Model<'_>, levels: &Levels) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in rules() {
        if let Some(severity) = levels.of(rule.name, rule.severity) {
            let mut report = Report::new(rule.name, severity);
            (rule.check)(model, &mut report);
            findings.extend(report.into_findings());
        }
    }
    findings
}
