//! Maps named `annotations` that hold a MetalLB key, wherever in an object they stand.
//!
//! Structural, so it also reaches paths that no CRD lists (`bind9Services`, `heatEngine.override`).

use crate::catalogue::annotations::Key;
use crate::find::{Shown, Trail, walk};
use crate::yaml::{Kind, Node, PointerBuf};

/// One MetalLB annotation in an object.
#[derive(Debug, Clone)]
pub struct Annotated<'a> {
    /// Where the value stands.
    pub pointer: PointerBuf,
    /// Where the map stands.
    pub map: PointerBuf,
    /// The key as it is written.
    pub written: &'a str,
    /// The key as it is meant.
    pub key: Key,
    /// The value's text.
    pub value: &'a str,
}

/// All MetalLB annotations of an object, in the order of the text.
#[must_use]
pub fn annotated<'a>(object: &'a Node<'a>) -> Vec<Annotated<'a>> {
    let mut found = Vec::new();
    walk(object, Shown::NoScalars, |trail, node| {
        if trail.keys().last() == Some(&"annotations") {
            collect(trail, node, &mut found);
        }
    });
    found
}

fn collect<'a>(trail: &Trail<'a>, map: &'a Node<'a>, found: &mut Vec<Annotated<'a>>) {
    let Kind::Mapping(entries) = &map.kind else { return };
    for entry in entries {
        let Some(written) = entry.key.text() else { continue };
        let (Some(key), Some(value)) = (Key::recognise(written), entry.value.text()) else { continue };
        let map = trail.pointer();
        let mut pointer = map.clone();
        pointer.push_back(written);
        found.push(Annotated { pointer, map, written, key, value });
    }
}
