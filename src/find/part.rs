//! A part of an object: a node with its pointer, and typed access to what is below. Must not know kinds.
//!
//! The readers are called from hundreds of places: inlined into each they would be a twentieth of the program.

use std::collections::BTreeMap;

use super::select::{select, value};
use super::written::Written;
use crate::path::Path;
use crate::yaml::{Node, Pointer, PointerBuf};

/// A scalar's text with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact<'a> {
    /// Its pointer in the object.
    pub pointer: PointerBuf,
    /// The text, whatever the scalar's type.
    pub text: &'a str,
}

/// What a named wildcard of a path matched.
#[derive(Debug, Clone, Copy)]
pub(super) struct Capture<'a> {
    pub(super) name: &'static str,
    /// The key; empty for an item of a list.
    pub(super) key: &'a str,
    pub(super) node: &'a Node<'a>,
}

/// A node with its place in an object.
#[derive(Debug, Clone)]
pub struct Part<'a> {
    /// Its pointer in the object.
    pub pointer: PointerBuf,
    /// The node.
    pub node: &'a Node<'a>,
    pub(super) captures: Vec<Capture<'a>>,
}

impl<'a> Part<'a> {
    /// The whole object.
    #[must_use]
    pub fn root(node: &'a Node<'a>) -> Self {
        Self { pointer: PointerBuf::root(), node, captures: Vec::new() }
    }

    /// The part at a pointer, if something stands there.
    #[must_use]
    pub fn at(root: &'a Node<'a>, pointer: PointerBuf) -> Option<Self> {
        Some(Self { node: root.at(&pointer)?, pointer, captures: Vec::new() })
    }

    /// The key that the path's `{name}` matched.
    #[must_use]
    pub fn key(&self, name: &str) -> Option<&'a str> {
        self.captures.iter().find(|capture| capture.name == name).map(|capture| capture.key)
    }

    /// The node that the path's `{name}` or `[name]` matched.
    #[must_use]
    pub fn captured(&self, name: &str) -> Option<&'a Node<'a>> {
        self.captures.iter().find(|capture| capture.name == name).map(|capture| capture.node)
    }

    /// The parts below this one at a path. Follows aliases: an edit behind one is refused, and must not be forgotten.
    #[must_use]
    #[inline(never)]
    pub fn each(&self, path: Path) -> Vec<Self> {
        let mut parts = select(self.node, path);
        for part in parts.iter_mut().filter(|_| !self.pointer.is_root()) {
            let mut pointer = self.pointer.clone();
            pointer.append(&part.pointer);
            part.pointer = pointer;
        }
        parts
    }

    /// The text at a path of keys, whatever its type; `None` if absent or null.
    #[must_use]
    #[inline(never)]
    pub fn text(&self, path: Path) -> Option<&'a str> {
        value(self.node, path).filter(|node| !node.is_null())?.text()
    }

    /// The boolean at a path of keys.
    #[must_use]
    #[inline(never)]
    pub fn bool(&self, path: Path) -> Option<bool> {
        value(self.node, path)?.as_bool()
    }

    /// The integer at a path of keys, with its pointer; one that 64 bits do not hold is the nearest that they do.
    #[must_use]
    #[inline(never)]
    pub fn number(&self, path: Path) -> Option<(PointerBuf, i64)> {
        let fact = self.fact(path)?;
        Some((fact.pointer, integer(fact.text)?))
    }

    /// The scalar at a path of keys; `None` if absent or null.
    #[must_use]
    #[inline(never)]
    pub fn fact(&self, path: Path) -> Option<Fact<'a>> {
        Some(Fact { text: self.text(path)?, pointer: self.place(path) })
    }

    /// The scalars below this part at a path.
    #[must_use]
    #[inline(never)]
    pub fn facts(&self, path: Path) -> Vec<Fact<'a>> {
        let fact = |part: Self| Some(Fact { text: part.node.text()?, pointer: part.pointer });
        self.each(path).into_iter().filter_map(fact).collect()
    }

    /// The mapping from text to text at a path, such as labels.
    #[must_use]
    #[inline(never)]
    pub fn words(&self, path: Path) -> BTreeMap<&'a str, &'a str> {
        let entries = value(self.node, path).map(Node::entries).unwrap_or_default().iter();
        entries.filter_map(|entry| Some((entry.key.text()?, entry.value.text()?))).collect()
    }

    /// The pointer of a path of keys below this part, whether or not something stands there.
    #[must_use]
    #[inline(never)]
    pub fn place(&self, path: Path) -> PointerBuf {
        below(&self.pointer, path)
    }
}

/// The pointer of a path of keys, whether or not something stands there; it ends before the first wildcard.
#[must_use]
#[inline(never)]
pub fn place(path: Path) -> PointerBuf {
    below(Pointer::root(), path)
}

fn below(pointer: &Pointer, path: Path) -> PointerBuf {
    let mut written = Written::behind(pointer, path.keys().map(|key| key.len() + 1).sum());
    path.keys().for_each(|key| written.key(key));
    written.into_pointer()
}

/// A pointer with more tokens: keys, or indexes in decimal.
#[must_use]
#[inline(never)]
pub fn under(pointer: &Pointer, rest: &[&str]) -> PointerBuf {
    let mut written = Written::behind(pointer, rest.iter().map(|key| key.len() + 1).sum());
    for key in rest {
        written.key(key);
    }
    written.into_pointer()
}

/// Digits with or without a sign. Who asks has bounds far within 64 bits, so that what is beyond them is beyond those, too.
fn integer(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_integer = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let beyond = if text.starts_with('-') { i64::MIN } else { i64::MAX };
    is_integer.then(|| text.parse().unwrap_or(beyond))
}
