//! Edits of one item as RFC 6902 operations that do not depend on each other.

use std::borrow::Cow;
use std::cmp::Reverse;

use json_patch::{AddOperation, MoveOperation, PatchOperation, RemoveOperation, ReplaceOperation};
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
    let mut moving: Vec<PatchOperation> =
        edits.keys().iter().filter_map(|key| renamed(&edits, key)).collect();
    let mut values = Places::default();
    for (path, edit) in edits.places.into_entries() {
        match edit {
            Edit::Remove => moving.push(PatchOperation::Remove(RemoveOperation { path })),
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
    // Last first: taking an item out of a list moves those behind it, and a key's new name leads the old way no more.
    moving.sort_by_cached_key(|operation| {
        Reverse(order(match operation {
            PatchOperation::Move(step) => &step.from,
            other => other.path(),
        }))
    });
    sets.chain(moving).collect()
}

/// The move that gives a key another name; none where it goes.
fn renamed(edits: &Edits, (from, key): &(PointerBuf, String)) -> Option<PatchOperation> {
    if edits.places.get(from) == Some(&Edit::Remove) || edits.is_taken_out(from) {
        return None;
    }
    let mut path = from.parent()?.to_buf();
    path.push_back(key.as_str());
    Some(PatchOperation::Move(MoveOperation { from: from.clone(), path }))
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::operations;
    use crate::change::{Edit, Edits};
    use crate::yaml::{self, PointerBuf};

    fn place(text: &str) -> PointerBuf {
        PointerBuf::parse(text).expect("a pointer")
    }

    #[test]
    fn all_that_is_told_by_an_old_key_comes_before_its_new_name() {
        let text = "nodes:\n  a: # about a\n    x: 1\n    inner: {a: 1}\n  b: {x: 1}\nlist:\n- 1\n- {a: 1}\n";
        let mut edits = Edits::default();
        for (at, key) in [("/nodes/a", "c"), ("/nodes/a/inner/a", "d"), ("/nodes/b", "e"), ("/list/1/a", "f")]
        {
            edits.keys.put(place(at), key.to_owned());
        }
        edits.places.put(place("/nodes/a/x"), Edit::Set(json!("p")));
        edits.places.put(place("/nodes/a/new/inner"), Edit::Set(json!(2)));
        edits.remove(place("/nodes/b"));
        edits.remove(place("/list/0"));
        let documents = yaml::parse(text).expect("a text");
        let patch = operations(&documents[0], edits);
        let mut value = documents[0].to_value();
        json_patch::patch(&mut value, &patch).expect("a patch that fits");
        let expected = json!({
            "nodes": {"c": {"x": "p", "inner": {"d": 1}, "new": {"inner": 2}}}, "list": [{"f": 1}]
        });
        assert_eq!(value, expected);
        let splices = yaml::edit(text, &documents[0], &patch).expect("an edit");
        let new = "nodes:\n  c: # about a\n    x: p\n    inner: {d: 1}\n    new:\n      inner: 2\nlist:\n- {f: 1}\n";
        assert_eq!(yaml::splice(text, &splices), new);
    }
}
