//! Keys, scalars on one line, and literal block scalars without an indentation indicator.
//! It must not know the lines around them.

use std::borrow::Cow;
use std::ops::Range;

use super::flow::Flow;
use super::node;
use super::scan::Scanner;
use crate::yaml::tree::lines::{between, byte};
use crate::yaml::tree::{Kind, Node, Style, Typed};

/// Longer keys are refused by YAML's rules.
pub(super) const LONGEST_KEY: usize = 1000;

/// A value that is not written.
pub(super) fn absent<'t>(offset: usize) -> Node<'t> {
    let kind = Kind::Scalar { text: Cow::Borrowed(""), typed: Some(Typed::Null) };
    node(offset..offset, Style::Plain, kind)
}

/// The key that starts here, and where its colon is.
#[inline]
pub(super) fn key<'t>(text: &'t str, scanner: &Scanner<'t>) -> Option<(Node<'t>, usize)> {
    let start = scanner.offset;
    let line = scanner.rest_of_line();
    let length = match line.first()? {
        b'"' | b'\'' => quoted_length(line)?,
        _ => plain_length(line).1?,
    };
    let colon = start + length;
    let ends = colon + 1 == scanner.line_end || byte(text, colon + 1) == Some(b' ');
    if byte(text, colon) != Some(b':') || !ends || length > LONGEST_KEY {
        return None;
    }
    let node = scalar(text, start..colon)?;
    Some((node, colon))
}

#[inline]
fn ends_key(line: &[u8], colon: usize) -> bool {
    matches!(line.get(colon + 1), None | Some(b' '))
}

/// Where the plain text that a line starts with ends, before a comment or with the line, and where in it the
/// first colon stands that ends a key.
#[inline]
fn plain_length(line: &[u8]) -> (usize, Option<usize>) {
    for offset in memchr::memchr2_iter(b':', b'#', line) {
        let is_colon = line.get(offset) == Some(&b':');
        if is_colon && ends_key(line, offset) {
            return (offset, Some(offset));
        }
        if !is_colon && offset.checked_sub(1).and_then(|before| line.get(before)) == Some(&b' ') {
            return (offset, None);
        }
    }
    (line.len(), None)
}

/// The scalar, or the flow collection, that starts here.
#[inline]
pub(super) fn one_line<'t>(text: &'t str, scanner: &Scanner<'t>, depth: usize) -> Option<Node<'t>> {
    let start = scanner.offset;
    let line = scanner.rest_of_line();
    let length = match line.first()? {
        b'"' | b'\'' => quoted_length(line)?,
        b'{' | b'[' => return Flow::new(text, start, scanner.line_end).collection(depth),
        _ => match plain_length(line) {
            (end, None) => line.get(..end)?.trim_ascii_end().len(),
            // A key where none can be.
            (_, Some(_)) => return None,
        },
    };
    scalar(text, start..start + length)
}

/// The length of the quoted scalar that a line starts with.
pub(super) fn quoted_length(line: &[u8]) -> Option<usize> {
    let quote = *line.first()?;
    let mut offset = 1;
    loop {
        match *line.get(offset)? {
            b'\\' if quote == b'"' => offset += 2,
            here if here != quote => offset += 1,
            _ if quote == b'\'' && line.get(offset + 1) == Some(&quote) => offset += 2,
            _ => return Some(offset + 1),
        }
    }
}

/// The scalar that is written in a span.
pub(super) fn scalar(text: &str, span: Range<usize>) -> Option<Node<'_>> {
    let raw = between(text, span.start, span.end);
    let inner = || raw.get(1..raw.len().checked_sub(1)?);
    let (style, text, typed) = match raw.bytes().next()? {
        b'"' => {
            let text = unescape(inner()?)?;
            (Style::DoubleQuoted, text, None)
        }
        b'\'' => {
            let inner = inner()?;
            let text = if inner.contains('\'') {
                Cow::Owned(inner.replace("''", "'"))
            } else {
                Cow::Borrowed(inner)
            };
            (Style::SingleQuoted, text, None)
        }
        _ if is_plain(raw) => (Style::Plain, Cow::Borrowed(raw), Typed::of(raw)),
        _ => return None,
    };
    Some(node(span, style, Kind::Scalar { text, typed }))
}

/// Whether a text without colons that end keys, and without comments, is plain to all readers.
#[inline]
fn is_plain(raw: &str) -> bool {
    let bytes = raw.as_bytes();
    let first_is_fine = match bytes.first() {
        Some(b'-') => !matches!(bytes.get(1), None | Some(b' ')),
        Some(
            b',' | b'[' | b']' | b'{' | b'}' | b'#' | b'&' | b'*' | b'!' | b'|' | b'>' | b'\'' | b'"' | b'%'
            | b'@' | b'`' | b'?' | b':' | b'<' | b'=',
        ) => false,
        Some(b'~') => raw == "~",
        first => first.is_some(),
    };
    first_is_fine && bytes.last() != Some(&b' ')
}

/// The escapes that tools write for ordinary text; none for others.
fn unescape(inner: &str) -> Option<Cow<'_, str>> {
    if !inner.contains('\\') {
        return Some(Cow::Borrowed(inner));
    }
    let mut out = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        out.push(match after.bytes().next()? {
            b'n' => '\n',
            b't' => '\t',
            b'"' => '"',
            b'\\' => '\\',
            _ => return None,
        });
        rest = after.get(1..)?;
    }
    out.push_str(rest);
    Some(Cow::Owned(out))
}

/// What becomes of the line breaks at the end.
#[derive(PartialEq, Eq)]
enum Chomping {
    Clip,
    Strip,
    Keep,
}

/// The literal block scalar that starts here; moves to the content after it.
pub(super) fn literal<'t>(text: &'t str, scanner: &mut Scanner<'t>, parent: usize) -> Option<Node<'t>> {
    let start = scanner.offset;
    let chomping = match between(text, start, scanner.line_end) {
        "|" => Chomping::Clip,
        "|-" => Chomping::Strip,
        "|+" => Chomping::Keep,
        _ => return None,
    };
    let first = scanner.line_end + 1;
    let column = text.get(first..)?.bytes().take_while(|byte| *byte == b' ').count();
    if column <= parent {
        return None;
    }
    let mut content = String::new();
    // After the last line with content, and after the last line of all.
    let (mut end, mut offset, mut blank) = (first, first, 0);
    while let Some((line, _)) = text.get(offset..)?.split_once('\n') {
        let indent = line.bytes().take_while(|byte| *byte == b' ').count();
        if line.is_empty() {
            blank += 1;
        } else if indent == line.len() {
            return None;
        } else if indent < column {
            break;
        } else {
            content.extend(std::iter::repeat_n('\n', blank));
            content.push_str(line.get(column..)?);
            content.push('\n');
            (end, blank) = (offset + line.len(), 0);
        }
        offset += line.len() + 1;
    }
    // A last line without its break needs care that is not worth its while.
    if content.is_empty() || (offset < text.len() && !text.get(offset..)?.contains('\n')) {
        return None;
    }
    match chomping {
        Chomping::Clip => {}
        Chomping::Strip => content.truncate(content.len() - 1),
        Chomping::Keep => {
            content.extend(std::iter::repeat_n('\n', blank));
            end += blank;
        }
    }
    scanner.find_line(offset)?;
    Some(node(start..end, Style::Literal, Kind::Scalar { text: Cow::Owned(content), typed: None }))
}
