//! Dotted paths with wildcards, found in a tree.

use crate::yaml::{Node, PointerBuf};

/// A place that a path leads to in one object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Where it is, whether or not something stands there.
    pub pointer: PointerBuf,
    /// The key that the wildcard stands for.
    pub wildcard: Option<String>,
}

/// The places of a dotted path below `spec`, `{…}` standing for each key of the mapping that is there.
///
/// A path without a wildcard gives one place, which may be empty; one with a wildcard gives those whose key exists.
#[must_use]
pub fn expand(object: &Node<'_>, path: &str) -> Vec<Place> {
    let start = Place { pointer: PointerBuf::from_tokens(["spec"]), wildcard: None };
    path.split('.').fold(vec![start], |places, segment| {
        places.into_iter().flat_map(|place| step(object, &place, segment)).collect()
    })
}

fn step(object: &Node<'_>, place: &Place, segment: &str) -> Vec<Place> {
    if !segment.starts_with('{') {
        return vec![child(place, segment, None)];
    }
    let keys = object.at(&place.pointer).map(Node::entries).unwrap_or_default();
    keys.iter().filter_map(|entry| entry.key.text()).map(|key| child(place, key, Some(key))).collect()
}

fn child(place: &Place, key: &str, wildcard: Option<&str>) -> Place {
    let mut pointer = place.pointer.clone();
    pointer.push_back(key);
    Place { pointer, wildcard: wildcard.map(str::to_owned).or_else(|| place.wildcard.clone()) }
}
