//! What one rule says: findings with the rule's name and its severity, which the rule itself does not choose.

use crate::krm::{Finding, Findings, Item, Severity};
use crate::yaml::Pointer;

/// The findings of one rule.
#[derive(Debug)]
pub struct Report {
    rule: &'static str,
    severity: Severity,
    findings: Findings,
}

impl Report {
    pub(super) fn new(rule: &'static str, severity: Severity) -> Self {
        Self { rule, severity, findings: Findings::default() }
    }

    /// A finding of this rule, to be placed and added.
    #[must_use]
    pub fn finding(&self, message: impl Into<String>) -> Finding {
        Finding::new(self.severity, self.rule, message)
    }

    /// Adds a finding, once.
    pub fn add(&mut self, finding: Finding) {
        self.findings.add(finding);
    }

    /// Says something of a field; the current value is read from the item.
    pub fn at(&mut self, item: &Item<'_>, pointer: &Pointer, message: impl Into<String>) {
        self.add(self.finding(message).at(item, pointer));
    }

    /// Says something of an object as a whole.
    pub fn on(&mut self, item: &Item<'_>, message: impl Into<String>) {
        self.add(self.finding(message).on(item));
    }

    pub(super) fn into_findings(self) -> Vec<Finding> {
        self.findings.into_vec()
    }
}
