//! How a document is laid out, read from what stands in it.
//! It must not write anything.

use serde_json::Value;

use crate::yaml::tree::{Kind, Node, Style, lines};

/// How block collections are indented, and how lines end.
#[derive(Debug, Clone)]
pub(super) struct Convention {
    /// How much deeper than its parent a mapping stands.
    step: usize,
    /// How much deeper than its key a sequence stands.
    sequence_step: usize,
    /// The line break.
    pub(super) ending: &'static str,
}

impl Convention {
    /// What the first nested collections of a tree do; otherwise what `kustomize` writes.
    pub(super) fn of(text: &str, root: &Node<'_>) -> Self {
        let (mut mapping, mut sequence) = (None, None);
        look(text, root, &mut mapping, &mut sequence);
        // Brackets on one line break none, and are not worth a way through all that stands before the first break.
        let on_one_line =
            root.style == Style::Flow && !lines::between(text, root.span.start, root.span.end).contains('\n');
        let ending = if on_one_line { "\n" } else { lines::ending(text) };
        Self { step: mapping.unwrap_or(2), sequence_step: sequence.unwrap_or(0), ending }
    }

    /// The column of a collection that is the value of a key.
    pub(super) fn child_column(&self, value: &Value, column: usize) -> usize {
        column + if value.is_array() { self.sequence_step } else { self.step }
    }
}

fn look(text: &str, node: &Node<'_>, mapping: &mut Option<usize>, sequence: &mut Option<usize>) {
    if node.style != Style::Block || (mapping.is_some() && sequence.is_some()) {
        return;
    }
    if let Kind::Sequence(items) = &node.kind {
        for item in items {
            look(text, item, mapping, sequence);
        }
        return;
    }
    let column = lines::column(text, node.span.start);
    for value in node.entries().iter().map(|entry| &entry.value).filter(|value| value.style == Style::Block) {
        let deeper = lines::column(text, value.span.start).saturating_sub(column);
        match &value.kind {
            Kind::Mapping(_) if deeper > 0 => {
                mapping.get_or_insert(deeper);
            }
            Kind::Sequence(_) => {
                sequence.get_or_insert(deeper);
            }
            _ => {}
        }
        look(text, value, mapping, sequence);
    }
}

/// How a flow collection is laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    /// Between a key and its value.
    pub(super) colon: String,
    /// Between two elements on one line.
    pub(super) comma: String,
    /// Whether keys and strings are double-quoted, as in JSON.
    pub(super) quoted: bool,
    /// Where each element has its own line: the elements' indentation, and a level's.
    lines: Option<(usize, usize)>,
}

impl Layout {
    /// The layout of one line in block documents.
    pub(super) fn plain() -> Self {
        Self { colon: ": ".to_owned(), comma: ", ".to_owned(), quoted: true, lines: None }
    }

    /// The layout of a flow collection's elements, as far as it has any; else that of what it stands in.
    pub(super) fn of(text: &str, node: &Node<'_>, outer: Option<&Self>) -> Self {
        let mut layout = outer.map_or_else(Self::plain, Self::inner);
        if let Some(quoted) = is_quoted(node) {
            layout.quoted = quoted;
        }
        if let Some(colon) = colon_of(text, node) {
            layout.comma = if colon.ends_with(' ') { ", ".to_owned() } else { ",".to_owned() };
            layout.colon = colon;
        }
        if let Some(comma) = comma_of(text, node) {
            layout.comma = comma;
        }
        if let Some(start) = element_starts(node).last().copied() {
            let unit = layout.lines.map_or(2, |(_, unit)| unit);
            layout.lines = own_line(text, node.span.start, start, unit);
        }
        layout
    }

    /// The layout of a collection inside this one.
    pub(super) fn inner(&self) -> Self {
        // Only JSON is written over several lines: its readers know no comments that could stand between.
        let lines = self.lines.filter(|_| self.quoted).map(|(indent, unit)| (indent + unit, unit));
        Self { lines, ..self.clone() }
    }

    /// The indentation of the elements, where each has its own line.
    pub(super) fn line_indent(&self) -> Option<usize> {
        self.lines.map(|(indent, _)| indent)
    }
}

/// The indentation of an element that starts its line, and how much deeper than its collection's that is.
fn own_line(text: &str, collection: usize, start: usize, unit: usize) -> Option<(usize, usize)> {
    // A compact JSON text is one line, and a long one: it is not gone through for each of its collections.
    let breaks = lines::between(text, collection, start).bytes().any(lines::is_break);
    if !breaks || !lines::is_first(text, start) {
        return None;
    }
    let (outside, indent) = (lines::indent(text, collection), lines::indent(text, start));
    Some((indent, if indent > outside { indent - outside } else { unit }))
}

fn element_starts(node: &Node<'_>) -> Vec<usize> {
    match &node.kind {
        Kind::Sequence(items) => items.iter().map(|item| item.span.start).collect(),
        _ => node.entries().iter().map(|entry| entry.key.span.start).collect(),
    }
}

fn is_quoted(node: &Node<'_>) -> Option<bool> {
    match &node.kind {
        Kind::Sequence(items) => {
            items.iter().find(|item| item.as_str().is_some()).map(|item| item.style != Style::Plain)
        }
        _ => node.entries().last().map(|entry| entry.key.style != Style::Plain),
    }
}

fn colon_of(text: &str, node: &Node<'_>) -> Option<String> {
    let Kind::Mapping(entries) = &node.kind else { return None };
    let entry = entries.last()?;
    let gap = lines::between(text, entry.key.span.end, entry.value.span.start);
    let is_simple = gap.contains(':') && gap.bytes().all(|byte| matches!(byte, b':' | b' '));
    // Without quotes a key and its value need the space.
    (is_simple && (gap.ends_with(' ') || entry.key.style == Style::DoubleQuoted)).then(|| gap.to_owned())
}

fn comma_of(text: &str, node: &Node<'_>) -> Option<String> {
    let ends: Vec<usize> = match &node.kind {
        Kind::Sequence(items) => items.iter().map(|item| item.span.end).collect(),
        _ => node.entries().iter().map(|entry| entry.value.span.end).collect(),
    };
    let end = ends.len().checked_sub(2).and_then(|index| ends.get(index))?;
    let gap = lines::between(text, *end, element_starts(node).last().copied()?);
    let is_simple = gap.contains(',') && gap.bytes().all(|byte| matches!(byte, b',' | b' '));
    is_simple.then(|| gap.to_owned())
}
