//! Moves of names of one kind, host interfaces, DNS domains or nodes, refused where they contradict each other. This module must
//! not know where such a name stands.

use std::collections::BTreeMap;

use super::ConfigError;

/// Moves of one kind that must be possible to repeat: no result is another's beginning, no two have one result.
pub(super) struct Moves {
    to: BTreeMap<String, (String, String)>,
    /// Whether two names are of one thing.
    is_one: fn(&str, &str) -> bool,
}

impl Default for Moves {
    fn default() -> Self {
        Self::of(|one, other| one == other)
    }
}

impl Moves {
    /// Moves of names that may be of one thing without being equal.
    pub(super) fn of(is_one: fn(&str, &str) -> bool) -> Self {
        Self { to: BTreeMap::new(), is_one }
    }

    /// What moves already under this or another name.
    pub(super) fn like(&self, from: &str) -> Option<&str> {
        self.to.keys().find(|known| (self.is_one)(known, from)).map(String::as_str)
    }

    /// Notes a move; a second one of the same to elsewhere is an error.
    pub(super) fn add(&mut self, field: &str, from: &str, to: &str) -> Result<(), ConfigError> {
        match self.to.get(from) {
            Some((known, _)) if known != to => Err(ConfigError::new(
                field,
                format!("{from:?} moves to {known:?} and to {to:?}; give it one place"),
            )),
            _ => {
                self.to.insert(from.to_owned(), (to.to_owned(), field.to_owned()));
                Ok(())
            }
        }
    }

    /// The moves, without those that stay in their place; what cannot be repeated is put to what is wrong.
    pub(super) fn finish(&self, what: &str, wrong: &mut Vec<ConfigError>) -> BTreeMap<String, String> {
        for (from, (to, field)) in self.to.iter().filter(|(from, (to, _))| *from != to) {
            let is_on =
                |(next, (end, _)): (&String, &(String, String))| next != end && (self.is_one)(next, to);
            if self.to.iter().any(is_on) {
                let message =
                    format!("the {what} {to:?} moves on itself, so a second run would move {from:?} twice");
                wrong.push(ConfigError::new(field, message));
            }
            let merged = self.to.iter().find(|(other, (end, _))| (self.is_one)(end, to) && *other > from);
            if let Some((other, _)) = merged {
                let message = format!("both {from:?} and {other:?} would become the {what} {to:?}");
                wrong.push(ConfigError::new(field, message));
            }
        }
        let moves = self.to.iter().map(|(from, (to, _))| (from.clone(), to.clone()));
        moves.filter(|(from, to)| from != to).collect()
    }
}
