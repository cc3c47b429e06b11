//! Resolves paths in a tree: to what is there, and to places where something could be.

use super::trail::Trail;
use super::walk::children;
use crate::path::{Path, Segment};
use crate::yaml::{Kind, Node, PointerBuf};

use super::part::{Capture, Part};

/// The parts of a tree that a path leads to, aliases followed: an edit behind one is refused, not forgotten.
#[must_use]
#[inline(never)]
pub fn select<'a>(root: &'a Node<'a>, path: Path) -> Vec<Part<'a>> {
    let mut search = Search { captures: Vec::new(), found: Vec::new() };
    search.descend(root, path.segments(), &mut Trail::default());
    search.found
}

struct Search<'a> {
    captures: Vec<Capture<'a>>,
    found: Vec<Part<'a>>,
}

impl<'a> Search<'a> {
    fn descend(&mut self, node: &'a Node<'a>, segments: &[Segment], trail: &mut Trail<'a>) {
        let Some((segment, rest)) = segments.split_first() else {
            self.found.push(Part { pointer: trail.pointer(), node, captures: self.captures.clone() });
            return;
        };
        if *segment == Segment::Anywhere {
            return self.anywhere(node, rest, trail);
        }
        match (&node.resolved().kind, segment) {
            (Kind::Mapping(_), Segment::Key(wanted)) => {
                if let Some(value) = node.get(wanted) {
                    trail.below_key(wanted, |trail| self.descend(value, rest, trail));
                }
            }
            (Kind::Mapping(entries), Segment::AnyKey(name)) => {
                for entry in entries {
                    let key = entry.key.text().unwrap_or_default();
                    let capture = Capture { name, key, node: &entry.value };
                    trail.below_key(key, |trail| self.within(capture, rest, trail));
                }
            }
            (Kind::Sequence(items), Segment::AnyItem(name)) => {
                for (index, item) in items.iter().enumerate() {
                    let capture = Capture { name, key: "", node: item };
                    trail.below_index(index, |trail| self.within(capture, rest, trail));
                }
            }
            _ => {}
        }
    }

    /// Goes on below a wildcard's match, which is recorded if the wildcard has a name.
    fn within(&mut self, capture: Capture<'a>, rest: &[Segment], trail: &mut Trail<'a>) {
        if capture.name.is_empty() {
            return self.descend(capture.node, rest, trail);
        }
        self.captures.push(capture);
        self.descend(capture.node, rest, trail);
        self.captures.pop();
    }

    /// Resolves the rest of the path at this node and all below; without a rest, finds every scalar below.
    fn anywhere(&mut self, node: &'a Node<'a>, rest: &[Segment], trail: &mut Trail<'a>) {
        if !rest.is_empty() || node.text().is_some() {
            self.descend(node, rest, trail);
        }
        let may_lead_on = |node: &Node<'_>| rest.is_empty() || !matches!(node.kind, Kind::Scalar { .. });
        children(node, may_lead_on, trail, &mut |trail, child| self.anywhere(child, rest, trail));
    }
}

/// A place at a path, whether or not something stands there.
#[derive(Debug, Clone)]
pub struct Slot<'a> {
    /// Its pointer in the object.
    pub pointer: PointerBuf,
    /// The node there, if any.
    pub node: Option<&'a Node<'a>>,
    /// The key that the path's first named wildcard matched.
    pub wildcard: Option<&'a str>,
}

/// The places at a path: exactly one without wildcards, else one for each match of its last wildcard.
#[must_use]
#[inline(never)]
pub fn slots<'a>(root: &'a Node<'a>, path: Path) -> Vec<Slot<'a>> {
    let segments = path.segments();
    let wild = segments.iter().rposition(|segment| !matches!(segment, Segment::Key(_)));
    let (head, tail) = segments.split_at(wild.map_or(0, |wild| wild + 1));
    let mut search = Search { captures: Vec::new(), found: Vec::new() };
    search.descend(root, head, &mut Trail::default());
    let slot = |part: Part<'a>| {
        let wildcard = part.captures.first().map(|capture| capture.key);
        let mut pointer = part.pointer;
        for segment in tail {
            if let Segment::Key(key) = segment {
                pointer.push_back(*key);
            }
        }
        Slot { node: step(part.node, tail, ""), pointer, wildcard }
    };
    search.found.into_iter().map(slot).collect()
}

/// The node at a path of keys.
#[must_use]
#[inline(never)]
pub fn value<'a>(root: &'a Node<'a>, path: Path) -> Option<&'a Node<'a>> {
    step(root, path.segments(), "")
}

/// The node at a path of keys in which every `*` or `{name}` is this key.
#[must_use]
#[inline(never)]
pub fn value_of<'a>(root: &'a Node<'a>, path: Path, wildcard: &str) -> Option<&'a Node<'a>> {
    step(root, path.segments(), wildcard)
}

fn step<'a>(root: &'a Node<'a>, segments: &[Segment], wildcard: &str) -> Option<&'a Node<'a>> {
    segments.iter().try_fold(root, |node, segment| match segment {
        Segment::Key(key) => node.get(key),
        Segment::AnyKey(_) => node.get(wildcard),
        Segment::AnyItem(_) | Segment::Anywhere => None,
    })
}
