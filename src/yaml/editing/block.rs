//! Edits of block mappings, and of single values in block collections. Whole lines come and go.
//! It must not know flow syntax.

use serde_json::Value;

use super::change::{Change, Children};
use super::literal::Header;
use super::place::{Editor, Place};
use super::write::{self, spaces};
use crate::yaml::tree::lines::Cursor;
use crate::yaml::tree::{Entry, Error, Kind, Node, Style, lines};

/// An element of a block collection: from its key or dash to the end of its value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether the blank lines after it are part of its value.
    pub(super) keeps: bool,
}

impl Editor<'_> {
    pub(super) fn block_mapping(
        &mut self,
        entries: &[Entry<'_>],
        start: usize,
        children: &Children,
    ) -> Result<(), Error> {
        let column = lines::column(self.text, start);
        for (index, change) in children.changes() {
            let Some(entry) = entries.get(index).filter(|_| !matches!(change, Change::Remove)) else {
                continue;
            };
            let mut cursor = Cursor::new(self.text, entry.key.span.end);
            cursor.take(b':');
            let place = Place::Block { after: cursor.offset(), column, is_item: false };
            self.apply(&entry.value, &place, change)?;
        }
        if !children.moves_lines() {
            return Ok(());
        }
        let elements: Vec<Element> = entries
            .iter()
            .enumerate()
            .map(|(index, entry)| {
                // The first key's anchor or tag belongs to the entry too.
                let start = if index == 0 { start } else { entry.key.span.start };
                Element { start, end: entry.value.span.end, keeps: self.keeps_breaks(&entry.value) }
            })
            .collect();
        self.remove_lines(&elements, children);
        let new = children.appended.iter().filter_map(|(key, value)| Some((key.as_deref()?, value)));
        let new: Vec<String> =
            new.map(|(key, value)| write::entry(key, value, column, &self.convention)).collect();
        self.append_entries(entries, &elements, children, &new, column);
        Ok(())
    }

    fn append_entries(
        &mut self,
        entries: &[Entry<'_>],
        elements: &[Element],
        children: &Children,
        new: &[String],
        column: usize,
    ) {
        let mut kept = elements.iter().enumerate().filter(|(index, _)| !children.removes(*index));
        let Some((first, first_element)) = kept.next() else { return };
        let (last, last_element) = kept.next_back().unwrap_or((first, first_element));
        if new.is_empty() {
            return;
        }
        let line = format!("{}{}", self.convention.ending, spaces(column));
        let value = entries.get(last).map(|entry| &entry.value);
        if value.is_some_and(|value| self.ends_open(value)) {
            // A block scalar that ends without a line break would gain one.
            self.put(first_element.start, first_element.start, new.join(&line) + &line);
        } else {
            let end = lines::end(self.text, last_element.end);
            self.put(end, end, format!("{line}{}", new.join(&line)));
        }
    }

    /// Whether a node ends in a block scalar whose value would change if a line followed.
    pub(super) fn ends_open(&self, node: &Node<'_>) -> bool {
        let node = last_leaf(node);
        let Some(header) = Header::of(self.text, node).filter(|header| !header.strips()) else {
            return false;
        };
        let rest = lines::between(self.text, node.span.end, self.text.len());
        let last = rest.rsplit(['\n', '\r']).next().unwrap_or_default();
        let at_end = lines::end(self.text, node.span.end) == self.text.len();
        // The blanks of an unfinished line would become one of the lines that are kept.
        at_end || (header.keeps() && !last.is_empty() && rest.trim().is_empty())
    }

    /// Whether a node ends in a block scalar that keeps the blank lines after it.
    pub(super) fn keeps_breaks(&self, node: &Node<'_>) -> bool {
        Header::of(self.text, last_leaf(node)).is_some_and(|header| header.keeps())
    }

    /// Removes the lines of the elements that go; some stay.
    pub(super) fn remove_lines(&mut self, elements: &[Element], children: &Children) {
        let mut index = 0;
        while let Some(element) = elements.get(index) {
            if !children.removes(index) {
                index += 1;
            } else if element.start > self.start && lines::is_first(self.text, element.start) {
                let before = elements.get(..index).unwrap_or_default().iter().enumerate().rev();
                let stays = before.into_iter().find(|(index, _)| !children.removes(*index));
                let (start, end) = if stays.is_some_and(|(_, stays)| stays.keeps) {
                    self.lines_and_blank_ones(*element)
                } else {
                    self.whole_lines(*element)
                };
                self.put(start, end, "");
                index += 1;
            } else {
                index = self.remove_head(elements, children, index);
            }
        }
    }

    /// The lines of an element: with the line break before them, so that what comes after the element's
    /// line stays where it is.
    fn whole_lines(&self, element: Element) -> (usize, usize) {
        let (start, end) = (lines::start(self.text, element.start), lines::end(self.text, element.end));
        if end == self.text.len() {
            return (start, end);
        }
        match lines::before_break(self.text, start) {
            Some(before) => (before, end),
            None => (start, lines::after_break(self.text, end)),
        }
    }

    /// The lines of an element with the blank ones after it, which would become part of the value before it.
    fn lines_and_blank_ones(&self, element: Element) -> (usize, usize) {
        let next = Cursor::new(self.text, lines::end(self.text, element.end)).after_blank_lines();
        let end = if next == self.text.len() { next } else { lines::start(self.text, next) };
        (lines::start(self.text, element.start), end)
    }

    /// Removes a run of elements whose first one stands behind a dash, or starts the root, before which
    /// nothing may change; says where the run ends.
    fn remove_head(&mut self, elements: &[Element], children: &Children, start: usize) -> usize {
        let run = elements.iter().enumerate().skip(start).take_while(|(index, _)| children.removes(*index));
        let next = start + run.count();
        let (Some(first), Some(last)) = (elements.get(start), elements.get(next - 1)) else { return next };
        let Some(kept) = elements.get(next) else { return next };
        let line = lines::start(self.text, kept.start) + lines::indent(self.text, kept.start);
        let last_line = lines::end(self.text, last.end);
        if !lines::between(self.text, last_line, line).contains('#') {
            self.put(first.start, line, "");
        } else if lines::is_first(self.text, first.start) {
            // The comments between belong to what stays.
            self.put(first.start, Cursor::new(self.text, last_line).after_blank_lines(), "");
        } else {
            let before = lines::between(self.text, 0, first.start).trim_end_matches(' ').len();
            self.put(before.max(self.start), last_line, "");
        }
        next
    }

    /// Puts a value in the place of a node in a block collection.
    pub(super) fn replace_in_block(
        &mut self,
        node: &Node<'_>,
        place: &Place,
        (after, column, is_item): (usize, usize, bool),
        value: &Value,
    ) {
        let own_line = node.span.start > lines::end(self.text, after);
        match (write::is_leaf(value), node.style == Style::Block) {
            (true, true) if own_line => {
                let text = write::leaf(value, false);
                self.put(after, after, format!(" {text}"));
                let (start, end) = (lines::end(self.text, after), lines::end(self.text, node.span.end));
                self.put(start, end, "");
            }
            (true, _) => {
                let mut text = self.leaf_text(node, place, value);
                if node.span.is_empty() {
                    text.insert(0, ' ');
                }
                self.put(node.span.start, node.span.end, text);
            }
            (false, _) if own_line => self.replace_own_lines(node, column, is_item, value),
            (false, _) if is_item => self.replace_after_dash(node, column, value),
            (false, _) => self.replace_after_colon(node, after, column, value),
        }
    }

    /// A collection in the place of a node that starts a line.
    fn replace_own_lines(&mut self, node: &Node<'_>, column: usize, is_item: bool, value: &Value) {
        let old = lines::column(self.text, node.span.start);
        let deep_enough = old > column || (old == column && value.is_array() && !is_item);
        let new = if deep_enough { old } else { self.convention.child_column(value, column) };
        let text = write::block(value, new, &self.convention);
        if deep_enough {
            self.put(node.span.start, node.span.end, text);
        } else {
            let start = lines::start(self.text, node.span.start);
            self.put(start, node.span.end, spaces(new) + &text);
        }
    }

    /// A collection in the place of an item on its dash's line.
    fn replace_after_dash(&mut self, node: &Node<'_>, column: usize, value: &Value) {
        let (space, inner) = if node.span.is_empty() {
            (" ", column + 2)
        } else {
            ("", lines::column(self.text, node.span.start))
        };
        let text = write::block(value, inner, &self.convention);
        let (first, rest) = text.split_at(text.find(self.convention.ending).unwrap_or(text.len()));
        let comment = Header::of(self.text, node).map_or("", |header| header.comment);
        self.put(node.span.start, node.span.end, format!("{space}{first}{comment}"));
        let end = lines::end(self.text, node.span.end);
        self.put(end, end, rest);
    }

    /// A collection in the place of a value on its key's line: on the lines after, a comment stays.
    fn replace_after_colon(&mut self, node: &Node<'_>, after: usize, column: usize, value: &Value) {
        let inner = self.convention.child_column(value, column);
        let text = write::block(value, inner, &self.convention);
        let comment = Header::of(self.text, node).map_or("", |header| header.comment);
        self.put(after, node.span.end, comment);
        let end = lines::end(self.text, node.span.end);
        self.put(end, end, format!("{}{}{text}", self.convention.ending, spaces(inner)));
    }
}

/// The last scalar, alias or empty collection in a node.
fn last_leaf<'n, 't>(node: &'n Node<'t>) -> &'n Node<'t> {
    let last = match &node.kind {
        Kind::Sequence(items) => items.last(),
        Kind::Mapping(entries) => entries.last().map(|entry| &entry.value),
        _ => None,
    };
    last.map_or(node, last_leaf)
}
