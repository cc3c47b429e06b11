//! Maps named `annotations` that hold a MetalLB key, wherever in an object they stand.
//!
//! Structural, so it also reaches paths that no CRD lists (`bind9Services`, `heatEngine.override`).

use crate::catalogue::annotations::Key;
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

/// All MetalLB annotations of an object, in the order of the text. Aliases are not followed: the anchored
/// text is visited where it stands.
#[must_use]
pub fn annotated<'a>(object: &'a Node<'a>) -> Vec<Annotated<'a>> {
    let mut found = Vec::new();
    visit(object, &mut PointerBuf::root(), &mut found);
    found
}

fn visit<'a>(node: &'a Node<'a>, pointer: &mut PointerBuf, found: &mut Vec<Annotated<'a>>) {
    match &node.kind {
        Kind::Mapping(entries) => {
            for entry in entries {
                let Some(key) = entry.key.text() else { continue };
                pointer.push_back(key);
                if key == "annotations" {
                    collect(&entry.value, pointer, found);
                }
                visit(&entry.value, pointer, found);
                pointer.pop_back();
            }
        }
        Kind::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                pointer.push_back(index);
                visit(item, pointer, found);
                pointer.pop_back();
            }
        }
        _ => {}
    }
}

fn collect<'a>(map: &'a Node<'a>, pointer: &PointerBuf, found: &mut Vec<Annotated<'a>>) {
    let Kind::Mapping(entries) = &map.kind else { return };
    for entry in entries {
        let Some(written) = entry.key.text() else { continue };
        let (Some(key), Some(value)) = (Key::recognise(written), entry.value.text()) else { continue };
        let mut place = pointer.clone();
        place.push_back(written);
        found.push(Annotated { pointer: place, map: pointer.clone(), written, key, value });
    }
}
