//! The smallest change that gives a node a new value, so that what is equal keeps its text.
//! It must not know how anything is written.

use serde_json::{Map, Value};

use super::change::{Change, Children};
use crate::yaml::tree::{Entries, Kind, Node};

/// The change of a node into a value.
pub(super) fn reduce(node: &Node<'_>, value: &Value) -> Change {
    if node.is(value) {
        return Change::Keep;
    }
    match (&node.kind, value) {
        (Kind::Mapping(entries), Value::Object(new)) => mapping(entries, new),
        (Kind::Sequence(items), Value::Array(new)) if !items.is_empty() && !new.is_empty() => {
            sequence(items, new)
        }
        _ => Change::Set(value.clone()),
    }
}

fn mapping(entries: &Entries<'_>, new: &Map<String, Value>) -> Change {
    if !entries.iter().any(|entry| new.contains_key(entry.name())) {
        return Change::Set(Value::Object(new.clone()));
    }
    let mut children = Children::default();
    for (index, entry) in entries.iter().enumerate() {
        children.put(index, new.get(entry.name()).map_or(Change::Remove, |new| reduce(&entry.value, new)));
    }
    let added = new.iter().filter(|(key, _)| entries.index_of(key).is_none());
    children.appended.extend(added.map(|(key, value)| (Some(key.clone()), value.clone())));
    Change::Inside(Box::new(children))
}

/// Items that are equal at both ends stay; those between are paired by position.
fn sequence(items: &[Node<'_>], new: &[Value]) -> Change {
    let head = items.iter().zip(new).take_while(|(item, new)| item.is(new)).count();
    let (old_rest, new_rest) = (items.get(head..).unwrap_or_default(), new.get(head..).unwrap_or_default());
    let pairs = old_rest.iter().rev().zip(new_rest.iter().rev());
    let tail = pairs.take_while(|(item, new)| item.is(new)).count();
    let (old_end, new_end) = (items.len() - tail, new.len() - tail);
    let mut children = Children::default();
    for (index, item) in items.iter().enumerate().take(old_end).skip(head) {
        let new = new.get(index).filter(|_| index < new_end);
        children.put(index, new.map_or(Change::Remove, |new| reduce(item, new)));
    }
    let added = new.get(old_end..new_end).unwrap_or_default().iter().cloned();
    if tail == 0 {
        children.appended.extend(added.map(|value| (None, value)));
    } else {
        children.before.insert(old_end, added.collect());
    }
    Change::Inside(Box::new(children))
}
