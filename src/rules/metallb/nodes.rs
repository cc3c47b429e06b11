//! Which nodes lists of node selectors select, and whether two lists select one node. An empty list selects all nodes.
//!
//! By the list's nodes where it holds any; else only where it is certain: one selects all, or both say the same.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Expression, Model, Selector};
use crate::yaml::Node;

/// The labels of the list's nodes.
pub(super) struct Nodes<'a> {
    labels: Vec<BTreeMap<&'a str, &'a str>>,
}

/// What a list of selectors selects, read once for comparisons with many others.
pub(super) enum Selected<'a> {
    All,
    Some(BTreeSet<Which<'a>>),
}

/// Nodes that lists have in common: one of the list's, by number, or those of a selector where the list has none.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Which<'a> {
    Node(usize),
    Said(BTreeMap<&'a str, &'a str>, Vec<Expression<'a>>),
}

impl<'a> Nodes<'a> {
    pub(super) fn new(model: &Model<'a>) -> Self {
        let labels = model.nodes.iter().map(|node| {
            let labels = node.node.path(&["metadata", "labels"]).map(Node::entries).unwrap_or_default();
            labels.iter().filter_map(|label| Some((label.key.text()?, label.value.text()?))).collect()
        });
        Self { labels: labels.collect() }
    }

    pub(super) fn selected(&self, list: &[Selector<'a>]) -> Selected<'a> {
        let mut which = BTreeSet::new();
        if list.is_empty() || (self.labels.is_empty() && list.iter().any(Selector::is_empty)) {
            return Selected::All;
        }
        if self.labels.is_empty() {
            for (labels, expressions) in list.iter().map(Selector::sorted) {
                which.insert(Which::Said(labels, expressions));
            }
        }
        for (number, labels) in self.labels.iter().enumerate() {
            if list.iter().any(|selector| selector.matches(labels)) {
                which.insert(Which::Node(number));
            }
        }
        Selected::Some(which)
    }
}

impl Selected<'_> {
    /// Whether both surely select one node.
    pub(super) fn meets(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::All, Self::All) => true,
            (Self::Some(one), Self::Some(other)) => !one.is_disjoint(other),
            (Self::All, Self::Some(nodes)) | (Self::Some(nodes), Self::All) => !nodes.is_empty(),
        }
    }
}
