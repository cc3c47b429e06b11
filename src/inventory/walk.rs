//! One walk over an object, which writes down a place only where somebody wants it.

use crate::yaml::{Kind, Node, PointerBuf};

/// One step down.
#[derive(Debug, Clone, Copy)]
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

/// Where a walk stands.
#[derive(Debug, Default)]
pub(super) struct Path<'a> {
    steps: Vec<Step<'a>>,
    keys: Vec<&'a str>,
}

impl<'a> Path<'a> {
    /// The mapping keys on the way, without list places.
    pub(super) fn keys(&self) -> &[&'a str] {
        &self.keys
    }

    /// The place.
    pub(super) fn pointer(&self) -> PointerBuf {
        let mut pointer = PointerBuf::root();
        for step in &self.steps {
            match step {
                Step::Key(key) => pointer.push_back(*key),
                Step::Index(index) => pointer.push_back(*index),
            }
        }
        pointer
    }
}

/// What a walk shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    Everything,
    /// Mappings, sequences and aliases: most of an object is scalars.
    NoScalars,
}

/// Shows an object's nodes in the order of the text. Aliases are not followed: the anchored text is shown where it
/// stands.
pub(super) fn walk<'a>(object: &'a Node<'a>, shown: Shown, mut see: impl FnMut(&Path<'a>, &'a Node<'a>)) {
    visit(object, shown, &mut Path::default(), &mut see);
}

fn visit<'a>(
    node: &'a Node<'a>,
    shown: Shown,
    path: &mut Path<'a>,
    see: &mut impl FnMut(&Path<'a>, &'a Node<'a>),
) {
    if shown == Shown::NoScalars && matches!(node.kind, Kind::Scalar { .. }) {
        return;
    }
    see(path, node);
    match &node.kind {
        Kind::Mapping(entries) => {
            for entry in entries {
                let key = entry.key.text().unwrap_or_default();
                path.steps.push(Step::Key(key));
                path.keys.push(key);
                visit(&entry.value, shown, path, see);
                path.keys.pop();
                path.steps.pop();
            }
        }
        Kind::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                path.steps.push(Step::Index(index));
                visit(item, shown, path, see);
                path.steps.pop();
            }
        }
        _ => {}
    }
}
