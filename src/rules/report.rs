//! Collects the findings of one rule, with its name and severity. A rule must not know its own severity.

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

    /// Makes a finding of this rule, still to be placed and added.
    #[must_use]
    pub fn finding(&self, message: impl Into<String>) -> Finding {
        self.rule.finding(message)
    }

    /// Adds a finding; equal ones only once.
    pub fn add(&mut self, finding: Finding) {
        self.findings.add(finding);
    }

    /// Reports at a field, with its current value.
    pub fn at(&mut self, item: &Item<'_>, pointer: &Pointer, message: impl Into<String>) {
        self.add(self.finding(message).at(item, pointer));
    }

    /// Reports on an object as a whole.
    pub fn on(&mut self, item: &Item<'_>, message: impl Into<String>) {
        self.add(self.finding(message).on(item));
    }

    pub(super) fn into_findings(self) -> Vec<Finding> {
        self.findings.into_vec()
    }
}
