//! The position of a walk, which becomes a pointer only on demand: most positions are never asked for.

use super::written::Written;
use crate::yaml::{Pointer, PointerBuf};

/// One step down the tree.
#[derive(Debug, Clone, Copy)]
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

/// The steps from the root to the current position.
#[derive(Debug, Default)]
pub struct Trail<'a> {
    steps: Vec<Step<'a>>,
    keys: Vec<&'a str>,
}

impl<'a> Trail<'a> {
    /// The mapping keys on the way, without list indexes.
    #[must_use]
    pub fn keys(&self) -> &[&'a str] {
        &self.keys
    }

    /// The current position as a pointer.
    #[must_use]
    pub fn pointer(&self) -> PointerBuf {
        let length = |step: &Step<'_>| match step {
            Step::Key(key) => key.len() + 1,
            Step::Index(_) => 8,
        };
        let mut written = Written::behind(Pointer::root(), self.steps.iter().map(length).sum());
        for step in &self.steps {
            match step {
                Step::Key(key) => written.key(key),
                Step::Index(index) => written.index(*index),
            }
        }
        written.pointer()
    }

    /// Runs `act` one step down, at the value of a key.
    pub(super) fn below_key(&mut self, key: &'a str, act: impl FnOnce(&mut Self)) {
        self.steps.push(Step::Key(key));
        self.keys.push(key);
        act(self);
        self.keys.pop();
        self.steps.pop();
    }

    /// Runs `act` one step down, at an item of a list.
    pub(super) fn below_index(&mut self, index: usize, act: impl FnOnce(&mut Self)) {
        self.steps.push(Step::Index(index));
        act(self);
        self.steps.pop();
    }
}
