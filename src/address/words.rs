//! Words of a text: their bounds, and neighbours that make them part of something longer. Must not know blocks.

use std::net::IpAddr;

/// A word and its offset in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word<'t> {
    pub(super) start: usize,
    pub(super) text: &'t str,
}

impl<'t> Word<'t> {
    pub(super) fn end(&self) -> usize {
        self.start.saturating_add(self.text.len())
    }

    /// The beginning of this word: `text` must be a prefix of it.
    pub(super) fn cut(&self, text: &'t str) -> Self {
        Self { start: self.start, text }
    }

    /// The first word at or after an offset.
    pub(super) fn find(text: &'t str, from: usize) -> Option<Self> {
        let rest = text.get(from..)?;
        let skipped = rest.find(is_part)?;
        let rest = rest.get(skipped..)?;
        let length = part_length(rest);
        Some(Self { start: from.saturating_add(skipped), text: rest.get(..length)? })
    }

    /// The word that begins exactly at an offset.
    pub(super) fn at(text: &'t str, from: usize) -> Option<Self> {
        Self::find(text, from).filter(|word| word.start == from)
    }

    /// The word as an address, all of it.
    pub(super) fn exact(&self) -> Option<IpAddr> {
        spelled(self.text)
    }

    /// The word as an address, without full stops or a colon at its end.
    pub(super) fn address(&self) -> Option<(Self, IpAddr)> {
        let read = |part| Some((self.cut(part), spelled(part)?));
        let bare = self.text.trim_end_matches('.');
        let shorter = bare.strip_suffix(':').unwrap_or(bare);
        let cut = |part: &&str| part.len() < self.text.len();
        read(self.text).or_else(|| [bare, shorter].into_iter().filter(cut).find_map(read))
    }
}

/// How many bytes of a text are of the word that it starts with. Most words are ASCII.
fn part_length(text: &str) -> usize {
    let ascii = text.bytes().take_while(|byte| byte.is_ascii() && is_part(char::from(*byte))).count();
    let goes_on = text.as_bytes().get(ascii).is_some_and(|byte| !byte.is_ascii());
    if goes_on { text.find(|c| !is_part(c)).unwrap_or(text.len()) } else { ascii }
}

/// A character of a word. A star is one: it makes a pattern of the word.
fn is_part(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | ':' | '-' | '_' | '*')
}

/// An address, unless it is a GUID that looks like one: eight groups of two digits.
fn spelled(text: &str) -> Option<IpAddr> {
    let is_byte = |byte: u8| byte.is_ascii_hexdigit() || matches!(byte, b'.' | b':');
    if !text.bytes().all(is_byte) {
        return None;
    }
    let guid = || text.len() == 23 && text.split(':').all(|group| group.len() == 2);
    text.parse().ok().filter(|_| !guid())
}

/// Whether a token may begin here: not after a variable or a percent code.
pub(super) fn may_begin(text: &str, start: usize) -> bool {
    let before = text.get(..start).unwrap_or_default();
    before.ends_with("%}") || !before.ends_with(['%', '}', ')', ']', '$', '*'])
}

/// Whether a token may end here: not before a variable, a character class or a pattern.
pub(super) fn may_end(text: &str, end: usize) -> bool {
    let after = text.get(end..).unwrap_or_default();
    let escape = |rest: &str| !rest.starts_with(['.', 'd', 'w', '[', '*']);
    match after.strip_prefix('\\') {
        Some(rest) => escape(rest),
        None => after.starts_with("{%") || !after.starts_with(['{', '(', '[', '$', '*']),
    }
}

#[cfg(test)]
mod tests {
    use super::{Word, may_begin, may_end};

    #[test]
    fn words_of_a_text() {
        let text = "a=172.17.0.80, é-b [fd00::1]:5000";
        let mut words = Vec::new();
        let mut at = 0;
        while let Some(word) = Word::find(text, at) {
            words.push(word.text);
            at = word.end();
        }
        assert_eq!(words, ["a", "172.17.0.80", "é-b", "fd00::1", ":5000"]);
    }

    #[test]
    fn which_words_are_addresses() {
        for (text, expected) in [
            ("172.17.0.80", Some("172.17.0.80")),
            ("172.17.0.80.", Some("172.17.0.80")),
            ("172.17.0.80...", Some("172.17.0.80")),
            ("172.17.0.80:", Some("172.17.0.80")),
            ("fd00::80:", Some("fd00::80")),
            ("fd00::", Some("fd00::")),
            ("fd00:::", Some("fd00::")),
            ("172.17.0.80.5", None),
            ("172.17.0.080", None),
            ("52:54:00:aa:bb:cc", None),
            ("00:11:22:33:44:55:66:77", None),
            ("12:30:45", None),
        ] {
            let word = Word::at(text, 0).unwrap();
            assert_eq!(word.address().map(|(word, _)| word.text), expected, "{text}");
        }
    }

    #[test]
    fn neighbours_that_make_it_longer() {
        for (before, after, expected) in [
            ("", "", (true, true)),
            ("%}", "{%", (true, true)),
            ("}}", "{{", (false, false)),
            ("%", "\\n", (false, true)),
            ("$", "\\d", (false, false)),
            ("\"", "\\\"", (true, true)),
        ] {
            let text = format!("{before}172.17.0.80{after}");
            assert_eq!(
                (may_begin(&text, before.len()), may_end(&text, before.len() + 11)),
                expected,
                "{text}"
            );
        }
    }
}
