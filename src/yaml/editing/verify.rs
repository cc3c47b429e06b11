//! The proof of an edit: the new text is read again and must say what RFC 6902 says of the old value.
//! It must not trust anything that made the splices.

use super::outcome::is_outcome;
use super::{Draft, New};
use crate::yaml::reading::parse;
use crate::yaml::tree::{Error, Kind, Node, Style, lines};

/// The edited node as the new text has it, which must have the second applier's value; a difference is an error.
pub(super) fn verify<'d>(draft: &'d Draft<'_>) -> Result<Node<'d>, Error> {
    let (root, patch) = (draft.root, draft.patch.as_slice());
    let refuse = |message: String| Error::at(draft.text, root.span.start, message);
    let wrong = |what: &str| refuse(format!("this edit cannot be made safely: {what}"));
    let (New::Alone(new) | New::Whole(new)) = &draft.new;
    let nodes =
        parse(new).map_err(|error| wrong(&format!("the new text cannot be read ({})", error.message)))?;
    let found = match &draft.new {
        New::Alone(_) => single(nodes),
        New::Whole(_) => nodes.iter().find_map(|node| first_from(node, root.span.start)).cloned(),
    };
    let found = found.ok_or_else(|| wrong("the new text has another structure"))?;
    let has_value = is_outcome(root, &found, patch)
        .map_err(|error| refuse(format!("the patch does not fit: {error}")))?;
    if !has_value {
        return Err(wrong("the new text has another value than the patch gives"));
    }
    if !keeps_order(root, &found) {
        return Err(wrong("the new text has its keys in another order"));
    }
    if is_json_no_longer(draft) {
        return Err(wrong("the new text is no longer JSON"));
    }
    Ok(found)
}

/// Whether a flow node that was JSON is something else now.
fn is_json_no_longer(draft: &Draft<'_>) -> bool {
    let New::Alone(new) = &draft.new else { return false };
    let old = || lines::between(draft.text, draft.root.span.start, draft.root.span.end);
    draft.root.style == Style::Flow && !is_json(new.trim()) && is_json(old())
}

/// Whether two nodes say the same, wherever they stand.
pub(super) fn same_tree(old: &Node<'_>, new: &Node<'_>) -> bool {
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

fn single(mut nodes: Vec<Node<'_>>) -> Option<Node<'_>> {
    nodes.pop().filter(|_| nodes.is_empty())
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
            let mut ahead = 0;
            entries.iter().all(|entry| {
                // Most keys stand where the last one left off.
                let next = old_entries.get(ahead).filter(|next| next.name() == entry.name());
                let index = next.map(|_| ahead).or_else(|| old_entries.index_of(entry.name()));
                let Some(index) = index else { return true };
                let in_order = index >= ahead;
                ahead = index + 1;
                let old = old_entries.get(index).map(|old| &old.value);
                in_order && old.is_some_and(|old| keeps_order(old, &entry.value))
            })
        }
        (Kind::Sequence(old), Kind::Sequence(new)) if old.len() == new.len() => {
            old.iter().zip(new).all(|(old, new)| keeps_order(old, new))
        }
        _ => true,
    }
}

/// Whether a text is JSON, perhaps behind a byte order mark.
pub(super) fn is_json(text: &str) -> bool {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}
