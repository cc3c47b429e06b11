//! Byte ranges of a text and what takes their place: in the order of the text, none inside another.
//! It must not know why anything changes.

use std::ops::{Deref, Range};

use crate::yaml::tree::Error;

/// A byte range of the input and the text that takes its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Splice {
    /// The bytes that go; empty for an insertion.
    pub range: Range<usize>,
    /// What comes in their place.
    pub text: String,
}

/// Splices of one text that can be made together. Nothing else can be applied: out of order, or over each other, they
/// would double the text or cut it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Splices(Vec<Splice>);

impl Splices {
    /// Puts splices in the order of the text; those at one place stay in the order in which they come. Two that change
    /// the same bytes are an error, and so are bytes that are not there.
    pub fn new(text: &str, mut splices: Vec<Splice>) -> Result<Self, Error> {
        splices.retain(|splice| !splice.range.is_empty() || !splice.text.is_empty());
        splices.sort_by_key(|splice| (splice.range.start, splice.range.end));
        let mut end = 0;
        for splice in &splices {
            if splice.range.start < end || text.get(splice.range.clone()).is_none() {
                let message = "these operations change the same text; make them in separate edits";
                return Err(Error::at(text, splice.range.start, message));
            }
            end = splice.range.end;
        }
        Ok(Self(splices))
    }

    /// Several edits of one text as one.
    pub fn merged<'s>(text: &str, edits: impl IntoIterator<Item = &'s Self>) -> Result<Self, Error> {
        Self::new(text, edits.into_iter().flat_map(|edit| edit.0.iter().cloned()).collect())
    }
}

impl Deref for Splices {
    type Target = [Splice];

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

/// The text with all splices made.
#[must_use]
pub fn splice(text: &str, splices: &Splices) -> String {
    let mut result = String::with_capacity(text.len() + added(splices));
    copy(&mut result, text, 0..text.len(), splices);
    result
}

/// How many bytes the splices bring.
pub(super) fn added(splices: &Splices) -> usize {
    splices.iter().map(|splice| splice.text.len()).sum()
}

/// Copies a part of the text with the splices, all of which lie in it.
pub(super) fn copy(result: &mut String, text: &str, part: Range<usize>, splices: &Splices) {
    let mut copied = part.start;
    for splice in splices.iter() {
        result.push_str(text.get(copied..splice.range.start).unwrap_or_default());
        result.push_str(&splice.text);
        copied = splice.range.end;
    }
    result.push_str(text.get(copied..part.end).unwrap_or_default());
}
