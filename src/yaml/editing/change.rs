//! A patch as changes of a tree's nodes, checked: paths exist, and no two operations meet.
//! It must not know how anything is written.

use std::collections::{BTreeMap, BTreeSet};

use json_patch::PatchOperation;
use json_patch::jsonptr::index::Index;
use json_patch::jsonptr::{Pointer, Token};
use serde_json::Value;

use super::reduce::reduce;
use crate::yaml::tree::{Entries, Error, Kind, MAX_DEPTH, Node};

/// What becomes of a node.
#[derive(Debug)]
pub(super) enum Change {
    /// It already has the value that it should get.
    Keep,
    /// It becomes another value.
    Set(Value),
    /// It goes, with its key.
    Remove,
    /// It stays; its children change.
    Inside(Box<Children>),
}

/// What becomes of a child of a collection.
#[derive(Debug, Default)]
struct Child {
    /// What becomes of its value. A child without any change lives only while a patch is read.
    change: Option<Change>,
    /// The key that it gets.
    key: Option<String>,
}

/// What becomes of the children of a collection.
#[derive(Debug, Default)]
pub(super) struct Children {
    /// By the child's index, boxed: a map makes room for more than the one or two that most nodes have.
    at: BTreeMap<usize, Box<Child>>,
    /// Items that come before the one of an index.
    pub(super) before: BTreeMap<usize, Vec<Value>>,
    /// Entries (with a key) or items (without) that come at the end.
    pub(super) appended: Vec<(Option<String>, Value)>,
    /// The keys among those, and those that children get.
    keys: BTreeSet<String>,
    /// The lowest index from which the operations so far moved the items.
    moved: Option<usize>,
}

impl Children {
    /// The changes by index, in order.
    pub(super) fn changes(&self) -> impl Iterator<Item = (usize, &Change)> {
        self.at.iter().filter_map(|(index, child)| Some((*index, child.change.as_ref()?)))
    }

    /// The keys that children get, by index, in order.
    pub(super) fn renamed(&self) -> impl Iterator<Item = (usize, &str)> {
        self.at.iter().filter_map(|(index, child)| Some((*index, child.key.as_deref()?)))
    }

    /// Whether the child at an index goes.
    pub(super) fn removes(&self, index: usize) -> bool {
        self.at.get(&index).is_some_and(|child| matches!(child.change, Some(Change::Remove)))
    }

    /// Whether children come or go.
    pub(super) fn moves_lines(&self) -> bool {
        let removes = self.at.values().any(|child| matches!(child.change, Some(Change::Remove)));
        removes || !self.before.is_empty() || !self.appended.is_empty()
    }

    /// Sets the change of the child at an index.
    pub(super) fn put(&mut self, index: usize, change: Change) {
        self.slot(index).replace(change);
    }

    /// The place for one child's change.
    fn slot(&mut self, index: usize) -> &mut Option<Change> {
        &mut self.at.entry(index).or_default().change
    }

    /// Whether a path still leads to the child at an index, after the operations so far.
    fn leads_to(&self, index: usize) -> Result<(), &'static str> {
        if self.moved.is_some_and(|moved| moved <= index) {
            return Err(MOVED);
        }
        let renamed = self.at.get(&index).is_some_and(|child| child.key.is_some());
        if renamed { Err(RENAMED) } else { Ok(()) }
    }

    /// Notes the key that the child at an index of a mapping gets.
    fn rename(&mut self, index: usize, entries: &Entries<'_>, key: &str) -> Result<(), &'static str> {
        self.leads_to(index)?;
        if self.removes(index) {
            return Err(CLASH);
        }
        if entries.index_of(key).is_some() || !self.keys.insert(key.to_owned()) {
            return Err(TAKEN);
        }
        self.at.entry(index).or_default().key = Some(key.to_owned());
        Ok(())
    }
}

/// The changes of the tree that a patch makes; none if it makes none.
pub(super) fn read(text: &str, root: &Node<'_>, patch: &[PatchOperation]) -> Result<Option<Change>, Error> {
    let mut top = None;
    for operation in patch {
        let placed = match operation {
            PatchOperation::Test(_) => continue,
            PatchOperation::Add(add) => place(&mut top, root, &add.path, Some(&add.value), false),
            PatchOperation::Replace(set) => place(&mut top, root, &set.path, Some(&set.value), true),
            PatchOperation::Remove(remove) => place(&mut top, root, &remove.path, None, true),
            PatchOperation::Move(step) => rename(&mut top, root, &step.from, &step.path),
            PatchOperation::Copy(_) => Err("copy is not supported; write an add"),
        };
        placed.map_err(|message| {
            Error::at(text, root.span.start, format!("cannot {}: {message}", said(operation)))
        })?;
    }
    Ok(top)
}

/// What an operation is to do, for an error.
fn said(operation: &PatchOperation) -> String {
    let path = operation.path().as_str();
    match operation {
        PatchOperation::Move(step) => format!("move {:?} to {path:?}", step.from.as_str()),
        _ => format!("edit {path:?}"),
    }
}

fn is_shallow(value: &Value, levels: usize) -> bool {
    let Some(levels) = levels.checked_sub(1) else { return false };
    match value {
        Value::Array(items) => items.iter().all(|item| is_shallow(item, levels)),
        Value::Object(entries) => entries.values().all(|value| is_shallow(value, levels)),
        _ => true,
    }
}

const CLASH: &str = "another operation already changes this; the operations of an edit must be independent";
const MISSING: &str = "there is nothing at this path";
const SCALAR: &str = "the path leads through a value that has no children; replace that value instead";
const MOVED: &str =
    "an operation before this one moves the items; order them from the last item to the first";
