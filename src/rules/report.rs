//! What one rule says: findings with the rule's name and its severity, which the rule itself does not choose.

use super::Row;
use crate::krm::{Finding, Findings, Item};
use crate::yaml::Pointer;

/// The findings of one rule.
#[derive(Debug)]
pub struct Report {
    rule: &'static Row,
    findings: Findings,
}

impl Report {
    pub(super) fn new(rule: &'static Row) -> Self {
        Self { rule, findings: Findings::default() }
    }

    /// The rule's name.
    #[must_use]
    pub fn rule(&self) -> &'static str {
        self.rule.name
    }

    /// A finding of this rule, to be placed and added.
    #[must_use]
    pub fn finding(&self, message: impl Into<String>) -> Finding {
        self.rule.finding(message)
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
