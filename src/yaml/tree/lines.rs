//! Places in a text: lines and columns by byte offset, and a cursor between nodes.
//! Of YAML it must know no more than what may stand between two nodes.

/// Whether a byte ends a line.
#[inline]
pub(in crate::yaml) fn is_break(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// Whether a byte is a space or a tab.
#[inline]
pub(in crate::yaml) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// The byte at an offset; none at the end.
#[inline]
pub(in crate::yaml) fn byte(text: &str, offset: usize) -> Option<u8> {
    text.as_bytes().get(offset).copied()
}

/// The part of a text between two offsets; empty when they make no range of it.
#[inline]
pub(in crate::yaml) fn between(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or_default()
}

/// Where the line of an offset starts.
pub(in crate::yaml) fn start(text: &str, offset: usize) -> usize {
    let before = text.as_bytes().get(..offset).unwrap_or_default();
    before.iter().rposition(|byte| is_break(*byte)).map_or(0, |found| found + 1)
}

/// Where the line of an offset ends, before its line break.
pub(in crate::yaml) fn end(text: &str, offset: usize) -> usize {
    let after = text.as_bytes().get(offset..).unwrap_or_default();
    after.iter().position(|byte| is_break(*byte)).map_or(text.len(), |found| offset + found)
}

/// The offset after the line break at an offset; the same offset when there is none.
pub(in crate::yaml) fn after_break(text: &str, offset: usize) -> usize {
    match (byte(text, offset), byte(text, offset + 1)) {
        (Some(b'\r'), Some(b'\n')) => offset + 2,
        (Some(b'\r' | b'\n'), _) => offset + 1,
        _ => offset,
    }
}

/// The offset before the line break that ends at an offset; none when no line break does.
pub(in crate::yaml) fn before_break(text: &str, offset: usize) -> Option<usize> {
    let line = text.get(..offset)?;
    let line = line
        .strip_suffix('\n')
        .map_or_else(|| line.strip_suffix('\r'), |line| Some(line.strip_suffix('\r').unwrap_or(line)));
    line.map(str::len)
}

/// The start of the line after the one of an offset.
pub(in crate::yaml) fn next(text: &str, offset: usize) -> usize {
    after_break(text, end(text, offset))
}

/// The text of a line up to an offset in it.
pub(in crate::yaml) fn prefix(text: &str, offset: usize) -> &str {
    let line = start(text, offset);
    between(text, line, offset).trim_start_matches('\u{feff}')
}

/// The column of an offset, in characters from zero.
pub(in crate::yaml) fn column(text: &str, offset: usize) -> usize {
    prefix(text, offset).chars().count()
}

/// Whether nothing but spaces stands before an offset on its line.
pub(in crate::yaml) fn is_first(text: &str, offset: usize) -> bool {
    prefix(text, offset).bytes().all(|byte| byte == b' ')
}

/// How far the line of an offset is indented.
pub(in crate::yaml) fn indent(text: &str, offset: usize) -> usize {
    let line = start(text, offset);
    let rest = text.get(line..).unwrap_or_default();
    rest.trim_start_matches('\u{feff}').bytes().take_while(|byte| *byte == b' ').count()
}

/// The line break that the text uses.
pub(in crate::yaml) fn ending(text: &str) -> &'static str {
    match text.find('\n') {
        Some(found) if found > 0 && byte(text, found - 1) == Some(b'\r') => "\r\n",
        _ => "\n",
    }
}

/// A place between two nodes, to find the indicators that no reader notes down. Inside a scalar, where a `#` or a `-`
/// means nothing, it must not be placed.
#[derive(Debug, Clone, Copy)]
pub(in crate::yaml) struct Cursor<'t> {
    text: &'t str,
    offset: usize,
}

impl<'t> Cursor<'t> {
    pub(in crate::yaml) fn new(text: &'t str, offset: usize) -> Self {
        Self { text, offset }
    }

    pub(in crate::yaml) fn offset(self) -> usize {
        self.offset
    }

    /// The byte here.
    pub(in crate::yaml) fn peek(self) -> Option<u8> {
        byte(self.text, self.offset)
    }

    /// Moves forward; never back.
    pub(in crate::yaml) fn advance_to(&mut self, offset: usize) {
        self.offset = self.offset.max(offset);
    }

    /// The next byte that is neither blank nor a line break, a comment included.
    pub(in crate::yaml) fn after_blank_lines(mut self) -> usize {
        while self.peek().is_some_and(|here| is_blank(here) || is_break(here)) {
            self.offset += 1;
        }
        self.offset
    }

    /// Passes blanks, line breaks and comments.
    pub(in crate::yaml) fn skip_space(&mut self) {
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
    pub(in crate::yaml) fn skip_properties(&mut self) {
        self.skip_space();
        while matches!(self.peek(), Some(b'&' | b'!')) {
            while self.peek().is_some_and(|here| !is_blank(here) && !is_break(here)) {
                self.offset += 1;
            }
            self.skip_space();
        }
    }

    /// Takes an indicator that stands next, after space; says where it stood.
    pub(in crate::yaml) fn take(&mut self, indicator: u8) -> Option<usize> {
        let mut ahead = *self;
        ahead.skip_space();
        if ahead.peek() != Some(indicator) {
            return None;
        }
        self.offset = ahead.offset + 1;
        Some(ahead.offset)
    }
}
