//! Edits of block sequences. It must not know flow syntax.

use serde_json::Value;

use super::block::Element;
use super::change::{Change, Children};
use super::place::{Editor, Place};
use super::write::{self, spaces};
use crate::yaml::tree::lines::Cursor;
use crate::yaml::tree::{Error, Node, lines};

impl Editor<'_> {
    pub(super) fn block_sequence(
        &mut self,
        items: &[Node<'_>],
        start: usize,
        children: &Children,
    ) -> Result<(), Error> {
        let column = lines::column(self.text, start);
        let elements = self.elements(items, start);
        for (index, change) in children.changes() {
            let (Some(item), Some(element)) = (items.get(index), elements.get(index)) else { continue };
            if !matches!(change, Change::Remove) {
                let place = Place::Block { after: element.start + 1, column, is_item: true };
                self.apply(item, &place, change)?;
            }
        }
        self.remove_lines(&elements, children);
        let line = format!("{}{}", self.convention.ending, spaces(column));
        for (index, values) in &children.before {
            if let Some(element) = elements.get(*index) {
                let text: String = values.iter().map(|value| self.item_text(value, column) + &line).collect();
                self.put(element.start, element.start, text);
            }
        }
        self.append_items(items, children, column, &line)
    }

    fn item_text(&self, value: &Value, column: usize) -> String {
        write::item(value, column, &self.convention)
    }

    fn append_items(
        &mut self,
        items: &[Node<'_>],
        children: &Children,
        column: usize,
        line: &str,
    ) -> Result<(), Error> {
        let kept = items.iter().enumerate().rfind(|(index, _)| !children.removes(*index));
        let Some((_, last)) = kept.filter(|_| !children.appended.is_empty()) else { return Ok(()) };
        if self.ends_open(last) {
            let message =
                "the text ends in this block scalar without a line break; add one to let items follow";
            return self.refuse(last, message);
        }
        let mut new = String::new();
        for (_, value) in &children.appended {
            new.push_str(line);
            new.push_str(&self.item_text(value, column));
        }
        let end = lines::end(self.text, last.span.end);
        self.put(end, end, new);
        Ok(())
    }

    /// The items from dash to end.
    fn elements(&self, items: &[Node<'_>], start: usize) -> Vec<Element> {
        let mut cursor = Cursor::new(self.text, start);
        let mut elements = Vec::with_capacity(items.len());
        for item in items {
            let dash = cursor.take(b'-').unwrap_or(item.span.start);
            cursor.advance_to(item.span.end);
            elements.push(Element { start: dash, end: item.span.end, keeps: self.keeps_breaks(item) });
        }
        elements
    }
}
