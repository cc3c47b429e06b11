//! The reader of the plain block YAML that tools write: line by line, without an event parser.
//!
//! It accepts a closed subset and gives up on everything else (`None`), for `by_event` to read or refuse.
//! What it accepts it must read as `by_event` does, to the byte; so it must guess nothing.

mod flow;
mod scalar;
mod scan;

use std::ops::Range;

use crate::yaml::tree::lines::byte;
use crate::yaml::tree::{Entry, Keys, Kind, MAX_DEPTH, Node, Style};
use scan::Scanner;

/// All documents of a text; none if the text is not of the subset.
pub(super) fn parse(text: &str) -> Option<Vec<Node<'_>>> {
    if !scan::is_ordinary(text) {
        return None;
    }
    let scanner = Scanner::new(text)?;
    let mut reader = Reader { text, scanner, entries: Vec::new(), items: Vec::new() };
    let mut documents = Vec::new();
    loop {
        if !reader.scanner.at_end() {
            documents.push(reader.collection(0)?);
        }
        if !reader.scanner.at_end() {
            return None;
        }
        if !reader.scanner.next_document()? {
            return Some(documents);
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    scanner: Scanner<'t>,
    /// The entries of all open mappings, innermost last: a complete one takes its own in one piece of the right size.
    entries: Vec<Entry<'t>>,
    /// The items of all open sequences.
    items: Vec<Node<'t>>,
}

impl<'t> Reader<'t> {
    /// The block mapping or sequence that starts here.
    fn collection(&mut self, depth: usize) -> Option<Node<'t>> {
        if depth >= MAX_DEPTH {
            return None;
        }
        if self.scanner.is_dash() { self.sequence(depth) } else { self.mapping(depth, None) }
    }

    fn sequence(&mut self, depth: usize) -> Option<Node<'t>> {
        let (start, column) = (self.scanner.offset, self.scanner.column);
        let first = self.items.len();
        while !self.scanner.at_end() && self.scanner.column == column && self.scanner.is_dash() {
            let after = self.scanner.offset + 1;
            self.scanner.advance(1);
            let item = if self.scanner.line_rest_is_empty() {
                self.scanner.next_line()?;
                self.child_on_next_lines(after, column, false, depth)?
            } else {
                self.item(column, depth)?
            };
            self.items.push(item);
        }
        let items: Vec<_> = self.items.drain(first..).collect();
        let end = items.last()?.span.end;
        Some(node(start..end, Style::Block, Kind::Sequence(items)))
    }

    /// What follows a dash on its line.
    fn item(&mut self, column: usize, depth: usize) -> Option<Node<'t>> {
        if self.scanner.is_dash() {
            return self.collection(depth + 1);
        }
        match scalar::key(self.text, &self.scanner) {
            Some(key) if depth + 1 < MAX_DEPTH => self.mapping(depth + 1, Some(key)),
            Some(_) => None,
            None => self.scalar(column, depth),
        }
    }

    /// A mapping whose first key, and where its colon is, may have been read.
    fn mapping(&mut self, depth: usize, mut read: Option<(Node<'t>, usize)>) -> Option<Node<'t>> {
        let (start, column) = (self.scanner.offset, self.scanner.column);
        let (first, mut keys) = (self.entries.len(), Keys::default());
        while !self.scanner.at_end() && self.scanner.column == column {
            let (key, colon) = read.take().or_else(|| scalar::key(self.text, &self.scanner))?;
            keys.add(self.text, self.entries.get(first..)?, &key).ok()?;
            self.scanner.advance(colon + 1 - self.scanner.offset);
            let value = if self.scanner.line_rest_is_empty() {
                self.scanner.next_line()?;
                self.child_on_next_lines(colon + 1, column, true, depth)?
            } else {
                self.scalar(column, depth)?
            };
            self.entries.push(Entry { key, value });
        }
        let entries: Vec<_> = self.entries.drain(first..).collect();
        let end = entries.last()?.value.span.end;
        (self.scanner.at_end() || self.scanner.column < column)
            .then(|| node(start..end, Style::Block, Kind::Mapping(entries.into())))
    }

    /// What follows a dash or a colon at the end of its line: a deeper collection, a sequence at the column
    /// of its key, or nothing.
    fn child_on_next_lines(
        &mut self,
        after: usize,
        column: usize,
        is_value: bool,
        depth: usize,
    ) -> Option<Node<'t>> {
        let deeper = self.scanner.column > column;
        let compact = is_value && self.scanner.column == column && self.scanner.is_dash();
        if !self.scanner.at_end() && (deeper || compact) {
            return self.collection(depth + 1);
        }
        Some(scalar::absent(after))
    }

    /// The scalar that starts here, or a flow collection, with the rest of its line.
    fn scalar(&mut self, parent: usize, depth: usize) -> Option<Node<'t>> {
        let node = if byte(self.text, self.scanner.offset) == Some(b'|') {
            scalar::literal(self.text, &mut self.scanner, parent)?
        } else {
            let node = scalar::one_line(self.text, &self.scanner, depth + 1)?;
            self.scanner.advance(node.span.len());
            if !self.scanner.line_rest_is_empty() {
                return None;
            }
            self.scanner.next_line()?;
            node
        };
        // A deeper line would continue a plain scalar, or be an error.
        (self.scanner.at_end() || self.scanner.column <= parent).then_some(node)
    }
}

