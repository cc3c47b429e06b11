//! The position of a walk, which becomes a pointer only on demand: most positions are never asked for.

use std::cell::RefCell;

use super::written::Written;
use crate::yaml::PointerBuf;

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
    written: RefCell<Head>,
}

/// What a pointer that was asked for before has in common with the next one.
#[derive(Debug, Default)]
struct Head {
    text: Written,
    /// Where each step's part of the text ends.
    ends: Vec<usize>,
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
        let mut written = self.written.borrow_mut();
        let Head { text, ends } = &mut *written;
        for step in self.steps.get(ends.len()..).unwrap_or_default() {
            match step {
                Step::Key(key) => text.key(key),
                Step::Index(index) => text.index(*index),
            }
            ends.push(text.len());
        }
        text.pointer()
    }

    /// Forgets the last step.
    fn up(&mut self) {
        self.steps.pop();
        let Head { text, ends } = self.written.get_mut();
        if ends.len() > self.steps.len() {
            ends.pop();
            text.truncate(ends.last().copied().unwrap_or_default());
        }
    }

    /// Runs `act` one step down, at the value of a key.
    pub(super) fn below_key(&mut self, key: &'a str, act: impl FnOnce(&mut Self)) {
        self.steps.push(Step::Key(key));
        self.keys.push(key);
        act(self);
        self.keys.pop();
        self.up();
    }

    /// Runs `act` one step down, at an item of a list.
    pub(super) fn below_index(&mut self, index: usize, act: impl FnOnce(&mut Self)) {
        self.steps.push(Step::Index(index));
        act(self);
        self.up();
    }
}
