//! What is to be done, as data: values to set per item, and findings. Nothing here touches a text.
//!
//! Transforms write `Changes` and rules read them; `apply` makes them RFC 6902 operations and hands them to the YAML layer.
//! This module must not know `OpenStack`, MetalLB or the config.

mod apply;
mod operations;
mod places;

pub use apply::{Edited, Proven, Refused, edited, proven};
pub use operations::operations;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::krm::{Finding, Findings, Item};
use crate::yaml::{Node, Pointer, PointerBuf};
use places::Places;

/// One change of one item.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// The value to stand there, whatever does now; missing parents are made.
    Set(Value),
    /// Nothing is to stand there.
    Remove,
}

/// The edits of one item by place, in the order in which they were planned.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Edits {
    places: Places<Edit>,
    /// Other names for keys. A place is told by the old one everywhere, whatever else is planned there or below.
    keys: Places<String>,
    /// Whether anything was ever to be taken out.
    takes_out: bool,
}

impl Edits {
    /// The edits with their places.
    #[must_use]
    pub fn entries(&self) -> &[(PointerBuf, Edit)] {
        self.places.entries()
    }

    /// The keys that get other names, each with its place by the old one.
    #[must_use]
    pub fn keys(&self) -> &[(PointerBuf, String)] {
        self.keys.entries()
    }

    fn remove(&mut self, pointer: PointerBuf) {
        self.takes_out = true;
        self.places.put(pointer, Edit::Remove);
    }

    fn is_taken_out(&self, pointer: &Pointer) -> bool {
        let mut above = std::iter::successors(pointer.parent(), |place| place.parent());
        self.takes_out && above.any(|place| self.places.get(place) == Some(&Edit::Remove))
    }
}

/// Everything that one run is to do and to say.
#[derive(Debug, Default)]
pub struct Changes {
    edits: BTreeMap<usize, Edits>,
    left_out: BTreeSet<usize>,
    findings: Findings,
}

impl Changes {
    /// Sets a value. What stands there already is no edit, and neither is a value in what is taken out.
    pub fn set(&mut self, item: &Item<'_>, pointer: PointerBuf, value: impl Into<Value>) {
        self.set_value(item, pointer, value.into());
    }

    fn set_value(&mut self, item: &Item<'_>, pointer: PointerBuf, value: Value) {
        if let Some(edits) = self.edits.get_mut(&item.index) {
            if edits.is_taken_out(&pointer) {
                return;
            }
            if let Some(planned) = edits.places.get_mut(&pointer) {
                *planned = Edit::Set(value);
                return;
            }
        }
        if item.node.at(&pointer).is_none_or(|node| !node.is(&value)) {
            self.edits.entry(item.index).or_default().places.push(pointer, Edit::Set(value));
        }
    }

    /// Sets `metadata.name`. An object without a name stays so: that is the API server's to refuse.
    pub fn rename(&mut self, item: &Item<'_>, name: String) {
        if !item.name().is_empty() {
            self.set(item, PointerBuf::from_tokens(["metadata", "name"]), name);
        }
    }

    /// Appends to a list, which is made where it is missing.
    pub fn append(&mut self, item: &Item<'_>, list: PointerBuf, value: Value) {
        let places = &mut self.edits.entry(item.index).or_default().places;
        if item.node.at(&list).is_some_and(|node| !node.is_null()) {
            let mut end = list;
            end.push_back("-");
            places.push(end, Edit::Set(value));
            return;
        }
        match places.get_mut(&list) {
            Some(Edit::Set(Value::Array(values))) => values.push(value),
            _ => places.put(list, Edit::Set(Value::Array(vec![value]))),
        }
    }

    /// Takes a value out.
    pub fn remove(&mut self, item: &Item<'_>, pointer: PointerBuf) {
        if item.node.at(&pointer).is_some() {
            self.edits.entry(item.index).or_default().remove(pointer);
        }
    }

    /// Gives a mapping's key another name; its value stays where it is.
    pub fn rename_key(&mut self, item: &Item<'_>, pointer: PointerBuf, key: String) {
        let is_old = pointer.last().is_none_or(|last| last.decoded() == key);
        if !is_old && item.node.at(&pointer).is_some() {
            self.edits.entry(item.index).or_default().keys.put(pointer, key);
        }
    }

    /// Leaves an object out of what the run is to make.
    pub fn leave_out(&mut self, item: &Item<'_>) {
        self.left_out.insert(item.index);
    }

    /// Drops what is planned for an object that goes.
    pub fn forget(&mut self, item: &Item<'_>) {
        self.edits.remove(&item.index);
    }