#[inline]
fn node(span: Range<usize>, style: Style, kind: Kind<'_>) -> Node<'_> {
    Node { span, style, anchored: false, tagged: false, kind }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn what_tools_write_is_accepted() {
        let texts = [
            "apiVersion: v1\nitems:\n- a: 1\n  b:\n    c: |\n      kind: X\n      name: y\n  d: \"x: \\\"y\\\"\"\n- 'a b': {}\n",
            "a:\n  - b: []\n    c:\n      - - 1\n        - 2\n",
            "a: {b: 1, 'c d': [e/f, \"g\", {}, [ ]]} # h\nb:\n- [1,2]\n- { i: j }\n",
            "# c\na: 172.17.0.1 # c\n\nb:\n---\nc: |+\n  x\n\n---\n---\n- 1\n-\n-\n  k: v\n",
            "",
        ];
        for text in texts {
            assert!(parse(text).is_some(), "{text}");
        }
    }

    #[test]
    fn everything_else_is_left_to_the_event_parser() {
        let texts = [
            "a: &x 1\n",
            "a: *x\n",
            "a: !!str 1\n",
            "<<: 1\n",
            "? a\n",
            "%YAML 1.2\n---\na: 1\n",
            "a:\tb\n",
            "a: b\n  c\n",
            "a: 'b\n  c'\n",
            "a: b\r\n",
            "a:\n  b: 1\n c: 2\n",
            "a: \u{1}\n",
            "a: \u{85}\n",
            "a: \u{2028}\n",
            "\u{feff}a: 1\n",
            "a: >\n  b\n",
            "a: |2\n  b\n",
            "a: |\n  b",
            "a: {b}\n",
            "a: {b:1}\n",
            "a: {b: }\n",
            "a: {b: 1,}\n",
            "a: {b: 1, b: 2}\n",
            "a: {\"b\":1}\n",
            "a: {b: 1} x\n",
            "a: {b: 1\n  }\n",
            "a: [1, ]\n",
            "a: [b c]\n",
            "a: [b: c]\n",
            "a: [b, -]\n",
            "a: [&b c]\n",
            "a: [1\n",
            "a: 1\na: 2\n",
            "a: b: c\n",
            "a: 'b'#c\n",
            "b\n",
            "a: |\n\n  b\n",
            "- a\nb: 1\n",
            "a: \"\\u0041\"\n",
            "--- a\n",
            "a: 1\n...\n",
            "a : 1\n",
            "a:b\n",
            "a: -\n",
            "a: |\nb: 1\n",
        ];
        for text in texts {
            assert!(parse(text).is_none(), "{text}");
        }
    }
}
