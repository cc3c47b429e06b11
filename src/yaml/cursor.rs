//! A place between the nodes of a YAML text: finds the indicators that an event parser does not report.
//! It must not be placed inside a scalar, where a `#` or a `-` means nothing.

use super::lines::{byte, end, is_blank, is_break};

/// A place between two nodes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'t> {
    text: &'t str,
    offset: usize,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str, offset: usize) -> Self {
        Self { text, offset }
    }

    pub(super) fn offset(self) -> usize {
        self.offset
    }

    /// The byte here.
    pub(super) fn peek(self) -> Option<u8> {
        byte(self.text, self.offset)
    }

    /// Moves forward; never back.
    pub(super) fn advance_to(&mut self, offset: usize) {
        self.offset = self.offset.max(offset);
    }

    /// The next byte that is neither blank nor a line break, a comment included.
    pub(super) fn after_blank_lines(mut self) -> usize {
        while self.peek().is_some_and(|here| is_blank(here) || is_break(here)) {
            self.offset += 1;
        }
        self.offset
    }

    /// Passes blanks, line breaks and comments.
    pub(super) fn skip_space(&mut self) {
        while let Some(here) = self.peek() {
            if is_blank(here) || is_break(here) {
                self.offset += 1;
            } else if here == b'#' {
                self.offset = end(self.text, self.offset);
            } else if self.text.get(self.offset..).is_some_and(|rest| rest.starts_with('\u{feff}')) {
                self.offset += '\u{feff}'.len_utf8();
            } else {
                return;
            }
        }
    }

    /// Passes space, and the anchors and tags before a node.
    pub(super) fn skip_properties(&mut self) {
        self.skip_space();
        while matches!(self.peek(), Some(b'&' | b'!')) {
            while self.peek().is_some_and(|here| !is_blank(here) && !is_break(here)) {
                self.offset += 1;
            }
            self.skip_space();
        }
    }

    /// Takes an indicator that stands next, after space; says where it stood.
    pub(super) fn take(&mut self, indicator: u8) -> Option<usize> {
        let mut ahead = *self;
        ahead.skip_space();
        if ahead.peek() != Some(indicator) {
            return None;
        }
        self.offset = ahead.offset + 1;
        Some(ahead.offset)
    }
}
