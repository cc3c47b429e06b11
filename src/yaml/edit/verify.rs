//! The proof of an edit: the new text is read again and must say what RFC 6902 says of the old value.
//! It must not trust anything that made the splices.

use std::borrow::Cow;
use std::collections::BTreeSet;

use json_patch::PatchOperation;
use serde_json::Value;

use super::reduce::is_same;
use super::{Splice, splice};
use crate::yaml::{Entry, Error, Kind, Node, Style, lines, parse};

/// Compares the new text of a node with the second applier's value; a difference is an error.
pub(super) fn verify(
    text: &str,
    root: &Node<'_>,
    patch: &[PatchOperation],
    splices: &[Splice],
) -> Result<(), Error> {
    let refuse = |message: String| Error::at(text, root.span.start, message);
    let touched = touched(root, patch);
    let expected = expected(root, patch, touched.as_ref())
        .map_err(|error| refuse(format!("the patch does not fit: {error}")))?;
    let (new, whole) = if needs_whole(root, splices) {
        (Cow::Owned(splice(text, splices)), true)
    } else {
        (Cow::Owned(part(text, root, splices)), false)
    };
    let wrong = |what: &str| refuse(format!("this edit cannot be made safely: {what}"));
    let nodes =
        parse(&new).map_err(|error| wrong(&format!("the new text cannot be read ({})", error.message)))?;
    let found =
        if whole { nodes.iter().find_map(|node| first_from(node, root.span.start)) } else { single(&nodes) };
    let found = found.ok_or_else(|| wrong("the new text has another structure"))?;
    if !has_value(root, found, &expected, touched.as_ref()) {
        return Err(wrong("the new text has another value than the patch gives"));
    }
    if !keeps_order(root, found) {
        return Err(wrong("the new text has its keys in another order"));
    }
    let is_flow = root.style == Style::Flow && !whole;
    if is_flow && !is_json(new.trim()) && is_json(part(text, root, &[]).trim()) {
        return Err(wrong("the new text is no longer JSON"));
    }
    Ok(())
}

/// The members of a mapping that a patch is about; none where it is about the whole node.
///
/// An object may be long and an edit small: only what the patch is about is made a value for the second applier. All
/// else must be the same tree.
fn touched(root: &Node<'_>, patch: &[PatchOperation]) -> Option<BTreeSet<String>> {
    let is_mapping = matches!(root.kind, Kind::Mapping(_));
    let member = |operation: &PatchOperation| Some(operation.path().first()?.decoded().into_owned());
    patch.iter().map(member).collect::<Option<_>>().filter(|_| is_mapping)
}

/// Whether the new node is the old one with the members as the second applier has them.
fn has_value(
    root: &Node<'_>,
    found: &Node<'_>,
    expected: &Value,
    touched: Option<&BTreeSet<String>>,
) -> bool {
    let (Some(touched), Value::Object(members), Kind::Mapping(entries)) = (touched, expected, &found.kind)
    else {
        return is_same(found, expected);
    };
    // In step: what is not touched keeps its order, and a long mapping is gone through once.
    let mut untouched = root.entries().iter().filter(|entry| !touched.contains(name(entry)));
    let mut found_members = 0;
    entries.iter().all(|entry| match members.get(name(entry)) {
        Some(value) => {
            found_members += 1;
            is_same(&entry.value, value)
        }
        None => untouched
            .next()
            .is_some_and(|old| name(old) == name(entry) && same_tree(&old.value, &entry.value)),
    }) && found_members == members.len()
        && untouched.next().is_none()
}

fn name<'n>(entry: &'n Entry<'_>) -> &'n str {
    entry.key.text().unwrap_or_default()
}

/// Whether two nodes say the same, wherever they stand.
fn same_tree(old: &Node<'_>, new: &Node<'_>) -> bool {
    match (&old.kind, &new.kind) {
        (Kind::Scalar { text: one, typed: this }, Kind::Scalar { text: other, typed: that }) => {
            one == other && this == that
        }
        (Kind::Sequence(old), Kind::Sequence(new)) => {
            old.len() == new.len() && old.iter().zip(new).all(|(old, new)| same_tree(old, new))
        }
        (Kind::Mapping(old), Kind::Mapping(new)) => {
            old.len() == new.len()
                && old
                    .iter()
                    .zip(new)
                    .all(|(old, new)| same_tree(&old.key, &new.key) && same_tree(&old.value, &new.value))
        }
        (Kind::Alias { name: one, .. }, Kind::Alias { name: other, .. }) => one == other,
        _ => false,
    }
}

