//! Where a node stands, and what becomes of it there: refuses what cannot be changed without guessing,
//! and sends each kind of collection to the file that knows its syntax.

use serde_json::{Map, Value};

use super::change::{Change, Children};
use super::layout::{Convention, Layout};
use super::write::spaces;
use super::{Splice, scalar, write};
use crate::yaml::tree::{Error, Kind, Node, Style, lines};

/// Where a node stands.
#[derive(Debug, Clone)]
pub(super) enum Place {
    /// Nothing is known of what is around.
    Root,
    /// In a block mapping or sequence.
    Block {
        /// The offset after the colon or the dash.
        after: usize,
        /// The column of the mapping or the dash.
        column: usize,
        /// Whether this is a sequence's item.
        is_item: bool,
    },
    /// In a flow collection of this layout.
    Flow(Layout),
}

impl Place {
    /// The layout of the flow collection around.
    pub(super) fn layout(&self) -> Option<&Layout> {
        match self {
            Self::Flow(layout) => Some(layout),
            _ => None,
        }
    }

    /// The column that a block scalar's indentation indicator counts from.
    pub(super) fn parent_column(&self) -> Option<usize> {
        match self {
            Self::Block { column, .. } => Some(*column),
            _ => None,
        }
    }

    /// A document that has a scalar in such a place, and nothing else.
    pub(super) fn sample(&self, scalar: &str, ending: &str) -> String {
        match self {
            Self::Root => format!("{scalar}{ending}"),
            Self::Block { column, is_item: true, .. } => format!("{}- {scalar}{ending}", spaces(*column)),
            Self::Block { column, .. } => format!("{}k: {scalar}{ending}", spaces(*column)),
            Self::Flow(_) => format!("[{scalar}]"),
        }
    }
}

/// Makes splices for changes.
pub(super) struct Editor<'a> {
    pub(super) text: &'a str,
    /// Where the root starts; nothing changes before.
    pub(super) start: usize,
    pub(super) convention: Convention,
    pub(super) splices: Vec<Splice>,
}

impl<'a> Editor<'a> {
    pub(super) fn new(text: &'a str, root: &Node<'_>) -> Self {
        Self { text, start: root.span.start, convention: Convention::of(text, root), splices: Vec::new() }
    }

    /// Puts a text in the place of a range.
    pub(super) fn put(&mut self, start: usize, end: usize, text: impl Into<String>) {
        self.splices.push(Splice { range: start..end, text: text.into() });
    }

    pub(super) fn refuse<T>(&self, node: &Node<'_>, message: impl Into<String>) -> Result<T, Error> {
        Err(Error::at(self.text, node.span.start, message))
    }

    /// Makes the change of a node.
    pub(super) fn apply(&mut self, node: &Node<'_>, place: &Place, change: &Change) -> Result<(), Error> {
        match change {
            Change::Keep => Ok(()),
            Change::Remove => self.refuse(node, "the root cannot be removed"),
            Change::Set(value) => {
                self.refuse_shared(node)?;
                self.refuse_anchors_in(node)?;
                self.replace(node, place, value)
            }
            Change::Inside(children) => {
                self.refuse_shared(node)?;
                self.apply_inside(node, place, children)
            }
        }
    }

    fn apply_inside(&mut self, node: &Node<'_>, place: &Place, children: &Children) -> Result<(), Error> {
        let count = node.items().len() + node.entries().len();
        if (0..count).all(|index| children.removes(index)) {
            self.refuse_anchors_in(node)?;
            return self.replace(node, place, &left_over(node, children));
        }
        for (index, _) in children.changes().filter(|(index, _)| children.removes(*index)) {
            if let Some(child) = super::change::child(node, index) {
                self.refuse_anchors_in(child)?;
            }
        }
        self.rename_keys(node, place, children)?;
        match (&node.kind, node.style) {
            (Kind::Mapping(entries), Style::Block) => self.block_mapping(entries, node.span.start, children),
            (Kind::Sequence(items), Style::Block) => self.block_sequence(items, node.span.start, children),
            _ => self.flow_collection(node, place, children),
        }
    }

