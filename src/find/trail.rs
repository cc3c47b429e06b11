//! Where a walk stands: written down as a pointer only where somebody wants it.

use crate::yaml::PointerBuf;

/// One step down.
#[derive(Debug, Clone, Copy)]
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

/// The way from the root to where a walk stands.
#[derive(Debug, Default)]
pub struct Trail<'a> {
    steps: Vec<Step<'a>>,
    keys: Vec<&'a str>,
}

impl<'a> Trail<'a> {
    /// The mapping keys on the way, without list places.
    #[must_use]
    pub fn keys(&self) -> &[&'a str] {
        &self.keys
    }

    /// The place.
    #[must_use]
    pub fn pointer(&self) -> PointerBuf {
        let mut pointer = PointerBuf::root();
        for step in &self.steps {
            match step {
                Step::Key(key) => pointer.push_back(*key),
                Step::Index(index) => pointer.push_back(*index),
            }
        }
        pointer
    }

    /// Goes to the value of a key, does something there, and comes back.
    pub(super) fn below_key(&mut self, key: &'a str, act: impl FnOnce(&mut Self)) {
        self.steps.push(Step::Key(key));
        self.keys.push(key);
        act(self);
        self.keys.pop();
        self.steps.pop();
    }

    /// Goes to an item of a list, does something there, and comes back.
    pub(super) fn below_index(&mut self, index: usize, act: impl FnOnce(&mut Self)) {
        self.steps.push(Step::Index(index));
        act(self);
        self.steps.pop();
    }
}
