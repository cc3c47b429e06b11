//! A part of an object: a node and where it stands, and what is read below it.

use std::collections::BTreeMap;

use super::select::{select, value};
use crate::path::Path;
use crate::yaml::{Node, PointerBuf};

/// A text and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact<'a> {
    /// Where it stands.
    pub pointer: PointerBuf,
    /// The text, whatever its type.
    pub text: &'a str,
}

/// What a named wildcard of a path stands for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Capture<'a> {
    pub(super) name: &'static str,
    /// The key; of an item of a list none.
    pub(super) key: &'a str,
    pub(super) node: &'a Node<'a>,
}

/// A node of an object and where it stands.
#[derive(Debug, Clone)]
pub struct Part<'a> {
    /// Where it stands.
    pub pointer: PointerBuf,
    /// What stands there.
    pub node: &'a Node<'a>,
    pub(super) captures: Vec<Capture<'a>>,
}

impl<'a> Part<'a> {
    /// All of an object.
    #[must_use]
    pub fn root(node: &'a Node<'a>) -> Self {
        Self { pointer: PointerBuf::root(), node, captures: Vec::new() }
    }

    /// What stands at a place of an object.
    #[must_use]
    pub fn at(root: &'a Node<'a>, pointer: PointerBuf) -> Option<Self> {
        Some(Self { node: root.at(&pointer)?, pointer, captures: Vec::new() })
    }

    /// The key that a path's `{name}` was here.
    #[must_use]
    pub fn key(&self, name: &str) -> Option<&'a str> {
        self.captures.iter().find(|capture| capture.name == name).map(|capture| capture.key)
    }

    /// What stands at a path's `{name}` or `[name]`.
    #[must_use]
    pub fn captured(&self, name: &str) -> Option<&'a Node<'a>> {
        self.captures.iter().find(|capture| capture.name == name).map(|capture| capture.node)
    }

    /// The parts below this one that a path leads to, aliases followed.
    #[must_use]
    pub fn each(&self, path: Path) -> Vec<Self> {
        let mut parts = select(self.node, path);
        for part in parts.iter_mut().filter(|_| !self.pointer.is_root()) {
            let mut pointer = self.pointer.clone();
            pointer.append(&part.pointer);
            part.pointer = pointer;
        }
        parts
    }

    /// The text at a path of keys, whatever its type; an absent or null one is none.
    #[must_use]
    pub fn text(&self, path: Path) -> Option<&'a str> {
        value(self.node, path).filter(|node| !node.is_null())?.text()
    }

    /// The bool at a path of keys.
    #[must_use]
    pub fn bool(&self, path: Path) -> Option<bool> {
        value(self.node, path)?.as_bool()
    }

    /// The whole number at a path of keys, with its place.
    #[must_use]
    pub fn number(&self, path: Path) -> Option<(PointerBuf, i64)> {
        let fact = self.fact(path)?;
        Some((fact.pointer, fact.text.parse().ok()?))
    }

    /// The scalar at a path of keys; an absent or null one is none.
    #[must_use]
    pub fn fact(&self, path: Path) -> Option<Fact<'a>> {
        Some(Fact { text: self.text(path)?, pointer: self.place(path) })
    }

    /// The scalars that a path leads to.
    #[must_use]
    pub fn facts(&self, path: Path) -> Vec<Fact<'a>> {
        let fact = |part: Self| Some(Fact { text: part.node.text()?, pointer: part.pointer });
        self.each(path).into_iter().filter_map(fact).collect()
    }

    /// A map of texts by key: labels, a selector.
    #[must_use]
    pub fn words(&self, path: Path) -> BTreeMap<&'a str, &'a str> {
        let entries = value(self.node, path).map(Node::entries).unwrap_or_default().iter();
        entries.filter_map(|entry| Some((entry.key.text()?, entry.value.text()?))).collect()
    }

    /// Where a path of keys leads from here, whether or not something stands there.
    #[must_use]
    pub fn place(&self, path: Path) -> PointerBuf {
        let mut pointer = self.pointer.clone();
        pointer.append(place(path));
        pointer
    }
}

/// Where a path of keys leads, whether or not something stands there; of a path with a wildcard, as far as it has keys.
#[must_use]
pub fn place(path: Path) -> PointerBuf {
    PointerBuf::from_tokens(path.keys())
}

/// A place below another: keys, and list places as numbers.
#[must_use]
pub fn under(pointer: &PointerBuf, rest: &[&str]) -> PointerBuf {
    let mut under = pointer.clone();
    for key in rest {
        under.push_back(*key);
    }
    under
}
