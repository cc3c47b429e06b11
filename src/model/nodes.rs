//! Which nodes lists of node selectors select, and whether two lists select one node. An empty list selects all nodes.
//!
//! By the list's nodes where it holds any; else only where it is certain: one selects all, or both say the same.

use std::collections::{BTreeMap, BTreeSet};

use crate::krm::Item;

use super::{Expression, Model, Selector};

/// The list's nodes, or, where it has none, the selectors met so far, each of which stands for nodes of its own.
#[derive(Debug)]
pub struct Nodes<'a> {
    labels: Vec<BTreeMap<&'a str, &'a str>>,
    said: BTreeMap<(BTreeMap<&'a str, &'a str>, Vec<Expression<'a>>), usize>,
}

/// What a list of selectors selects, read once for comparisons with many others.
#[derive(Debug)]
pub enum Selected {
    /// Every node.
    All,
    /// By number.
    Some(BTreeSet<usize>),
}

impl<'a> Nodes<'a> {
    /// Those of a list.
    #[must_use]
    pub fn new(model: &Model<'a>) -> Self {
        Self { labels: model.nodes.iter().map(Item::labels).collect(), said: BTreeMap::new() }
    }

    /// What a list of selectors selects.
    pub fn selected(&mut self, list: &[Selector<'a>]) -> Selected {
        if list.is_empty() || (self.labels.is_empty() && list.iter().any(Selector::is_empty)) {
            return Selected::All;
        }
        let mut which = BTreeSet::new();
        if self.labels.is_empty() {
            for selector in list {
                let next = self.said.len();
                which.insert(*self.said.entry(selector.sorted()).or_insert(next));
            }
        }
        for (number, labels) in self.labels.iter().enumerate() {
            if list.iter().any(|selector| selector.matches(labels)) {
                which.insert(number);
            }
        }
        Selected::Some(which)
    }
}

impl Selected {
    /// Whether both surely select one node.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::All, Self::All) => true,
            (Self::Some(one), Self::Some(other)) => one.iter().any(|node| other.contains(node)),
            (Self::All, Self::Some(nodes)) | (Self::Some(nodes), Self::All) => !nodes.is_empty(),
        }
    }
}
