//! How bad each rule is in this run: its own severity, or what `spec.rules` says.

use std::collections::BTreeMap;

use crate::config::{ConfigError, Level};
use crate::krm::{Finding, Severity};

/// The levels that the config sets.
#[derive(Debug, Clone, Default)]
pub struct Levels {
    set: BTreeMap<String, Level>,
}

impl Levels {
    /// Reads `spec.rules`; a name that no rule has is an error.
    pub fn new(set: &BTreeMap<String, Level>) -> Result<Self, ConfigError> {
        match set.keys().find(|name| !super::names().any(|known| known == name.as_str())) {
            Some(unknown) => Err(ConfigError::new(format!("spec.rules.{unknown}"), unknown_rule(unknown))),
            None => Ok(Self { set: set.clone() }),
        }
    }

    /// The severity of a rule; none where it is off.
    #[must_use]
    pub fn of(&self, rule: &str, own: Severity) -> Option<Severity> {
        match self.set.get(rule) {
            None => Some(own),
            Some(Level::Error) => Some(Severity::Error),
            Some(Level::Warning) => Some(Severity::Warning),
            Some(Level::Info) => Some(Severity::Info),
            Some(Level::Off) => None,
        }
    }

    /// A finding of a check that chose its severity itself, at the level that is set for it.
    #[must_use]
    pub fn applied(&self, finding: Finding) -> Option<Finding> {
        let severity = self.of(finding.rule, finding.severity)?;
        Some(Finding { severity, ..finding })
    }

    /// One finding for each rule that is off, so that nobody takes silence for consent.
    pub fn silenced(&self) -> impl Iterator<Item = Finding> {
        let off = self.set.iter().filter(|(_, level)| **level == Level::Off);
        off.map(|(name, _)| {
            let message = format!("spec.rules.{name} is off: nothing was checked by this rule");
            Finding::new(Severity::Info, "rule-off", message)
        })
    }
}

fn unknown_rule(name: &str) -> String {
    let closest = super::names().min_by_key(|known| strsim::osa_distance(known, name));
    if let Some(closest) = closest.filter(|known| strsim::osa_distance(known, name) * 4 <= name.len()) {
        return format!("there is no such rule; did you mean {closest}?");
    }
    let near = super::names().filter(|known| shares_a_word(known, name)).collect::<Vec<_>>();
    let hint = if near.is_empty() { super::names().collect() } else { near }.join(", ");
    format!("there is no such rule; did you mean one of {hint}?")
}

fn shares_a_word(one: &str, other: &str) -> bool {
    one.split('-').any(|word| other.split('-').any(|part| part.eq_ignore_ascii_case(word)))
}
