//! Edits of one item as RFC 6902 operations that do not depend on each other.

use json_patch::{AddOperation, PatchOperation, RemoveOperation, ReplaceOperation};
use serde_json::{Map, Value};

use super::{Edit, Edits};
use crate::yaml::{Node, Pointer, PointerBuf};

/// The operations that make the object what the edits say.
///
/// `add` needs its parent: missing parents become one nested value at the first missing place, and values below
/// one missing place become one operation. A null parent is replaced by the object.
#[must_use]
pub fn operations(object: &Node<'_>, edits: &Edits) -> Vec<PatchOperation> {
    let mut removals = Vec::new();
    let mut values: Vec<(PointerBuf, Value)> = Vec::new();
    for (pointer, edit) in edits.entries() {
        match edit {
            Edit::Set(value) => collect(&mut values, nested(object, pointer, value)),
            Edit::Remove => removals.push(PatchOperation::Remove(RemoveOperation { path: pointer.clone() })),
        }
    }
    let sets = values.into_iter().map(|(path, value)| match object.at(&path) {
        Some(_) => PatchOperation::Replace(ReplaceOperation { path, value }),
        None => PatchOperation::Add(AddOperation { path, value }),
    });
    sets.chain(removals).collect()
}

/// The first place on the way that an operation can name, and the value with what is missing around it.
fn nested(object: &Node<'_>, pointer: &Pointer, value: &Value) -> (PointerBuf, Value) {
    let tokens: Vec<String> = pointer.tokens().map(|token| token.decoded().into_owned()).collect();
    let mut path = PointerBuf::root();
    let mut rest = tokens.as_slice();
    while let [token, tail @ ..] = rest {
        path.push_back(token.as_str());
        rest = tail;
        if object.at(&path).is_none_or(Node::is_null) {
            break;
        }
    }
    let value = rest
        .iter()
        .rev()
        .fold(value.clone(), |value, token| Value::Object(Map::from_iter([(token.clone(), value)])));
    (path, value)
}

fn collect(values: &mut Vec<(PointerBuf, Value)>, (path, value): (PointerBuf, Value)) {
    let appends = path.last().is_some_and(|token| token.decoded() == "-");
    match values.iter_mut().find(|(place, _)| *place == path && !appends) {
        Some((_, present)) => merge(present, value),
        None => values.push((path, value)),
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
