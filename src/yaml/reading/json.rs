//! Strict JSON (RFC 8259) to trees with the place of each value, in one pass.
//! Strings and numbers are decoded by `serde_json`, so both agree on what they mean.

use std::borrow::Cow;
use std::ops::Range;

use crate::yaml::tree::lines::{between, byte};
use crate::yaml::tree::{Entry, Error, Keys, Kind, MAX_DEPTH, Node, Style, Typed};

/// Why a text is not read as JSON.
pub(super) enum Failure {
    /// It is something else; perhaps YAML.
    NotJson,
    /// It is JSON, and wrong.
    Wrong(Error),
}

/// Reads the one JSON value that starts at an offset and fills the text to its end.
pub(super) fn parse(text: &str, start: usize) -> Result<Node<'_>, Failure> {
    let mut reader = Reader { text, offset: start };
    let node = reader.value(0)?;
    reader.skip_space();
    if reader.offset == text.len() { Ok(node) } else { Err(Failure::NotJson) }
}

struct Reader<'t> {
    text: &'t str,
    offset: usize,
}

impl<'t> Reader<'t> {
    fn peek(&self) -> Option<u8> {
        byte(self.text, self.offset)
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.offset += 1;
        }
    }

    /// Takes a byte that stands next, after space.
    fn take(&mut self, wanted: u8) -> bool {
        self.skip_space();
        let found = self.peek() == Some(wanted);
        self.offset += usize::from(found);
        found
    }

    fn value(&mut self, depth: usize) -> Result<Node<'t>, Failure> {
        self.skip_space();
        if depth >= MAX_DEPTH {
            let message = format!("the document nests deeper than {MAX_DEPTH} levels");
            return Err(Failure::Wrong(Error::at(self.text, self.offset, message)));
        }
        match self.peek() {
            Some(b'{') => self.mapping(depth),
            Some(b'[') => self.sequence(depth),
            Some(b'"') => self.string(),
            Some(b'-' | b'0'..=b'9' | b't' | b'f' | b'n') => self.word(),
            _ => Err(Failure::NotJson),
        }
    }

    fn mapping(&mut self, depth: usize) -> Result<Node<'t>, Failure> {
        let start = self.offset;
        self.offset += 1;
        let (mut entries, mut keys) = (Vec::new(), Keys::default());
        if !self.take(b'}') {
            loop {
                self.skip_space();
                let key = self.string()?;
                keys.add(self.text, &entries, &key).map_err(Failure::Wrong)?;
                if !self.take(b':') {
                    return Err(Failure::NotJson);
                }
                let value = self.value(depth + 1)?;
                entries.push(Entry { key, value });
                if self.ends(b'}')? {
                    break;
                }
            }
        }
        Ok(node(start..self.offset, Style::Flow, Kind::Mapping(entries.into())))
    }

    fn sequence(&mut self, depth: usize) -> Result<Node<'t>, Failure> {
        let start = self.offset;
        self.offset += 1;
        let mut items = Vec::new();
        if !self.take(b']') {
            loop {
                items.push(self.value(depth + 1)?);
                if self.ends(b']')? {
                    break;
                }
            }
        }
        Ok(node(start..self.offset, Style::Flow, Kind::Sequence(items)))
    }

    /// Whether a collection ends here; otherwise a comma must stand.
    fn ends(&mut self, close: u8) -> Result<bool, Failure> {
        if self.take(close) {
            Ok(true)
        } else if self.take(b',') {
            Ok(false)
        } else {
            Err(Failure::NotJson)
        }
    }

    fn string(&mut self) -> Result<Node<'t>, Failure> {
        let start = self.offset;
        if self.peek() != Some(b'"') {
            return Err(Failure::NotJson);
        }
        self.offset += 1;
        let mut escaped = false;
        loop {
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    self.offset += 2;
                }
                Some(0x20..) => self.offset += 1,
                _ => return Err(Failure::NotJson),
            }
        }
        self.offset += 1;
        let raw = between(self.text, start, self.offset);
        let text = if escaped {
            Cow::Owned(serde_json::from_str(raw).map_err(|_| Failure::NotJson)?)
        } else {
            Cow::Borrowed(between(self.text, start + 1, self.offset - 1))
        };
        Ok(node(start..self.offset, Style::DoubleQuoted, Kind::Scalar { text, typed: None }))
    }

    /// A number, a bool, or null.
    fn word(&mut self) -> Result<Node<'t>, Failure> {
        let start = self.offset;
        while self
            .peek()
            .is_some_and(|here| here.is_ascii_alphanumeric() || matches!(here, b'-' | b'+' | b'.'))
        {
            self.offset += 1;
        }
        let raw = between(self.text, start, self.offset);
        let typed = match raw {
            "null" => Typed::Null,
            "true" => Typed::Bool(true),
            "false" => Typed::Bool(false),
            number => Typed::Number(serde_json::from_str(number).map_err(|_| Failure::NotJson)?),
        };
        let kind = Kind::Scalar { text: Cow::Borrowed(raw), typed: Some(typed) };
        Ok(node(start..self.offset, Style::Plain, kind))
    }
}

fn node(span: Range<usize>, style: Style, kind: Kind<'_>) -> Node<'_> {
    Node { span, style, anchored: false, tagged: false, kind }
}
