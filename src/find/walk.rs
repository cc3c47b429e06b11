//! Walks over the nodes of any object.

use super::trail::Trail;
use crate::yaml::{Kind, Node};

/// Which nodes a walk visits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Every node.
    Everything,
    /// Mappings, sequences and aliases; leaves out scalars, which are most nodes.
    NoScalars,
}

/// Visits an object's nodes in document order. Aliases are not followed: the anchored node is visited at its own
/// place.
pub fn walk<'a>(object: &'a Node<'a>, shown: Shown, mut see: impl FnMut(&Trail<'a>, &'a Node<'a>)) {
    visit(object, shown, &mut Trail::default(), &mut see);
}

fn visit<'a>(
    node: &'a Node<'a>,
    shown: Shown,
    trail: &mut Trail<'a>,
    see: &mut impl FnMut(&Trail<'a>, &'a Node<'a>),
) {
    if shown == Shown::NoScalars && matches!(node.kind, Kind::Scalar { .. }) {
        return;
    }
    see(trail, node);
    children(node, trail, &mut |trail, child| visit(child, shown, trail, see));
}

/// Runs `act` at each child of a node.
pub(super) fn children<'a>(
    node: &'a Node<'a>,
    trail: &mut Trail<'a>,
    act: &mut impl FnMut(&mut Trail<'a>, &'a Node<'a>),
) {
    match &node.kind {
        Kind::Mapping(entries) => {
            for entry in entries {
                trail.below_key(entry.key.text().unwrap_or_default(), |trail| act(trail, &entry.value));
            }
        }
        Kind::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                trail.below_index(index, |trail| act(trail, item));
            }
        }
        _ => {}
    }
}
