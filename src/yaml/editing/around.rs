//! The edit of a document around a long list whose items were edited one by one: the text of all of it, proven.
//!
//! Each edited item was read again on its own, so the list need not be. What stands around it is read again together
//! with the list's end, as though the items before the last were not there, nor those before the last of a list in
//! which that ends: whatever could run into the text behind the list starts in its last value. This file must not know
//! what the document is for.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use json_patch::PatchOperation;
use serde_json::Value;

use super::splices::{Splice, Splices, splice};
use super::{has_anchors, outcome, planned, verify};
use crate::yaml::reading::parse;
use crate::yaml::tree::lines::{Cursor, between};
use crate::yaml::tree::{Entry, Error, Kind, Node, Style};

/// A node in the list that was edited on its own.
#[derive(Debug, Clone, Copy)]
pub struct Renewed<'a> {
    /// The node as it was.
    pub old: &'a Node<'a>,
    /// What changes in it.
    pub splices: &'a Splices,
    /// The node as it will be; without it the proof cannot look at it.
    pub new: Option<&'a Node<'a>>,
}

/// A document with a long list.
#[derive(Debug)]
pub struct Around<'a> {
    text: &'a str,
    root: &'a Node<'a>,
    key: &'a str,
    /// The bytes of the items that the proof passes over; none where it reads everything.
    passed: Option<Range<usize>>,
    /// The same of the lists in which the last item ends.
    inner: Vec<Range<usize>>,
}

impl<'a> Around<'a> {
    /// The document whose list stands at a key.
    #[must_use]
    pub fn new(text: &'a str, root: &'a Node<'a>, key: &'a str) -> Self {
        // An alias may lead anywhere: where there are any, everything is read.
        let is_shared = memchr::memchr(b'&', text.as_bytes()).is_some() && has_anchors(root);
        let list = root.get(key).filter(|_| !is_shared);
        let passed = list.and_then(|list| all_but_the_last(text, list));
        let mut inner = Vec::new();
        if let Some(last) = list.and_then(|list| list.items().last()) {
            pass_at_the_end(text, last, &mut inner);
        }
        Self { text, root, key, passed, inner }
    }

    /// Whether the proof looks at a node in the list, so that it must be told what becomes of it.
    #[must_use]
    pub fn looks_at(&self, node: &Node<'_>) -> bool {
        self.passed.as_ref().is_none_or(|passed| !passed.contains(&node.span.start))
    }

