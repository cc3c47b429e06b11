//! What stands in a manifest may be anything: here it is made fit for a terminal and a log.

use std::borrow::Cow;
use std::fmt::Write as _;

/// A text in one line that changes nothing around it: what controls a terminal, ends a line or turns the direction of
/// reading is written out (`\n`, `\u{1b}`).
#[must_use]
pub fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' => safe.push_str("\\n"),
            '\r' => safe.push_str("\\r"),
            '\t' => safe.push_str("\\t"),
            c if is_unsafe(c) => write!(safe, "\\u{{{:x}}}", u32::from(c)).unwrap_or_default(),
            c => safe.push(c),
        }
    }
    Cow::Owned(safe)
}

/// Lines of a text as they are but for what a terminal would not show: one mark stands for each of those.
#[must_use]
pub fn shown(text: &str) -> Cow<'_, str> {
    let is_marked = |c: char| is_unsafe(c) && !matches!(c, '\n' | '\t');
    if !text.contains(is_marked) {
        return Cow::Borrowed(text);
    }
    // A line's end may be of two characters.
    let lines = text.split_inclusive('\n').map(|line| match line.strip_suffix("\r\n") {
        Some(line) => line.replace(is_marked, "\u{fffd}") + "\r\n",
        None => line.replace(is_marked, "\u{fffd}"),
    });
    Cow::Owned(lines.collect())
}

/// Control characters (C0, C1, DEL), line and paragraph separators, and what turns the direction of reading.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::{escaped, shown};

    #[test]
    fn nothing_that_controls_a_terminal_stays() {
        assert_eq!(
            escaped("a\n::error::b\u{1b}[31m\u{7}\u{9b}\u{202e}"),
            "a\\n::error::b\\u{1b}[31m\\u{7}\\u{9b}\\u{202e}"
        );
        assert_eq!(escaped("größe: \"{name}\""), "größe: \"{name}\"");
    }

    #[test]
    fn lines_stay_lines() {
        assert_eq!(shown("a: 1\r\nb:\t\u{1b}c\r\n"), "a: 1\r\nb:\t\u{fffd}c\r\n");
    }
}
