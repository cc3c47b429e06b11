//! The proof of an edit: the new text is read again and must say what RFC 6902 says of the old value.
//! It must not trust anything that made the splices.

use std::collections::BTreeMap;

use json_patch::PatchOperation;

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
    if !keeps_order(root, &found, &renamed(root, patch)) {
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

/// A mapping of the old tree, and what its keys with new names were.
struct Renamed<'n, 't> {
    mapping: &'n Node<'t>,
    was: BTreeMap<String, String>,
}

/// The mappings in which a patch gives keys other names.
fn renamed<'n, 't>(root: &'n Node<'t>, patch: &[PatchOperation]) -> Vec<Renamed<'n, 't>> {
    let mut all: Vec<Renamed<'n, 't>> = Vec::new();
    for operation in patch {
        let PatchOperation::Move(step) = operation else { continue };
        let Some((parent, old)) = step.from.split_back() else { continue };
        let (Some(new), Some(mapping)) = (step.path.last(), root.at(parent)) else { continue };
        let known = all.iter().position(|known| std::ptr::eq(known.mapping, mapping));
        let was = (new.decoded().into_owned(), old.decoded().into_owned());
        match known.and_then(|index| all.get_mut(index)) {
            Some(known) => drop(known.was.insert(was.0, was.1)),
            None => all.push(Renamed { mapping, was: BTreeMap::from([was]) }),
        }
    }
    all
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

/// Whether the keys that both have stand in the same order, also those with other names now.
fn keeps_order(old: &Node<'_>, new: &Node<'_>, renamed: &[Renamed<'_, '_>]) -> bool {
    match (&old.kind, &new.kind) {
        (Kind::Mapping(old_entries), Kind::Mapping(entries)) => {
            let here = renamed.iter().find(|renamed| std::ptr::eq(renamed.mapping, old));
            let mut ahead = 0;
            entries.iter().all(|entry| {
                let was = here.and_then(|here| here.was.get(entry.name())).map_or(entry.name(), |was| was);
                // Most keys stand where the last one left off.
                let next = old_entries.get(ahead).filter(|next| next.name() == was);
                let index = next.map(|_| ahead).or_else(|| old_entries.index_of(was));
                let Some(index) = index else { return true };
                let in_order = index >= ahead;
                ahead = index + 1;
                let old = old_entries.get(index).map(|old| &old.value);
                in_order && old.is_some_and(|old| keeps_order(old, &entry.value, renamed))
            })
        }
        (Kind::Sequence(old), Kind::Sequence(new)) if old.len() == new.len() => {
            old.iter().zip(new).all(|(old, new)| keeps_order(old, new, renamed))
        }
        _ => true,
    }
}

/// Whether a text is JSON, perhaps behind a byte order mark.
pub(super) fn is_json(text: &str) -> bool {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

#[cfg(test)]
mod tests {
    use json_patch::jsonptr::Pointer;
    use json_patch::{MoveOperation, PatchOperation};

    use crate::yaml::editing::{Draft, New, Splice, Splices};
    use crate::yaml::reading::parse;

    /// Whether splices (the bytes that go, and what comes) are taken for the move of `/a` to `/c`.
    fn is_taken_for_the_move(text: &str, splices: &[(usize, usize, &str)]) -> bool {
        let documents = parse(text).expect("a text");
        let pointer = |text: &str| Pointer::parse(text).expect("a pointer").to_buf();
        let operation = PatchOperation::Move(MoveOperation { from: pointer("/a"), path: pointer("/c") });
        let splices =
            splices.iter().map(|(start, end, new)| Splice { range: *start..*end, text: (*new).into() });
        let splices = Splices::new(text, splices.collect()).expect("splices");
        let draft = Draft::new(text, &documents[0], vec![operation], splices);
        assert!(matches!(draft.new, New::Alone(_)));
        draft.prove().is_ok()
    }

    #[test]
    fn only_the_key_with_another_name_proves_its_move() {
        let text = "a: 1\nb: 1\n";
        assert!(is_taken_for_the_move(text, &[(0, 1, "c")]));
        // The same value with its keys in another order, and other values.
        assert!(!is_taken_for_the_move(text, &[(0, 1, "b"), (5, 6, "c")]));
        for splices in
            [vec![], vec![(5, 6, "c")], vec![(0, 1, "c"), (8, 9, "2")], vec![(0, 1, "d")], vec![(0, 5, "")]]
        {
            assert!(!is_taken_for_the_move(text, &splices), "{splices:?}");
        }
    }
}
