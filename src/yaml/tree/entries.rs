//! The keys of a mapping under construction, shared by the readers of YAML and JSON.

use std::borrow::Cow;
use std::collections::HashSet;

use super::{Entry, Error, Kind, Node};

/// Below this many entries a mapping's keys are compared one by one.
const FEW: usize = 16;

/// The keys of a mapping so far, to find duplicates without quadratic work.
#[derive(Debug, Default)]
pub(in crate::yaml) struct Keys<'t> {
    /// Whether a key came before one that stands ahead of it. Tools sort keys: then a look at the last one is enough.
    unsorted: bool,
    seen: HashSet<Cow<'t, str>>,
}

impl<'t> Keys<'t> {
    /// Notes a key that is about to join the entries; a second one of its name is an error.
    pub(in crate::yaml) fn add(
        &mut self,
        text: &str,
        entries: &[Entry<'t>],
        key: &Node<'t>,
    ) -> Result<(), Error> {
        let name = key.text().unwrap_or_default();
        let is_next = entries.last().is_none_or(|last| last.key.text() < Some(name));
        if (is_next && !self.unsorted) || self.is_new(entries, key, name) {
            return Ok(());
        }
        Err(Error::at(text, key.span.start, format!("the key {name:?} stands twice in this mapping")))
    }

    fn is_new(&mut self, entries: &[Entry<'t>], key: &Node<'t>, name: &str) -> bool {
        self.unsorted = true;
        if entries.len() < FEW {
            return entries.iter().all(|entry| entry.key.text() != Some(name));
        }
        if self.seen.is_empty() {
            self.seen.extend(entries.iter().map(|entry| name_of(&entry.key)));
        }
        self.seen.insert(name_of(key))
    }
}

/// A key's text, borrowed from the input where the node borrows it.
fn name_of<'t>(key: &Node<'t>) -> Cow<'t, str> {
    match &key.kind {
        Kind::Scalar { text, .. } => text.clone(),
        _ => Cow::Borrowed(""),
    }
}