    /// Whether an object is left out.
    #[must_use]
    pub fn leaves_out(&self, item: &Item<'_>) -> bool {
        self.left_out.contains(&item.index)
    }

    /// Says something.
    pub fn report(&mut self, finding: Finding) {
        self.findings.add(finding);
    }

    /// Says several things.
    pub fn report_all(&mut self, findings: Vec<Finding>) {
        for finding in findings {
            self.report(finding);
        }
    }

    /// Whether something above the place is to be taken out.
    #[must_use]
    pub fn is_taken_out(&self, item: &Item<'_>, pointer: &Pointer) -> bool {
        self.edits.get(&item.index).is_some_and(|edits| edits.is_taken_out(pointer))
    }

    /// What is planned for a place, if anything is.
    #[must_use]
    pub fn planned(&self, item: &Item<'_>, pointer: &Pointer) -> Option<&Edit> {
        self.edits.get(&item.index)?.places.get(pointer)
    }

    /// The text that will stand at a place: the planned one, else the present one.
    #[must_use]
    pub fn text<'p>(&'p self, item: &Item<'p>, pointer: &Pointer) -> Option<&'p str> {
        match self.planned(item, pointer) {
            None => item.node.at(pointer)?.text(),
            planned => text_of(planned),
        }
    }

    /// The same of a place whose present node is at hand.
    #[must_use]
    pub fn text_here<'p>(
        &'p self,
        item: &Item<'_>,
        pointer: &Pointer,
        present: &'p Node<'_>,
    ) -> Option<&'p str> {
        match self.planned(item, pointer) {
            None => present.text(),
            planned => text_of(planned),
        }
    }

    /// The name that the item will have.
    #[must_use]
    pub fn name<'p>(&'p self, item: &Item<'p>) -> &'p str {
        const PLACE: &Pointer = Pointer::from_static("/metadata/name");
        self.text(item, PLACE).unwrap_or_default()
    }

    /// The namespace that the item will have.
    #[must_use]
    pub fn namespace<'p>(&'p self, item: &Item<'p>) -> Option<&'p str> {
        const PLACE: &Pointer = Pointer::from_static("/metadata/namespace");
        self.text(item, PLACE).filter(|namespace| !namespace.is_empty())
    }

    /// The edits of one item.
    #[must_use]
    pub fn edits(&self, item: &Item<'_>) -> Option<&Edits> {
        self.edits.get(&item.index)
    }

    /// Where what was said so far stands: the source, and the first byte in it.
    #[must_use]
    pub fn places_said(&self) -> BTreeSet<(usize, usize)> {
        let places = self.findings.iter().flat_map(Finding::places);
        places.map(|place| (place.source, place.span.start)).collect()
    }

    /// The edits of one item, for good.
    fn take_edits(&mut self, item: &Item<'_>) -> Option<Edits> {
        self.edits.remove(&item.index)
    }

    /// Whether no item changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// What the checks and transforms had to say, in the order in which it was found.
    #[must_use]
    pub fn take_findings(&mut self) -> Vec<Finding> {
        std::mem::take(&mut self.findings).into_vec()
    }
}

/// The text that an edit gives a place.
fn text_of(edit: Option<&Edit>) -> Option<&str> {
    match edit {
        Some(Edit::Set(value)) => value.as_str(),
        Some(Edit::Remove) | None => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Edit, Edits};
    use crate::yaml::PointerBuf;

    fn place(text: &str) -> PointerBuf {
        PointerBuf::parse(text).expect("a pointer")
    }

    #[test]
    fn only_what_stands_above_takes_a_place_out() {
        let mut edits = Edits::default();
        edits.remove(place("/a/b"));
        edits.remove(place("/c"));
        edits.places.put(place("/c"), Edit::Set(1.into()));
        for text in ["/a/b/c", "/a/b/c/d"] {
            assert!(edits.is_taken_out(&place(text)), "{text}");
        }
        for text in ["/a/b", "/a/bc/d", "/a", "", "/c/d"] {
            assert!(!edits.is_taken_out(&place(text)), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_taken_out_is_what_a_search_finds_above(
            planned in prop::collection::vec(("(/[ab]){0,3}", any::<bool>()), 0..6),
            asked in "(/[ab]){0,4}",
        ) {
            let (mut edits, asked) = (Edits::default(), place(&asked));
            for (text, goes) in planned {
                if goes { edits.remove(place(&text)) } else { edits.places.put(place(&text), Edit::Set(1.into())) }
            }
            let found = edits.entries().iter().any(|(place, edit)| {
                *edit == Edit::Remove && place.count() < asked.count() && asked.starts_with(place)
            });
            prop_assert_eq!(edits.is_taken_out(&asked), found);
        }
    }
}
