//! One value that an object states, with its place. Knows no kind.

use crate::krm::Item;
use crate::yaml::{Node, PointerBuf};

/// A text and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact<'a> {
    /// Where it stands.
    pub pointer: PointerBuf,
    /// The text, whatever its type.
    pub text: &'a str,
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

/// The scalar at a path of an item; an absent or null one is none.
#[must_use]
pub fn fact<'a>(item: &Item<'a>, path: &[&str]) -> Option<Fact<'a>> {
    let node = item.node.path(path).filter(|node| !node.is_null())?;
    Some(Fact { pointer: PointerBuf::from_tokens(path.iter().copied()), text: node.text()? })
}

/// The scalars of the list at a path of an item.
#[must_use]
pub fn facts<'a>(item: &Item<'a>, path: &[&str]) -> Vec<Fact<'a>> {
    let list = item.node.path(path).map(Node::items).unwrap_or_default();
    let place = |index: usize| under(&PointerBuf::from_tokens(path.iter().copied()), &[&index.to_string()]);
    let one = |(index, node): (usize, &'a Node<'a>)| Some(Fact { pointer: place(index), text: node.text()? });
    list.iter().enumerate().filter_map(one).collect()
}

/// The bool at a path.
#[must_use]
pub fn bool_at(item: &Item<'_>, path: &[&str]) -> Option<bool> {
    item.node.path(path)?.as_bool()
}

/// The number at a path, with its place.
#[must_use]
pub fn number_at(item: &Item<'_>, path: &[&str]) -> Option<(PointerBuf, i64)> {
    let fact = fact(item, path)?;
    Some((fact.pointer, fact.text.parse().ok()?))
}