    /// Gives keys other names where they stand: nothing around them changes.
    fn rename_keys(&mut self, node: &Node<'_>, place: &Place, children: &Children) -> Result<(), Error> {
        for (index, name) in children.renamed() {
            let Some(key) = node.entries().get(index).map(|entry| &entry.key) else { continue };
            if key.anchored || key.tagged {
                let message = "the key has an anchor or a tag; remove it to let the key be edited";
                return self.refuse(key, message);
            }
            let in_flow = node.style == Style::Flow || place.layout().is_some();
            self.put(key.span.start, key.span.end, scalar::key(key, name, in_flow));
        }
        Ok(())
    }

    /// What aliases share cannot change in one place only.
    fn refuse_shared(&self, node: &Node<'_>) -> Result<(), Error> {
        if let Kind::Alias { name, .. } = &node.kind {
            return self
                .refuse(node, format!("the value is an alias (*{name}); write it out to let it be edited"));
        }
        if node.anchored {
            let message = "the value has an anchor, so that aliases may share it; remove the anchor to let it be edited";
            return self.refuse(node, message);
        }
        Ok(())
    }

    /// What goes must not hold anchors, which aliases elsewhere may need.
    fn refuse_anchors_in(&self, node: &Node<'_>) -> Result<(), Error> {
        if node.anchored {
            return self
                .refuse(node, "the value has an anchor; remove the anchor to let the value be edited");
        }
        match &node.kind {
            Kind::Sequence(items) => items.iter().try_for_each(|item| self.refuse_anchors_in(item)),
            Kind::Mapping(entries) => entries.iter().try_for_each(|entry| {
                self.refuse_anchors_in(&entry.key)?;
                self.refuse_anchors_in(&entry.value)
            }),
            _ => Ok(()),
        }
    }

    /// Puts a value in the place of a node.
    fn replace(&mut self, node: &Node<'_>, place: &Place, value: &Value) -> Result<(), Error> {
        if node.tagged {
            return self.refuse(node, "the value has a tag; remove the tag to let the value be edited");
        }
        match place {
            Place::Block { after, column, is_item } => {
                self.replace_in_block(node, place, (*after, *column, *is_item), value);
            }
            Place::Flow(layout) => {
                let text = self.flow_text(node, place, value, layout);
                let text = format!("{}{text}", self.missing_colon(node));
                self.put(node.span.start, node.span.end, text);
            }
            Place::Root => self.replace_root(node, value),
        }
        Ok(())
    }

    fn replace_root(&mut self, node: &Node<'_>, value: &Value) {
        let text = if node.style == Style::Block {
            write::block(value, lines::column(self.text, node.span.start), &self.convention)
        } else {
            let space = if node.span.is_empty() { " " } else { "" };
            format!("{space}{}", self.flow_text(node, &Place::Root, value, &Layout::plain()))
        };
        self.put(node.span.start, node.span.end, text);
    }

    fn flow_text(&self, node: &Node<'_>, place: &Place, value: &Value, layout: &Layout) -> String {
        if write::is_leaf(value) {
            self.leaf_text(node, place, value)
        } else {
            write::flow(value, layout, self.convention.ending)
        }
    }

    /// A leaf value in the place of a node.
    pub(super) fn leaf_text(&self, node: &Node<'_>, place: &Place, value: &Value) -> String {
        scalar::replacement(self.text, node, value, place, self.convention.ending)
    }
}

/// What remains of a collection all of whose children go.
fn left_over(node: &Node<'_>, children: &Children) -> Value {
    let inserted = children.before.values().flatten().cloned();
    let appended = &children.appended;
    if matches!(node.kind, Kind::Sequence(_)) {
        return inserted.chain(appended.iter().map(|(_, value)| value.clone())).collect();
    }
    let entries: Map<String, Value> =
        appended.iter().filter_map(|(key, value)| Some((key.clone()?, value.clone()))).collect();
    Value::Object(entries)
}
