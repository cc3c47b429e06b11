//! What the second applier, `json-patch`, makes of a node, held against what was read.
//!
//! An object may be long and an edit small: only the members that an operation changes are made values for the second
//! applier, each list whose items come or go as a whole. All else must be the same tree. This file must not know texts.

use std::collections::BTreeSet;

use json_patch::jsonptr::index::Index;
use json_patch::jsonptr::{Pointer, Token};
use json_patch::{
    AddOperation, MoveOperation, PatchError, PatchOperation, RemoveOperation, ReplaceOperation,
};
use serde_json::{Map, Value};

use super::verify::same_tree;
use crate::yaml::tree::{Entry, Kind, Node};

/// Whether a node is the old one with what a patch makes of it.
pub(super) fn is_outcome(
    old: &Node<'_>,
    new: &Node<'_>,
    patch: &[PatchOperation],
) -> Result<bool, PatchError> {
    let mut work: Vec<Work<'_>> = patch.iter().map(Work::new).collect();
    is_made(old, new, &mut work)
}

/// An operation seen from a node on its path.
#[derive(Clone, Copy)]
struct Work<'p> {
    operation: &'p PatchOperation,
    /// The rest of the path.
    path: &'p Pointer,
    /// The same from the child.
    below: &'p Pointer,
    /// The child that the path leads to; beyond all where there is none yet.
    child: usize,
}

const NO_CHILD: usize = usize::MAX;

impl<'p> Work<'p> {
    fn new(operation: &'p PatchOperation) -> Self {
        Self { operation, path: operation.path(), below: Pointer::root(), child: NO_CHILD }
    }

    /// Finds the child of a node that the path leads to.
    fn find_child(&mut self, node: &Node<'_>) {
        if let Some((token, below)) = self.path.split_front() {
            self.below = below;
            self.child = index_of(node, &token).unwrap_or(NO_CHILD);
        }
    }

    /// The child whose key gets another name here.
    fn left(&self, node: &Node<'_>) -> Option<usize> {
        match self.operation {
            PatchOperation::Move(step) if self.below.is_root() => index_of(node, &step.from.last()?),
            _ => None,
        }
    }

    /// Whether the path leads on, below the child.
    fn leads_below(&self, node: &Node<'_>) -> bool {
        !self.below.is_root() && child(node, self.child).is_some_and(is_collection)
    }

    /// The operation as the second applier gets it for the node alone.
    ///
    /// The operations of a patch name items by where they stood at first, so a list may close up once, behind the last
    /// of them: what goes out of a list is marked, as its later items would otherwise move as often as items go.
    fn seen_from(&self, node: &Node<'_>) -> PatchOperation {
        let path = self.path.to_buf();
        match self.operation {
            PatchOperation::Add(AddOperation { value, .. }) => {
                PatchOperation::Add(AddOperation { path, value: value.clone() })
            }
            PatchOperation::Replace(ReplaceOperation { value, .. }) => {
                PatchOperation::Replace(ReplaceOperation { path, value: value.clone() })
            }
            PatchOperation::Remove(_) if is_item(node, self.path) => {
                PatchOperation::Replace(ReplaceOperation { path, value: GONE.into() })
            }
            PatchOperation::Remove(_) => PatchOperation::Remove(RemoveOperation { path }),
            // A move stays in its mapping, or there was no edit to prove: it leaves where it arrives, by another key.
            PatchOperation::Move(step) => {
                let mut from = path.parent().map(Pointer::to_buf).unwrap_or_default();
                step.from.last().into_iter().for_each(|key| from.push_back(key));
                PatchOperation::Move(MoveOperation { from, path })
            }
            other => other.clone(),
        }
    }
}

fn is_item(node: &Node<'_>, path: &Pointer) -> bool {
    path.parent().and_then(|parent| node.at(parent)).is_some_and(|list| !list.items().is_empty())
}

fn is_collection(node: &Node<'_>) -> bool {
    matches!(node.kind, Kind::Mapping(_) | Kind::Sequence(_))
}

fn index_of(node: &Node<'_>, token: &Token<'_>) -> Option<usize> {
    match (&node.kind, token.to_index()) {
        (Kind::Mapping(entries), _) => entries.index_of(&token.decoded()),
        (Kind::Sequence(items), Ok(Index::Num(index))) => Some(index).filter(|index| *index < items.len()),
        _ => None,
    }
}

fn child<'n, 't>(node: &'n Node<'t>, index: usize) -> Option<&'n Node<'t>> {
    match &node.kind {
        Kind::Sequence(items) => items.get(index),
        _ => node.entries().get(index).map(|entry| &entry.value),
    }
}

