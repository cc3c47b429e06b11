//! Paths of the field tables, found in a tree.

use crate::yaml::{Kind, Node, PointerBuf};

/// The nodes that a path leads to, each with its place. `*` is any key, `[]` any item, `**` any depth.
///
/// Aliases are not followed: the anchored text is met where it stands.
#[must_use]
pub fn select<'a>(root: &'a Node<'a>, path: &str) -> Vec<(PointerBuf, &'a Node<'a>)> {
    let segments: Vec<&str> = path.split('.').collect();
    let mut found = Vec::new();
    walk(root, &segments, &mut PointerBuf::root(), &mut found);
    found
}

type Found<'a> = Vec<(PointerBuf, &'a Node<'a>)>;

fn walk<'a>(node: &'a Node<'a>, segments: &[&str], pointer: &mut PointerBuf, found: &mut Found<'a>) {
    let [segment, rest @ ..] = segments else {
        found.push((pointer.clone(), node));
        return;
    };
    if *segment == "**" {
        return anywhere(node, rest, pointer, found);
    }
    match &node.kind {
        Kind::Mapping(entries) => {
            for entry in entries {
                let key = entry.key.text().unwrap_or_default();
                if *segment == "*" || *segment == key {
                    pointer.push_back(key);
                    walk(&entry.value, rest, pointer, found);
                    pointer.pop_back();
                }
            }
        }
        Kind::Sequence(items) if *segment == "[]" => {
            for (index, item) in items.iter().enumerate() {
                pointer.push_back(index);
                walk(item, rest, pointer, found);
                pointer.pop_back();
            }
        }
        _ => {}
    }
}

/// The rest of the path at this node and below every child of it; with no rest, every scalar below.
fn anywhere<'a>(node: &'a Node<'a>, rest: &[&str], pointer: &mut PointerBuf, found: &mut Found<'a>) {
    if !rest.is_empty() || matches!(node.kind, Kind::Scalar { .. }) {
        walk(node, rest, pointer, found);
    }
    match &node.kind {
        Kind::Mapping(entries) => {
            for entry in entries {
                pointer.push_back(entry.key.text().unwrap_or_default());
                anywhere(&entry.value, rest, pointer, found);
                pointer.pop_back();
            }
        }
        Kind::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                pointer.push_back(index);
                anywhere(item, rest, pointer, found);
                pointer.pop_back();
            }
        }
        _ => {}
    }
}
