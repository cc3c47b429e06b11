//! An object's value as a document that a person reads, proven by reading it again.

use serde_json::{Map, Value};

use crate::yaml::{self, Entry, Error, Kind, Node};

/// The keys that come first, in an object and in its metadata.
const FIRST: [&str; 5] = ["apiVersion", "kind", "metadata", "name", "namespace"];

/// The document of an object.
pub(super) fn printed(value: Value) -> Result<String, Error> {
    let value = in_order(value);
    let text = yaml::document(&value);
    let read = yaml::parse(&text)?;
    if matches!(read.as_slice(), [node] if node.is(&value)) {
        return Ok(text);
    }
    Err(Error::at(&text, 0, "what is printed does not say the same"))
}

/// Who an object is first, then all else as it came.
fn in_order(value: Value) -> Value {
    let Value::Object(map) = value else { return value };
    let ordered = first(map).into_iter().map(|(key, value)| match value {
        Value::Object(metadata) if key == "metadata" => (key, Value::Object(first(metadata))),
        value => (key, value),
    });
    Value::Object(ordered.collect())
}

fn first(mut map: Map<String, Value>) -> Map<String, Value> {
    let mut ordered = Map::new();
    for key in FIRST {
        ordered.extend(map.shift_remove(key).map(|value| (key.to_owned(), value)));
    }
    ordered.extend(map);
    ordered
}

/// An alias's value is not in the tree's own.
pub(super) fn refuse_aliases(node: &Node<'_>) -> Result<(), ()> {
    match &node.kind {
        Kind::Alias { .. } => Err(()),
        Kind::Sequence(items) => items.iter().try_for_each(refuse_aliases),
        Kind::Mapping(entries) => {
            entries.iter().try_for_each(|entry: &Entry<'_>| refuse_aliases(&entry.value))
        }
        Kind::Scalar { .. } => Ok(()),
    }
}
