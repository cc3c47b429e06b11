//! One value that an item states, with its place. Knows no kind.

use crate::find::Fact;
use crate::krm::Item;
use crate::yaml::PointerBuf;

/// The scalar at a path of an item; an absent or null one is none.
#[must_use]
pub fn fact<'a>(item: &Item<'a>, path: &[&str]) -> Option<Fact<'a>> {
    let node = item.node.path(path).filter(|node| !node.is_null())?;
    Some(Fact { pointer: PointerBuf::from_tokens(path.iter().copied()), text: node.text()? })
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
