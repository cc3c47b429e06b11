//! Walks over the nodes of any object.

use super::trail::Trail;
use crate::yaml::{Kind, Node};

/// Which nodes a walk visits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Every node.
    Everything,
    /// Mappings and sequences: most of an object is scalars.
    NoScalars,
}

/// Shows an object's nodes in the order of the text. An alias is shown as what it stands for, at the alias's own place:
/// an edit there is refused, where passing it over would leave an old name or address behind.
pub fn walk<'a>(object: &'a Node<'a>, shown: Shown, mut see: impl FnMut(&Trail<'a>, &'a Node<'a>)) {
    visit(object, shown, &mut Trail::default(), &mut see);
}

fn visit<'a>(
    node: &'a Node<'a>,
    shown: Shown,
    trail: &mut Trail<'a>,
    see: &mut impl FnMut(&Trail<'a>, &'a Node<'a>),
) {
    let node = node.resolved();
    let is_shown = |node: &Node<'_>| shown == Shown::Everything || !matches!(node.kind, Kind::Scalar { .. });
    if is_shown(node) {
        see(trail, node);
    }
    children(node, is_shown, trail, &mut |trail, child| visit(child, shown, trail, see));
}

/// Goes to each child of a node that is wanted in turn, also where an alias stands for the node.
pub(super) fn children<'a>(
    node: &'a Node<'a>,
    is_wanted: impl Fn(&Node<'_>) -> bool,
    trail: &mut Trail<'a>,
    act: &mut impl FnMut(&mut Trail<'a>, &'a Node<'a>),
) {
    match &node.resolved().kind {
        Kind::Mapping(entries) => {
            for entry in entries.iter().filter(|entry| is_wanted(&entry.value)) {
                trail.below_key(entry.key.text().unwrap_or_default(), |trail| act(trail, &entry.value));
            }
        }
        Kind::Sequence(items) => {
            for (index, item) in items.iter().enumerate().filter(|(_, item)| is_wanted(item)) {
                trail.below_index(index, |trail| act(trail, item));
            }
        }
        _ => {}
    }
}