const RENAMED: &str = "an operation before this one gives the key another name; put what changes the key behind what changes \
                       its value";
const TAKEN: &str = "there is a key of the new name already; choose another";
const ELSEWHERE: &str =
    "a move can only give a key another name, within its mapping; write a remove and an add";

/// Puts one operation into the tree of changes.
fn place(
    top: &mut Option<Change>,
    root: &Node<'_>,
    path: &Pointer,
    value: Option<&Value>,
    must_exist: bool,
) -> Result<(), &'static str> {
    if !value.is_none_or(|value| is_shallow(value, MAX_DEPTH / 2)) {
        return Err("the new value nests too deep");
    }
    let Some((parents, last)) = path.split_back() else {
        let value = value.ok_or("the root cannot be removed")?;
        return set(top, reduce(root, value));
    };
    let (children, node) = descend(top, root, parents)?;
    place_child(children, node, &last, value, must_exist)
}

/// Puts a move into the tree of changes, which stays in its mapping: another name for a key.
fn rename(
    top: &mut Option<Change>,
    root: &Node<'_>,
    from: &Pointer,
    to: &Pointer,
) -> Result<(), &'static str> {
    let (Some((parents, old)), Some((others, new))) = (from.split_back(), to.split_back()) else {
        return Err(ELSEWHERE);
    };
    let (children, node) = descend(top, root, parents)?;
    let Kind::Mapping(entries) = &node.resolved().kind else { return Err(ELSEWHERE) };
    if parents != others {
        return Err(ELSEWHERE);
    }
    let index = entries.index_of(&old.decoded()).ok_or(MISSING)?;
    if old == new { children.leads_to(index) } else { children.rename(index, entries, &new.decoded()) }
}

/// The node at a path, and the changes of its children.
fn descend<'c, 'n, 't>(
    top: &'c mut Option<Change>,
    root: &'n Node<'t>,
    path: &Pointer,
) -> Result<(&'c mut Children, &'n Node<'t>), &'static str> {
    let (mut node, mut change) = (root, top);
    for token in path.tokens() {
        let children = inside(change)?;
        let index = find(node, &token)?.ok_or(MISSING)?;
        children.leads_to(index)?;
        change = children.slot(index);
        node = child(node, index).ok_or(MISSING)?;
    }
    Ok((inside(change)?, node))
}

/// Puts an operation on a child of a node among the changes of the node's children.
fn place_child(
    children: &mut Children,
    node: &Node<'_>,
    token: &Token<'_>,
    value: Option<&Value>,
    must_exist: bool,
) -> Result<(), &'static str> {
    let Some(index) = find(node, token)? else {
        let value = value.filter(|_| !must_exist).ok_or(MISSING)?;
        return append(children, node, token, value);
    };
    children.leads_to(index)?;
    let is_sequence = matches!(node.resolved().kind, Kind::Sequence(_));
    if is_sequence && (value.is_none() || !must_exist) {
        children.moved = Some(index);
    }
    match value {
        None => set(children.slot(index), Change::Remove),
        Some(value) if is_sequence && !must_exist => {
            children.before.entry(index).or_default().push(value.clone());
            Ok(())
        }
        Some(value) => {
            let target = child(node, index).ok_or(MISSING)?;
            set(children.slot(index), reduce(target, value))
        }
    }
}

fn append(
    children: &mut Children,
    node: &Node<'_>,
    token: &Token<'_>,
    value: &Value,
) -> Result<(), &'static str> {
    let key = match node.resolved().kind {
        Kind::Sequence(_) if matches!(token.to_index(), Ok(Index::Next)) => None,
        Kind::Sequence(_) if children.moved.is_some() => return Err(MOVED),
        Kind::Sequence(_) => None,
        _ => Some(token.decoded().into_owned()),
    };
    if key.as_ref().is_some_and(|key| !children.keys.insert(key.clone())) {
        return Err(CLASH);
    }
    children.appended.push((key, value.clone()));
    Ok(())
}

/// The index of a child; none where it could be appended.
fn find(node: &Node<'_>, token: &Token<'_>) -> Result<Option<usize>, &'static str> {
    match &node.resolved().kind {
        Kind::Mapping(entries) => Ok(entries.index_of(&token.decoded())),
        Kind::Sequence(items) => match token.to_index().map_err(|_| "an item's index must be a number")? {
            Index::Num(index) if index < items.len() => Ok(Some(index)),
            Index::Num(index) if index > items.len() => Err("the sequence has fewer items"),
            _ => Ok(None),
        },
        _ => Err(SCALAR),
    }
}

/// A node's child by index.
pub(super) fn child<'n, 't>(node: &'n Node<'t>, index: usize) -> Option<&'n Node<'t>> {
    match &node.resolved().kind {
        Kind::Sequence(items) => items.get(index),
        _ => node.entries().get(index).map(|entry| &entry.value),
    }
}

/// The changes of a node's children, made where there are none yet.
fn inside(change: &mut Option<Change>) -> Result<&mut Children, &'static str> {
    match change.get_or_insert_with(|| Change::Inside(Box::default())) {
        Change::Inside(children) => Ok(children),
        Change::Set(_) | Change::Remove | Change::Keep => Err(CLASH),
    }
}

fn set(slot: &mut Option<Change>, change: Change) -> Result<(), &'static str> {
    if slot.is_some() {
        return Err(CLASH);
    }
    *slot = Some(change);
    Ok(())
}