/// Whether a node is the old one with what the operations make of it.
fn is_made(old: &Node<'_>, new: &Node<'_>, work: &mut [Work<'_>]) -> Result<bool, PatchError> {
    if work.is_empty() {
        return Ok(same_tree(old, new));
    }
    for one in work.iter_mut() {
        one.find_child(old);
    }
    let is_all = work.iter().any(|one| one.path.is_root());
    match (&old.kind, &new.kind) {
        (Kind::Mapping(old_entries), Kind::Mapping(entries)) if !is_all => {
            is_made_mapping(old, old_entries, entries, work)
        }
        (Kind::Sequence(items), Kind::Sequence(new_items)) if work.iter().all(|one| one.leads_below(old)) => {
            are_made(items, new_items, work)
        }
        _ => Ok(new.is(&patched(old, old.to_value(), work)?)),
    }
}

/// Whether items are the old ones, each with what the operations make of it.
fn are_made(old: &[Node<'_>], new: &[Node<'_>], work: &mut [Work<'_>]) -> Result<bool, PatchError> {
    let mut groups = Groups::new(work);
    let mut same = old.len() == new.len();
    for (index, (old, new)) in old.iter().zip(new).enumerate() {
        same = same && is_made(old, new, groups.below(index))?;
    }
    Ok(same)
}

/// Whether a mapping's entries are the old ones: those that an operation changes as the second applier has them, all
/// others in their order, each with what the operations make of it.
fn is_made_mapping(
    node: &Node<'_>,
    old: &[Entry<'_>],
    new: &[Entry<'_>],
    work: &mut [Work<'_>],
) -> Result<bool, PatchError> {
    let (members, expected) = changed(node, old, work)?;
    let is_kept = |index: &usize| !members.get(*index).copied().unwrap_or_default();
    let mut kept = old.iter().enumerate().filter(|(index, _)| is_kept(index)).peekable();
    let (mut groups, mut made) = (Groups::new(work), 0);
    for entry in new {
        let next = kept.next_if(|(_, old)| old.name() == entry.name());
        made += usize::from(next.is_none());
        let same = match next {
            Some((index, old)) => is_made(&old.value, &entry.value, groups.below(index))?,
            None => expected.get(entry.name()).is_some_and(|value| entry.value.is(value)),
        };
        if !same {
            return Ok(false);
        }
    }
    Ok(made == expected.as_object().map_or(0, Map::len) && kept.next().is_none())
}

/// Which entries of a mapping an operation changes as such, and what the second applier makes of them, new ones included.
fn changed(node: &Node<'_>, old: &[Entry<'_>], work: &[Work<'_>]) -> Result<(Vec<bool>, Value), PatchError> {
    let mut members = vec![false; old.len()];
    for one in work.iter().filter(|one| !one.leads_below(node)) {
        for child in [Some(one.child), one.left(node)].into_iter().flatten() {
            if let Some(member) = members.get_mut(child) {
                *member = true;
            }
        }
    }
    let is_own = |one: &&Work<'_>| members.get(one.child).copied().unwrap_or(true);
    let own: Vec<Work<'_>> = work.iter().filter(is_own).copied().collect();
    let entries = old.iter().zip(&members).filter(|(_, changed)| **changed).map(|(entry, _)| entry);
    let expected = patched(node, members_of(entries), &own)?;
    Ok((members, expected))
}

/// Operations in the order of the children that they lead to.
struct Groups<'w, 'p> {
    rest: &'w mut [Work<'p>],
}

impl<'w, 'p> Groups<'w, 'p> {
    fn new(work: &'w mut [Work<'p>]) -> Self {
        if !work.is_sorted_by_key(|one| one.child) {
            work.sort_by_key(|one| one.child);
        }
        Self { rest: work }
    }

    /// The operations below a child, seen from there. The children must be asked for in their order.
    fn below(&mut self, child: usize) -> &mut [Work<'p>] {
        let rest = std::mem::take(&mut self.rest);
        let before = rest.iter().take_while(|one| one.child < child).count();
        let own = rest.iter().skip(before).take_while(|one| one.child == child).count();
        let (_, rest) = rest.split_at_mut(before);
        let (own, rest) = rest.split_at_mut(own);
        self.rest = rest;
        for one in own.iter_mut() {
            one.path = one.below;
        }
        own
    }
}

/// What the second applier makes of a value of a node.
fn patched(node: &Node<'_>, mut value: Value, work: &[Work<'_>]) -> Result<Value, PatchError> {
    let operations: Vec<PatchOperation> = work.iter().map(|one| one.seen_from(node)).collect();
    // A value that it fails on is given up: nothing needs to be undone.
    json_patch::patch_unsafe(&mut value, &operations)?;
    if work.iter().any(|one| matches!(one.operation, PatchOperation::Remove(_))) {
        close_up(&mut value);
    }
    Ok(value)
}

/// What stands for an item that goes, as no text of Kubernetes holds it.
const GONE: &str = "\u{0}gone";

/// Takes the marked items out.
fn close_up(value: &mut Value) {
    match value {
        Value::Array(items) => {
            items.retain(|item| item.as_str() != Some(GONE));
            items.iter_mut().for_each(close_up);
        }
        Value::Object(entries) => entries.values_mut().for_each(close_up),
        _ => {}
    }
}

/// The members of a mapping that a patch is about; none where it is about the whole node.
pub(super) fn touched(root: &Node<'_>, patch: &[PatchOperation]) -> Option<BTreeSet<String>> {
    let is_mapping = matches!(root.kind, Kind::Mapping(_));
    let member = |path: &Pointer| Some(path.first()?.decoded().into_owned());
    let left = patch.iter().filter_map(|operation| match operation {
        PatchOperation::Move(step) => Some(member(&step.from)),
        _ => None,
    });
    let paths = patch.iter().map(|operation| member(operation.path()));
    paths.chain(left).collect::<Option<_>>().filter(|_| is_mapping)
}

/// What a patch makes of the members of a mapping that it is about.
pub(super) fn expected(
    root: &Node<'_>,
    patch: &[PatchOperation],
    touched: &BTreeSet<String>,
) -> Result<Value, PatchError> {
    let entries = root.entries().iter().filter(|entry| touched.contains(entry.name()));
    let work: Vec<Work<'_>> = patch.iter().map(Work::new).collect();
    patched(root, members_of(entries), &work)
}

fn members_of<'e>(entries: impl Iterator<Item = &'e Entry<'e>>) -> Value {
    Value::Object(entries.map(|entry| (entry.name().to_owned(), entry.value.to_value())).collect())
}
