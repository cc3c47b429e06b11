//! Moves of names of one kind, host interfaces, DNS domains or nodes, refused where they contradict each other. This module
//! must not know where such a name stands.

use std::collections::BTreeMap;

use super::ConfigError;

/// Moves of one kind that must be possible to repeat: no result is another's beginning, no two have one result.
pub(super) struct Moves {
    to: BTreeMap<String, (String, String)>,
    /// The names by which what has a name is found: that name first.
    found_by: fn(&str) -> Vec<&str>,
}

impl Default for Moves {
    fn default() -> Self {
        Self::of(|name| vec![name])
    }
}

impl Moves {
    /// Moves of what may be found by other names than its own.
    pub(super) fn of(found_by: fn(&str) -> Vec<&str>) -> Self {
        Self { to: BTreeMap::new(), found_by }
    }

    /// Whether a name moves already, or is said to stay.
    pub(super) fn knows(&self, from: &str) -> bool {
        self.to.contains_key(from)
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
            if let Some(known) = (self.found_by)(from).into_iter().skip(1).find(|name| self.knows(name)) {
                let message =
                    format!("{known:?} and {from:?} are names of one {what}; give the shorter one alone");
                wrong.push(ConfigError::new(field, message));
            }
            if (self.found_by)(to).into_iter().any(|name| self.moves(name)) {
                wrong.push(twice(what, from, to, field));
            }
        }
        self.refuse_shared_ends(what, wrong);
        let moves = self.to.iter().map(|(from, (to, _))| (from.clone(), to.clone()));
        moves.filter(|(from, to)| from != to).collect()
    }

    fn moves(&self, name: &str) -> bool {
        self.to.get(name).is_some_and(|(to, _)| to != name)
    }

    /// Refuses results that are one, and those that another's beginning is found by.
    fn refuse_shared_ends(&self, what: &str, wrong: &mut Vec<ConfigError>) {
        let mut ends: BTreeMap<&str, &str> = BTreeMap::new();
        let field = |from: &str| self.to.get(from).map_or("", |(_, field)| field.as_str());
        for (from, (to, _)) in &self.to {
            if let Some(other) = ends.insert(to, from) {
                wrong.push(merged(what, other, from, to, field(other)));
            }
        }
        for (from, (to, at)) in self.to.iter().filter(|(from, (to, _))| *from != to) {
            for other in (self.found_by)(to).into_iter().skip(1).filter_map(|name| ends.get(name)) {
                wrong.push(merged(what, other, from, to, at));
            }
            for name in (self.found_by)(from).into_iter().skip(1) {
                if let Some(other) = ends.get(name) {
                    wrong.push(twice(what, other, name, field(other)));
                }
            }
        }
    }
}

fn twice(what: &str, from: &str, to: &str, field: &str) -> ConfigError {
    let message = format!("the {what} {to:?} moves on itself, so a second run would move {from:?} twice");
    ConfigError::new(field, message)
}

fn merged(what: &str, one: &str, other: &str, to: &str, field: &str) -> ConfigError {
    ConfigError::new(field, format!("both {one:?} and {other:?} would become the {what} {to:?}"))
}
