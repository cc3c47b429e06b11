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
    let mut pointer = PointerBuf::from_tokens(["spec"]);
    let mut places = Vec::new();
    descend(object.get("spec"), path.split('.'), &mut pointer, None, &mut places);
    places
}

fn descend<'a>(
    node: Option<&Node<'_>>,
    mut segments: impl Iterator<Item = &'a str> + Clone,
    pointer: &mut PointerBuf,
    wildcard: Option<&str>,
    places: &mut Vec<Place>,
) {
    let Some(segment) = segments.next() else {
        places.push(Place { pointer: pointer.clone(), wildcard: wildcard.map(str::to_owned) });
        return;
    };
    if !segment.starts_with('{') {
        pointer.push_back(segment);
        descend(node.and_then(|node| node.get(segment)), segments, pointer, wildcard, places);
        pointer.pop_back();
        return;
    }
    for entry in node.map(Node::entries).unwrap_or_default() {
        let Some(key) = entry.key.text() else { continue };
        pointer.push_back(key);
        descend(Some(&entry.value), segments.clone(), pointer, Some(key), places);
        pointer.pop_back();
    }
}