fn expected(
    root: &Node<'_>,
    patch: &[PatchOperation],
    touched: Option<&BTreeSet<String>>,
) -> Result<Value, json_patch::PatchError> {
    let is_change = |operation: &&PatchOperation| !matches!(operation, PatchOperation::Test(_));
    let changes: Vec<PatchOperation> = patch.iter().filter(is_change).cloned().collect();
    let mut value = match touched {
        Some(touched) => members(root, touched),
        None => root.to_value(),
    };
    json_patch::patch(&mut value, &changes)?;
    Ok(value)
}

/// The value of a mapping's touched members.
fn members(root: &Node<'_>, touched: &BTreeSet<String>) -> Value {
    let entries = root.entries().iter().filter(|entry| touched.contains(name(entry)));
    Value::Object(entries.map(|entry| (name(entry).to_owned(), entry.value.to_value())).collect())
}

/// Whether the node's own text is not enough: aliases lead out of it, or the node as a whole is replaced,
/// so that it must fit where it stands.
fn needs_whole(root: &Node<'_>, splices: &[Splice]) -> bool {
    let replaced = splices.iter().any(|splice| splice.range == root.span);
    (replaced && root.style != Style::Flow) || has_anchors(root)
}

fn has_anchors(node: &Node<'_>) -> bool {
    node.anchored
        || match &node.kind {
            Kind::Alias { .. } => true,
            Kind::Sequence(items) => items.iter().any(has_anchors),
            Kind::Mapping(entries) => {
                entries.iter().any(|entry| entry.key.anchored || has_anchors(&entry.value))
            }
            Kind::Scalar { .. } => false,
        }
}

/// The new text of a node alone, at its old column, for who wants to read it again; none where aliases may lead out
/// of it.
#[must_use]
pub fn edited(text: &str, root: &Node<'_>, splices: &[Splice]) -> Option<String> {
    (!needs_whole(root, splices)).then(|| part(text, root, splices))
}

/// The new text of a node alone, at its old column.
fn part(text: &str, root: &Node<'_>, splices: &[Splice]) -> String {
    let start = root.span.start;
    let mut end = splices.last().map_or(root.span.end, |last| last.range.end.max(root.span.end));
    if matches!(root.style, Style::Block | Style::Literal | Style::Folded) {
        // A block scalar at the end needs its line break, and the blank lines that it may keep.
        end = lines::end(text, end);
        let rest = text.get(end..).unwrap_or_default();
        let blank = rest.len() - rest.trim_start_matches([' ', '\n', '\r']).len();
        end = if end + blank == text.len() { text.len() } else { lines::start(text, end + blank) };
    }
    let moved: Vec<Splice> = splices
        .iter()
        .map(|splice| Splice {
            range: splice.range.start.saturating_sub(start)..splice.range.end.saturating_sub(start),
            text: splice.text.clone(),
        })
        .collect();
    let column = lines::column(text, start);
    let new = splice(lines::between(text, start, end), &moved);
    format!("{}{new}", " ".repeat(column))
}

fn single<'n, 't>(nodes: &'n [Node<'t>]) -> Option<&'n Node<'t>> {
    match nodes {
        [node] => Some(node),
        _ => None,
    }
}

/// The first node from an offset on, the outermost where several start. A removed first entry moves it.
fn first_from<'n, 't>(node: &'n Node<'t>, offset: usize) -> Option<&'n Node<'t>> {
    if node.span.start >= offset {
        return Some(node);
    }
    if node.span.end < offset {
        return None;
    }
    match &node.kind {
        Kind::Sequence(items) => items.iter().find_map(|item| first_from(item, offset)),
        Kind::Mapping(entries) => entries.iter().find_map(|entry| first_from(&entry.value, offset)),
        _ => None,
    }
}

/// Whether the keys that both have stand in the same order.
fn keeps_order(old: &Node<'_>, new: &Node<'_>) -> bool {
    match (&old.kind, &new.kind) {
        (Kind::Mapping(old_entries), Kind::Mapping(entries)) => {
            let mut ahead = old_entries.iter();
            entries.iter().all(|entry| {
                let mut search = ahead.clone();
                match search.find(|other| other.key.text() == entry.key.text()) {
                    Some(other) => {
                        ahead = search;
                        keeps_order(&other.value, &entry.value)
                    }
                    None => entry.key.text().is_some_and(|key| old.get(key).is_none()),
                }
            })
        }
        (Kind::Sequence(old), Kind::Sequence(new)) if old.len() == new.len() => {
            old.iter().zip(new).all(|(old, new)| keeps_order(old, new))
        }
        _ => true,
    }
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}
