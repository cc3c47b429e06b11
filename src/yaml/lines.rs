//! Lines and columns of a text by byte offset. It must not know YAML.

/// Whether a byte ends a line.
pub(super) fn is_break(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// Whether a byte is a space or a tab.
pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// The byte at an offset; none at the end.
pub(super) fn byte(text: &str, offset: usize) -> Option<u8> {
    text.as_bytes().get(offset).copied()
}

/// The part of a text between two offsets; empty when they make no range of it.
pub(super) fn between(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or_default()
}

/// Where the line of an offset starts.
pub(super) fn start(text: &str, offset: usize) -> usize {
    let before = text.as_bytes().get(..offset).unwrap_or_default();
    before.iter().rposition(|byte| is_break(*byte)).map_or(0, |found| found + 1)
}

/// Where the line of an offset ends, before its line break.
pub(super) fn end(text: &str, offset: usize) -> usize {
    let after = text.as_bytes().get(offset..).unwrap_or_default();
    after.iter().position(|byte| is_break(*byte)).map_or(text.len(), |found| offset + found)
}

/// The offset after the line break at an offset; the same offset when there is none.
pub(super) fn after_break(text: &str, offset: usize) -> usize {
    match (byte(text, offset), byte(text, offset + 1)) {
        (Some(b'\r'), Some(b'\n')) => offset + 2,
        (Some(b'\r' | b'\n'), _) => offset + 1,
        _ => offset,
    }
}

/// The offset before the line break that ends at an offset; none when no line break does.
pub(super) fn before_break(text: &str, offset: usize) -> Option<usize> {
    let line = text.get(..offset)?;
    let line = line
        .strip_suffix('\n')
        .map_or_else(|| line.strip_suffix('\r'), |line| Some(line.strip_suffix('\r').unwrap_or(line)));
    line.map(str::len)
}

/// The start of the line after the one of an offset.
pub(super) fn next(text: &str, offset: usize) -> usize {
    after_break(text, end(text, offset))
}

/// The text of a line up to an offset in it.
pub(super) fn prefix(text: &str, offset: usize) -> &str {
    let line = start(text, offset);
    between(text, line, offset).trim_start_matches('\u{feff}')
}

/// The column of an offset, in characters from zero.
pub(super) fn column(text: &str, offset: usize) -> usize {
    prefix(text, offset).chars().count()
}

/// Whether nothing but spaces stands before an offset on its line.
pub(super) fn is_first(text: &str, offset: usize) -> bool {
    prefix(text, offset).bytes().all(|byte| byte == b' ')
}

/// How far the line of an offset is indented.
pub(super) fn indent(text: &str, offset: usize) -> usize {
    let line = start(text, offset);
    let rest = text.get(line..).unwrap_or_default();
    rest.trim_start_matches('\u{feff}').bytes().take_while(|byte| *byte == b' ').count()
}

/// The line break that the text uses.
pub(super) fn ending(text: &str) -> &'static str {
    match text.find('\n') {
        Some(found) if found > 0 && byte(text, found - 1) == Some(b'\r') => "\r\n",
        _ => "\n",
    }
}