    /// The text with the edited items and with what a patch makes of the document's members.
    ///
    /// The new text has the members that the patch is about as `json-patch` makes them, the items as they were proven,
    /// and all else by the byte; otherwise this is an error.
    pub fn edited(&self, patch: &[PatchOperation], items: &[Renewed<'a>]) -> Result<String, Error> {
        let own = planned(self.text, self.root, patch)?.unwrap_or_default();
        // Where both put something at one place, what an item gains stands before what follows the list.
        let splices = items.iter().map(|item| item.splices).chain([&own]);
        let splices = Splices::merged(self.text, splices)?;
        if !splices.is_empty() {
            let wrong = |what| {
                let message = format!("the list cannot be printed safely: {what}");
                Error::at(self.text, self.root.span.start, message)
            };
            self.prove(patch, items, &splices).map_err(wrong)?;
        }
        Ok(splice(self.text, &splices))
    }

    fn prove(
        &self,
        patch: &[PatchOperation],
        items: &[Renewed<'a>],
        splices: &Splices,
    ) -> Result<(), String> {
        let touched = outcome::touched(self.root, patch).ok_or("the edit is about all of it")?;
        let value = outcome::expected(self.root, patch, &touched).map_err(|error| error.to_string())?;
        let passed = self.passed_in(splices, &touched);
        let text = self.without(splices, &passed).map_err(|error| error.message)?;
        if self.root.style == Style::Flow && !verify::is_json(&text) {
            let old = self.without(&Splices::default(), &passed).map_err(|error| error.message)?;
            if verify::is_json(&old) {
                return Err("it would no longer be JSON".to_owned());
            }
        }
        let documents = parse(&text).map_err(|error| format!("it could not be read ({})", error.message))?;
        let [found] = documents.as_slice() else { return Err("it would be several documents".to_owned()) };
        let items = items.iter().map(|item| (item.old.span.start, *item)).collect();
        let passes = Cell::new(passed.len());
        let proof = Proof { around: self, text: &text, items, passes, touched, value };
        if proof.holds(found) { Ok(()) } else { Err("it would say something else".to_owned()) }
    }

    /// What is passed over: nothing that an edit reaches out of, and nothing in a list that is read as a whole.
    fn passed_in(&self, splices: &Splices, touched: &BTreeSet<String>) -> Vec<Range<usize>> {
        let reaches_out = |passed: &Range<usize>| {
            splices.iter().any(|Splice { range, .. }| {
                let meets = range.start < passed.end && range.end > passed.start;
                meets && (range.start < passed.start || range.end > passed.end)
            })
        };
        if touched.contains(self.key) || self.passed.as_ref().is_some_and(reaches_out) {
            return Vec::new();
        }
        let inner = self.inner.iter().filter(|passed| !reaches_out(passed));
        self.passed.iter().chain(inner).cloned().collect()
    }

    /// The new text without what is passed over.
    fn without(&self, splices: &Splices, passed: &[Range<usize>]) -> Result<String, Error> {
        let is_kept = |splice: &&Splice| !passed.iter().any(|passed| passed.contains(&splice.range.start));
        let kept = splices.iter().filter(is_kept).cloned();
        let gone = passed.iter().map(|passed| Splice { range: passed.clone(), text: String::new() });
        Ok(splice(self.text, &Splices::new(self.text, kept.chain(gone).collect())?))
    }
}

/// What to pass over in a node's last list, in the last list of that one's last item, and so on.
fn pass_at_the_end(text: &str, node: &Node<'_>, passed: &mut Vec<Range<usize>>) {
    passed.extend(all_but_the_last(text, node).filter(|range| !range.is_empty()));
    let last = match &node.kind {
        Kind::Sequence(items) => items.last(),
        _ => node.entries().last().map(|entry| &entry.value),
    };
    if let Some(last) = last {
        pass_at_the_end(text, last, passed);
    }
}

/// From the first item of a list, its dash included, to before the last one.
fn all_but_the_last(text: &str, list: &Node<'_>) -> Option<Range<usize>> {
    let Kind::Sequence(items) = &list.kind else { return None };
    let (last, others) = items.split_last()?;
    let first = others.first()?;
    if list.style == Style::Flow {
        return Some(first.span.start..last.span.start);
    }
    let dash = Cursor::new(text, others.last()?.span.end).take(b'-')?;
    Some(list.span.start..dash)
}

/// What the new text must say.
struct Proof<'p, 'a> {
    around: &'p Around<'a>,
    /// The new text without what is passed over.
    text: &'p str,
    /// The edited items by where they started.
    items: BTreeMap<usize, Renewed<'a>>,
    /// How many lists without the items before their last are still to be met.
    passes: Cell<usize>,
    /// The members that the patch is about.
    touched: BTreeSet<String>,
    /// What the patch makes of them.
    value: Value,
}

impl Proof<'_, '_> {
    fn holds(&self, found: &Node<'_>) -> bool {
        let mut kept = self.around.root.entries().iter().filter(|entry| !self.touched.contains(entry.name()));
        let mut touched = 0;
        let each = found.entries().iter().all(|entry| match self.value.get(entry.name()) {
            Some(value) => {
                touched += 1;
                entry.value.is(value)
            }
            None => kept.next().is_some_and(|old| self.is_kept(old, entry)),
        });
        let expected = self.value.as_object().map_or(0, serde_json::Map::len);
        each && touched == expected && kept.next().is_none()
    }

    /// Whether a member is the old one: the list by its items, any other by its bytes and by what it says.
    fn is_kept(&self, old: &Entry<'_>, new: &Entry<'_>) -> bool {
        if old.name() != new.name() {
            return false;
        }
        if old.name() == self.around.key && matches!(old.value.resolved().kind, Kind::Sequence(_)) {
            return self.is_same_list(&old.value, &new.value);
        }
        let written = between(self.around.text, old.key.span.start, old.value.span.end);
        written == between(self.text, new.key.span.start, new.value.span.end)
            && verify::same_tree(&old.value, &new.value)
    }

    fn is_same_list(&self, old: &Node<'_>, new: &Node<'_>) -> bool {
        let is_list = matches!(new.resolved().kind, Kind::Sequence(_));
        is_list && self.are_same(old.items(), new.items(), |old, new| self.is_renewed(old, new))
    }

    /// Whether a node is the old one with the edited items in it as they were proven.
    fn is_renewed(&self, old: &Node<'_>, new: &Node<'_>) -> bool {
        let found = self.items.get(&old.span.start).filter(|item| std::ptr::eq(item.old, old));
        if let Some(item) = found {
            return item.new.is_some_and(|expected| self.is_same(expected, new));
        }
        if self.items.range(old.span.clone()).next().is_none() {
            return self.is_same(old, new);
        }
        match (&old.kind, &new.kind) {
            (Kind::Sequence(old), Kind::Sequence(new)) => {
                self.are_same(old, new, |old, new| self.is_renewed(old, new))
            }
            (Kind::Mapping(old), Kind::Mapping(new)) => {
                old.len() == new.len()
                    && old
                        .iter()
                        .zip(new)
                        .all(|(old, new)| old.name() == new.name() && self.is_renewed(&old.value, &new.value))
            }
            _ => false,
        }
    }

    /// Whether a node says what another does, but for what was passed over.
    fn is_same(&self, whole: &Node<'_>, new: &Node<'_>) -> bool {
        match (&whole.kind, &new.kind) {
            _ if self.passes.get() == 0 => verify::same_tree(whole, new),
            (Kind::Sequence(whole), Kind::Sequence(new)) => {
                self.are_same(whole, new, |whole, new| self.is_same(whole, new))
            }
            (Kind::Mapping(whole), Kind::Mapping(new)) => {
                let is_same = |(old, new): (&Entry<'_>, &Entry<'_>)| {
                    verify::same_tree(&old.key, &new.key) && self.is_same(&old.value, &new.value)
                };
                whole.len() == new.len() && whole.iter().zip(new).all(is_same)
            }
            _ => verify::same_tree(whole, new),
        }
    }

    /// Whether two lists have the same items; where items were passed over, the same at their ends.
    fn are_same(
        &self,
        whole: &[Node<'_>],
        new: &[Node<'_>],
        is_same: impl Fn(&Node<'_>, &Node<'_>) -> bool,
    ) -> bool {
        let missing = whole.len().checked_sub(new.len());
        let Some(end) = missing.and_then(|missing| whole.get(missing..)) else { return false };
        if end.len() < whole.len() {
            let left = self.passes.get().checked_sub(1).filter(|_| !new.is_empty());
            let Some(left) = left else { return false };
            self.passes.set(left);
        }
        end.iter().zip(new).all(|(old, new)| is_same(old, new))
    }
}
