//! Edits of one item as RFC 6902 operations that do not depend on each other.

use std::borrow::Cow;
use std::cmp::Reverse;

use json_patch::{AddOperation, PatchOperation, RemoveOperation, ReplaceOperation};
use serde_json::{Map, Value};

use super::places::Places;
use super::{Edit, Edits};
use crate::yaml::{Node, Pointer, PointerBuf};

/// The operations that make the object what the edits say.
///
/// `add` needs its parent: missing parents become one nested value at the first missing place, and values below
/// one missing place become one operation. A null parent is replaced by the object.
#[must_use]
pub fn operations(object: &Node<'_>, edits: Edits) -> Vec<PatchOperation> {
    let mut removals = Vec::new();
    let mut values = Places::default();
    for (path, edit) in edits.places.into_entries() {
        match edit {
            Edit::Remove => removals.push(PatchOperation::Remove(RemoveOperation { path })),
            // Only what is missing or null may be made by several edits.
            Edit::Set(value) if object.at(&path).is_some_and(|node| !node.is_null()) => {
                values.push_alone(path, (value, true));
            }
            Edit::Set(value) => collect(&mut values, nested(object, &path, value)),
        }
    }
    let sets = values.into_entries().into_iter().map(|(path, (value, is_there))| {
        if is_there {
            PatchOperation::Replace(ReplaceOperation { path, value })
        } else {
            PatchOperation::Add(AddOperation { path, value })
        }
    });
    // Last first: taking an item out of a list moves those behind it.
    removals.sort_by_cached_key(|operation| Reverse(order(operation.path())));
    sets.chain(removals).collect()
}

/// A place as a key to sort by: list places as numbers.
fn order(pointer: &Pointer) -> Vec<(usize, String)> {
    let key = |token: Cow<'_, str>| (token.parse().unwrap_or_default(), token.into_owned());
    pointer.tokens().map(|token| key(token.decoded())).collect()
}

/// A value, and whether something stands at its place.
type Placed = (Value, bool);

/// The first place on the way that an operation can name, and the value with what is missing around it.
fn nested(object: &Node<'_>, pointer: &Pointer, value: Value) -> (PointerBuf, Placed) {
    let mut present = Some(object);
    let mut tokens = pointer.tokens();
    let mut path = PointerBuf::root();
    while present.is_some_and(|node| !node.is_null()) {
        let Some(token) = tokens.next() else { break };
        present = present.and_then(|node| node.step(&token.decoded()));
        path.push_back(token);
    }
    let missing: Vec<String> = tokens.map(|token| token.decoded().into_owned()).collect();
    let around = |value, token| Value::Object(Map::from_iter([(token, value)]));
    (path, (missing.into_iter().rev().fold(value, around), present.is_some()))
}

fn collect(values: &mut Places<Placed>, (path, (value, is_there)): (PointerBuf, Placed)) {
    let appends = path.last().is_some_and(|token| token.decoded() == "-");
    match values.get_mut(&path) {
        Some((present, _)) if !appends => merge(present, value),
        _ => values.push(path, (value, is_there)),
    }
}

/// Deep merge of objects; the later value wins elsewhere.
fn merge(present: &mut Value, value: Value) {
    match (present, value) {
        (Value::Object(present), Value::Object(value)) => {
            for (key, value) in value {
                match present.get_mut(&key) {
                    Some(place) => merge(place, value),
                    None => {
                        present.insert(key, value);
                    }
                }
            }
        }
        (place, value) => *place = value,
    }
}
