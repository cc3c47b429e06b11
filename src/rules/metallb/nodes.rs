//! Whether two lists of node selectors select one node. An empty list selects all nodes.

use std::collections::BTreeMap;

use crate::model::{Model, Selector};
use crate::yaml::Node;

/// By the list's nodes where it holds any; else only where it is certain: one selects all, or both say the same.
pub(super) fn share_a_node(model: &Model<'_>, one: &[Selector<'_>], other: &[Selector<'_>]) -> bool {
    let nodes: Vec<_> = model.objects.iter().filter(|item| item.is("", "Node")).collect();
    if nodes.is_empty() {
        let all = |list: &[Selector<'_>]| list.is_empty() || list.iter().any(Selector::is_empty);
        let same = || one.iter().any(|first| other.iter().any(|second| first.sorted() == second.sorted()));
        return all(one) || all(other) || same();
    }
    nodes.iter().any(|node| {
        let labels = node.node.path(&["metadata", "labels"]).map(Node::entries).unwrap_or_default();
        let labels: BTreeMap<&str, &str> =
            labels.iter().filter_map(|label| Some((label.key.text()?, label.value.text()?))).collect();
        let selected = |list: &[Selector<'_>]| list.is_empty() || list.iter().any(|one| one.matches(&labels));
        selected(one) && selected(other)
    })
}
