//! The level of each rule in a run: its own severity, or that in `spec.rules`. Must not know what a rule checks.

use std::collections::BTreeMap;

use super::{Check, rule, rules, said};
use crate::config::{ConfigError, Level};
use crate::krm::{Finding, Severity};

/// The levels that the config sets.
#[derive(Debug, Clone, Default)]
pub struct Levels {
    set: BTreeMap<String, Level>,
}

impl Levels {
    /// Reads `spec.rules`. An unknown rule and a rule with a fixed level are errors.
    pub fn new(set: &BTreeMap<String, Level>) -> Result<Self, Vec<ConfigError>> {
        let mut errors = Vec::new();
        for name in set.keys() {
            let wrong = match rule(name).map(|rule| rule.check) {
                None => unknown_rule(name),
                Some(Check::Fixed(why)) => format!("its level cannot be set: {why}; take it out"),
                Some(_) => continue,
            };
            errors.push(ConfigError::new(format!("spec.rules.{name}"), wrong));
        }
        if errors.is_empty() { Ok(Self { set: set.clone() }) } else { Err(errors) }
    }

    /// How many rules a check of a list asks.
    #[must_use]
    pub fn asked(&self) -> usize {
        rules().filter(|rule| matches!(rule.check, Check::List(_)) && !self.is_off(rule.name)).count()
    }

    pub(super) fn is_off(&self, rule: &str) -> bool {
        self.set.get(rule) == Some(&Level::Off)
    }

    /// Findings at their configured levels, without rules that are off. Levels take effect here and nowhere else.
    #[must_use]
    pub fn applied(&self, findings: Vec<Finding>) -> Vec<Finding> {
        let applied = |finding: Finding| {
            let severity = match self.set.get(finding.rule) {
                None => finding.severity,
                Some(Level::Error) => Severity::Error,
                Some(Level::Warning) => Severity::Warning,
                Some(Level::Info) => Severity::Info,
                Some(Level::Off) => return None,
            };
            Some(Finding { severity, ..finding })
        };
        findings.into_iter().filter_map(applied).collect()
    }

    /// One finding for each rule that is off, so that its silence is not taken for success.
    pub fn silenced(&self) -> impl Iterator<Item = Finding> {
        let off = self.set.keys().filter_map(|name| rule(name)).filter(|rule| self.is_off(rule.name));
        off.map(|rule| {
            let lost = match rule.check {
                Check::Said => "what the run had to say by this name is left out",
                _ => "nothing was checked by this rule",
            };
            said::RULE_OFF.finding(format!("spec.rules.{} is off: {lost}", rule.name))
        })
    }
}

fn unknown_rule(name: &str) -> String {
    let closest = rules().map(|rule| rule.name).min_by_key(|known| strsim::osa_distance(known, name));
    if let Some(closest) = closest.filter(|known| strsim::osa_distance(known, name) * 4 <= name.len()) {
        return format!("there is no such rule; did you mean {closest}?");
    }
    let settable = || rules().filter(|rule| rule.is_settable()).map(|rule| rule.name);
    let near = settable().filter(|known| shares_a_word(known, name)).collect::<Vec<_>>();
    let hint = if near.is_empty() { settable().collect() } else { near }.join(", ");
    format!("there is no such rule; did you mean one of {hint}?")
}

fn shares_a_word(one: &str, other: &str) -> bool {
    one.split('-').any(|word| other.split('-').any(|part| part.eq_ignore_ascii_case(word)))
}
