//! Lines with content, one after the other, and a place in the current one.
//! It must not know what the lines mean, but for comments and document markers.

use crate::yaml::tree::lines::byte;

/// Whether a text has only characters on which all YAML readers agree: no controls, no tabs, no line
/// breaks but `\n`, no byte order mark.
pub(super) fn is_ordinary(text: &str) -> bool {
    // One pass without branches over all bytes; the lead bytes of C1 controls (NEL), of the line separators
    // and of the byte order mark ask for a second one over the characters.
    let (mut odd, mut lead) = (false, false);
    for byte in text.bytes() {
        odd |= !matches!(byte, b'\n' | b' '..=b'~' | 0x80..);
        lead |= matches!(byte, 0xc2 | 0xe2 | 0xef);
    }
    if odd {
        return false;
    }
    let is_separator = |c: char| {
        c != '\n'
            && (c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}'..='\u{ffff}'))
    };
    !lead || !text.chars().any(is_separator)
}

/// A place in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scanner<'t> {
    text: &'t str,
    /// Where the next content is.
    pub(super) offset: usize,
    /// The column of that.
    pub(super) column: usize,
    /// Where the line ends.
    pub(super) line_end: usize,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Content,
    /// At `---`.
    Marker,
    End,
}

impl<'t> Scanner<'t> {
    /// At the first content. None for what is not of the subset.
    pub(super) fn new(text: &'t str) -> Option<Self> {
        let mut scanner = Self { text, offset: 0, column: 0, line_end: 0, state: State::Content };
        scanner.find_line(0)?;
        Some(scanner)
    }

    /// Whether the document has no more content.
    #[inline]
    pub(super) fn at_end(&self) -> bool {
        self.state != State::Content
    }

    /// Passes a document marker; false at the end of the text.
    pub(super) fn next_document(&mut self) -> Option<bool> {
        if self.state == State::End {
            return Some(false);
        }
        self.find_line(self.line_end + 1)?;
        Some(true)
    }

    /// Moves to the next line with content.
    #[inline]
    pub(super) fn next_line(&mut self) -> Option<()> {
        self.find_line(self.line_end + 1)
    }

    /// Moves to the first line with content from the one that starts at an offset.
    #[inline]
    pub(super) fn find_line(&mut self, mut start: usize) -> Option<()> {
        loop {
            if start >= self.text.len() {
                (self.state, self.offset, self.column, self.line_end) = (State::End, start, 0, start);
                return Some(());
            }
            let line = self.line_from(start);
            let column = line.iter().take_while(|byte| **byte == b' ').count();
            self.line_end = start + line.len();
            match line.get(column) {
                None | Some(b'#') => start = self.line_end + 1,
                Some(first) => {
                    (self.offset, self.column, self.state) = (start + column, column, State::Content);
                    return if column == 0 { self.marker(*first, line) } else { Some(()) };
                }
            }
        }
    }

    #[inline]
    fn line_from(&self, start: usize) -> &'t [u8] {
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default()
    }

    /// The line from here on.
    #[inline]
    pub(super) fn rest_of_line(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.offset..self.line_end).unwrap_or_default()
    }

    /// Document markers and directives start lines.
    fn marker(&mut self, first: u8, line: &[u8]) -> Option<()> {
        if line == b"---" {
            self.state = State::Marker;
            return Some(());
        }
        let is_odd = first == b'%' || line.starts_with(b"---") || line.starts_with(b"...");
        (!is_odd).then_some(())
    }

    /// Whether a sequence's dash stands here.
    #[inline]
    pub(super) fn is_dash(&self) -> bool {
        byte(self.text, self.offset) == Some(b'-')
            && (self.offset + 1 == self.line_end || byte(self.text, self.offset + 1) == Some(b' '))
    }

    /// Moves over some bytes of the line, and the spaces after them.
    #[inline]
    pub(super) fn advance(&mut self, bytes: usize) {
        let start = self.offset;
        self.offset += bytes;
        while self.offset < self.line_end && byte(self.text, self.offset) == Some(b' ') {
            self.offset += 1;
        }
        self.column += self.offset - start;
    }

    /// Whether nothing but a comment is left of the line.
    #[inline]
    pub(super) fn line_rest_is_empty(&self) -> bool {
        self.offset >= self.line_end
            || (byte(self.text, self.offset) == Some(b'#') && byte(self.text, self.offset - 1) == Some(b' '))
    }
}
