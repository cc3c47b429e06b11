//! Flow collections that end on their line, of words and quoted strings: `{a: b, "c": [1, d/e]}`.
//! It must not know what is around them.

use super::{node, scalar};
use crate::yaml::tree::lines::byte;
use crate::yaml::tree::{Entry, Keys, Kind, MAX_DEPTH, Node, Style};

/// A place in a line.
pub(super) struct Flow<'t> {
    text: &'t str,
    offset: usize,
    line_end: usize,
}

impl<'t> Flow<'t> {
    /// At a bracket.
    pub(super) fn new(text: &'t str, offset: usize, line_end: usize) -> Self {
        Self { text, offset, line_end }
    }

    /// The collection that starts here; none for what is not of the subset.
    pub(super) fn collection(&mut self, depth: usize) -> Option<Node<'t>> {
        let start = self.offset;
        let is_mapping = self.peek() == Some(b'{');
        if depth >= MAX_DEPTH {
            return None;
        }
        self.offset += 1;
        self.skip_spaces();
        let kind = if is_mapping { self.mapping(depth)? } else { self.sequence(depth)? };
        Some(node(start..self.offset, Style::Flow, kind))
    }

    fn mapping(&mut self, depth: usize) -> Option<Kind<'t>> {
        let (mut entries, mut keys) = (Vec::new(), Keys::default());
        let mut more = !self.take(b'}');
        while more {
            let key = self.word()?;
            keys.add(self.text, &entries, &key).ok()?;
            // YAML readers differ on a colon without a space behind it.
            if !self.take(b':') || self.peek() != Some(b' ') {
                return None;
            }
            self.skip_spaces();
            let value = self.value(depth)?;
            entries.push(Entry { key, value });
            more = self.goes_on(b'}')?;
        }
        Some(Kind::Mapping(entries.into()))
    }

    fn sequence(&mut self, depth: usize) -> Option<Kind<'t>> {
        let mut items = Vec::new();
        let mut more = !self.take(b']');
        while more {
            items.push(self.value(depth)?);
            more = self.goes_on(b']')?;
        }
        Some(Kind::Sequence(items))
    }

    fn value(&mut self, depth: usize) -> Option<Node<'t>> {
        if matches!(self.peek(), Some(b'{' | b'[')) { self.collection(depth + 1) } else { self.word() }
    }

    /// A quoted string, or a word of letters, digits and what no reader takes for a sign.
    fn word(&mut self) -> Option<Node<'t>> {
        let rest = self.text.as_bytes().get(self.offset..self.line_end)?;
        let length = match self.peek()? {
            b'"' | b'\'' => scalar::quoted_length(rest)?,
            _ => rest.iter().take_while(|byte| is_word(**byte)).count(),
        };
        let start = self.offset;
        self.offset += length;
        if length > scalar::LONGEST_KEY { None } else { scalar::scalar(self.text, start..self.offset) }
    }

    /// Whether a comma stands here, and something behind it, or the end; nothing else may.
    fn goes_on(&mut self, close: u8) -> Option<bool> {
        self.skip_spaces();
        if self.take(close) {
            return Some(false);
        }
        let comma = self.take(b',');
        self.skip_spaces();
        (comma && self.peek() != Some(close)).then_some(true)
    }

    fn peek(&self) -> Option<u8> {
        byte(self.text, self.offset).filter(|_| self.offset < self.line_end)
    }

    fn take(&mut self, wanted: u8) -> bool {
        let found = self.peek() == Some(wanted);
        self.offset += usize::from(found);
        found
    }

    fn skip_spaces(&mut self) {
        while self.take(b' ') {}
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'/' | b'-')
}
