//! Edits of flow collections, JSON included. It must not know block syntax.

use super::block::Element;
use super::change::{Change, Children};
use super::layout::Layout;
use super::place::{Editor, Place};
use super::write::{self, spaces};
use crate::yaml::tree::lines::Cursor;
use crate::yaml::tree::{Error, Kind, Node, lines};

impl Editor<'_> {
    pub(super) fn flow_collection(
        &mut self,
        node: &Node<'_>,
        place: &Place,
        children: &Children,
    ) -> Result<(), Error> {
        if !matches!(lines::byte(self.text, node.span.start), Some(b'{' | b'[')) {
            return self
                .refuse(node, "this pair in a sequence has no braces; write them to let it be edited");
        }
        let layout = Layout::of(self.text, node, place.layout());
        let inner = Place::Flow(layout.clone());
        for (index, change) in children.changes() {
            if let Some(child) =
                super::change::child(node, index).filter(|_| !matches!(change, Change::Remove))
            {
                self.apply(child, &inner, change)?;
            }
        }
        let elements = self.flow_elements(node);
        self.remove_elements(&elements, children);
        self.insert_elements(&elements, children, &layout);
        self.append_elements(&elements, children, &layout);
        Ok(())
    }

    /// The elements, each with its anchors and tags.
    fn flow_elements(&self, node: &Node<'_>) -> Vec<Element> {
        let ends: Vec<usize> = match &node.kind {
            Kind::Sequence(items) => items.iter().map(|item| item.span.end).collect(),
            _ => node.entries().iter().map(|entry| entry.value.span.end).collect(),
        };
        let mut cursor = Cursor::new(self.text, node.span.start + 1);
        let mut elements = Vec::with_capacity(ends.len());
        for end in ends {
            cursor.take(b',');
            cursor.skip_space();
            elements.push(Element { start: cursor.offset(), end, keeps: false });
            cursor.advance_to(end);
        }
        elements
    }

    fn remove_elements(&mut self, elements: &[Element], children: &Children) {
        let mut before: Option<Element> = None;
        let mut index = 0;
        while let Some(element) = elements.get(index) {
            if !children.removes(index) {
                before = Some(*element);
                index += 1;
                continue;
            }
            let run =
                elements.iter().enumerate().skip(index).take_while(|(index, _)| children.removes(*index));
            let next = index + run.count();
            let last = elements.get(next - 1).map_or(element.end, |last| last.end);
            match (before, elements.get(next)) {
                (Some(before), _) => self.put(before.end, last, ""),
                (None, Some(kept)) => self.put(element.start, kept.start, ""),
                (None, None) => {}
            }
            index = next;
        }
    }

    fn insert_elements(&mut self, elements: &[Element], children: &Children, layout: &Layout) {
        for (index, values) in &children.before {
            let Some(element) = elements.get(*index) else { continue };
            let comma = self.comma(layout);
            let text: String = values
                .iter()
                .map(|value| write::flow(value, layout, self.convention.ending) + &comma)
                .collect();
            self.put(element.start, element.start, text);
        }
    }

    /// Between two elements.
    fn comma(&self, layout: &Layout) -> String {
        layout.line_indent().map_or_else(
            || layout.comma.clone(),
            |indent| format!(",{}{}", self.convention.ending, spaces(indent)),
        )
    }

    fn append_elements(&mut self, elements: &[Element], children: &Children, layout: &Layout) {
        let ending = self.convention.ending;
        let new: Vec<String> = children
            .appended
            .iter()
            .map(|(key, value)| match key {
                Some(key) => write::flow_entry(key, value, layout, ending),
                None => write::flow(value, layout, ending),
            })
            .collect();
        let kept = elements.iter().enumerate().rfind(|(index, _)| !children.removes(*index));
        let Some((index, last)) = kept.filter(|_| !new.is_empty()) else { return };
        let comma = self.comma(layout);
        let new = new.join(&comma);
        let is_last = index + 1 == elements.len();
        match layout
            .line_indent()
            .filter(|_| is_last)
            .and_then(|indent| Some((indent, self.comment_after(last.end)?)))
        {
            Some((indent, trailing_comma)) => {
                let end = lines::end(self.text, last.end);
                let line = format!("{ending}{}", spaces(indent));
                let (before, after) = if trailing_comma { ("", ",") } else { (",", "") };
                self.put(last.end, last.end, before);
                self.put(end, end, format!("{line}{new}{after}"));
            }
            None => self.put(last.end, last.end, format!("{comma}{new}")),
        }
    }

    /// Whether only a comment, and perhaps a comma (then true), stands between an offset and its line's end;
    /// none if something else does.
    fn comment_after(&self, offset: usize) -> Option<bool> {
        let rest = lines::between(self.text, offset, lines::end(self.text, offset)).trim_start();
        let (comma, rest) = rest.strip_prefix(',').map_or((false, rest), |rest| (true, rest));
        let rest = rest.trim_start();
        (rest.is_empty() || rest.starts_with('#')).then_some(comma)
    }

    /// What an absent value in a flow mapping needs before it.
    pub(super) fn missing_colon(&self, node: &Node<'_>) -> &'static str {
        if !node.span.is_empty() {
            ""
        } else if node.span.start.checked_sub(1).and_then(|before| lines::byte(self.text, before))
            == Some(b':')
        {
            " "
        } else {
            ": "
        }
    }
}
