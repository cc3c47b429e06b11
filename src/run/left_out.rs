//! Objects that a run leaves out. Kustomize loses what a function does not print, and so does a stream; to kpt it would be
//! a file to delete, so there the object stays, as local config, which nobody applies.

use std::collections::BTreeSet;

use crate::catalogue::kinds;
use crate::change::Changes;
use crate::find::{place, under};
use crate::inventory::{LOCAL_CONFIG, comes_from_kustomize};
use crate::krm::{ITEMS, Item, Source};
use crate::path;
use crate::yaml::Node;

/// Objects that are left out.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    /// Those that are not printed, by source and first byte.
    gone: BTreeSet<(usize, usize)>,
    /// All, by their places in the list.
    all: BTreeSet<usize>,
}

impl LeftOut {
    /// Those of a run; what cannot go becomes local config.
    pub(super) fn new(sources: &[Source<'_>], items: &[Item<'_>], changes: &mut Changes) -> Self {
        let mut left = Self::default();
        let all: Vec<&Item<'_>> = items.iter().filter(|item| changes.leaves_out(item)).collect();
        if all.is_empty() {
            return left;
        }
        let tops: Vec<BTreeSet<usize>> = sources.iter().map(tops).collect();
        for item in all {
            left.all.insert(item.index);
            changes.forget(item);
            if tops.get(item.source).is_some_and(|tops| tops.contains(&item.node.span.start)) {
                left.gone.insert((item.source, item.node.span.start));
            } else {
                changes.set(item, under(&place(path!("metadata.annotations")), &[LOCAL_CONFIG]), "true");
            }
        }
        left
    }

    /// Whether a node of a source is not printed.
    pub(super) fn is_gone(&self, source: usize, node: &Node<'_>) -> bool {
        self.gone.contains(&(source, node.span.start))
    }

    /// Whether an object is left out, and says nothing of what the instance has: a node policy of other addresses.
    pub(super) fn is_nobodys(&self, item: &Item<'_>) -> bool {
        self.all.contains(&item.index) && item.is(kinds::NMSTATE, kinds::NODE_POLICY)
    }
}

/// Where the objects begin that need not be printed.
fn tops(source: &Source<'_>) -> BTreeSet<usize> {
    let starts = |nodes: &[Node<'_>]| nodes.iter().map(|node| node.span.start).collect();
    match source.list() {
        None => starts(&source.documents),
        Some(list) => {
            let items = list.get(ITEMS).map(Node::items).unwrap_or_default();
            items.iter().filter(|node| comes_from_kustomize(node)).map(|node| node.span.start).collect()
        }
    }
}
