//! A scalar in the place of a scalar: keeps the quotes, the block, and the line breaks where it can.
//! Whatever is more than one plain or quoted word is read again before it is used.

use serde_json::Value;

use super::literal::{Header, literal};
use super::place::Place;
use super::plain::may_stay;
use super::write::{double_quoted, is_unprintable, leaf, string};
use crate::yaml::reading::parse;
use crate::yaml::tree::{Kind, Node, Style, lines};

/// The text of a leaf value in the place of a node.
pub(super) fn replacement(text: &str, node: &Node<'_>, value: &Value, place: &Place, ending: &str) -> String {
    let quoted = match place {
        Place::Flow(layout) => layout.quoted,
        Place::Block { .. } => false,
        // It may be JSON.
        Place::Root => node.style == Style::Flow,
    };
    let (Value::String(new), Kind::Scalar { text: old, typed }) = (value, &node.kind) else {
        return after_header(text, node, leaf(value, quoted));
    };
    let raw = lines::between(text, node.span.start, node.span.end);
    let rewrite = Rewrite { text, raw, old, new, place, at_end: node.span.end == text.len() };
    match node.style {
        Style::SingleQuoted => rewrite.single_quoted(),
        Style::DoubleQuoted => rewrite
            .in_words("\"", |word| Some(double_quoted_part(word)))
            .unwrap_or_else(|| double_quoted(new)),
        Style::Plain if typed.is_none() => rewrite.plain(quoted),
        Style::Literal | Style::Folded => rewrite
            .in_block_words(node.style)
            .or_else(|| literal(text, node, new, place, ending).filter(|candidate| rewrite.reads(candidate)))
            .unwrap_or_else(|| after_header(text, node, double_quoted(new))),
        _ => string(new, quoted),
    }
}

/// The text of a key in the place of another, in that one's quotes where it can be.
pub(super) fn key(node: &Node<'_>, new: &str, in_flow: bool) -> String {
    let single = || Some(format!("'{}'", single_quoted_part(new)?));
    let text = match node.style {
        Style::SingleQuoted => single(),
        Style::Plain if may_stay(new, in_flow) => Some(new.to_owned()),
        _ => None,
    };
    text.unwrap_or_else(|| double_quoted(new))
}

/// The comment on a block scalar's header line stays on the line of what replaces it.
fn after_header(text: &str, node: &Node<'_>, new: String) -> String {
    new + Header::of(text, node).map_or("", |header| header.comment)
}

fn double_quoted_part(word: &str) -> String {
    let quoted = double_quoted(word);
    lines::between(&quoted, 1, quoted.len().saturating_sub(1)).to_owned()
}

fn single_quoted_part(word: &str) -> Option<String> {
    (!word.chars().any(is_unprintable)).then(|| word.replace('\'', "''"))
}

struct Rewrite<'a> {
    text: &'a str,
    raw: &'a str,
    old: &'a str,
    new: &'a str,
    place: &'a Place,
    /// Whether the scalar ends with the text.
    at_end: bool,
}

impl Rewrite<'_> {
    fn single_quoted(&self) -> String {
        self.in_words("'", single_quoted_part).unwrap_or_else(|| {
            single_quoted_part(self.new).map_or_else(|| double_quoted(self.new), |part| format!("'{part}'"))
        })
    }

    fn plain(&self, quoted: bool) -> String {
        let in_flow = self.place.layout().is_some();
        if may_stay(self.new, in_flow) {
            return self.new.to_owned();
        }
        let word = |word: &str| may_stay(word, in_flow).then(|| word.to_owned());
        self.in_words("", word).unwrap_or_else(|| string(self.new, quoted))
    }

    /// The raw text with the changed words replaced where they stand, if old and new differ in words only
    /// and there are several.
    fn in_words(&self, quote: &str, write: impl Fn(&str) -> Option<String>) -> Option<String> {
        let inner = self.raw.strip_prefix(quote)?.strip_suffix(quote)?;
        let written = replace_words(inner, self.old, self.new, write)?;
        Some(format!("{quote}{written}{quote}")).filter(|candidate| self.reads(candidate))
    }

    fn in_block_words(&self, style: Style) -> Option<String> {
        if style == Style::Literal {
            return None;
        }
        let start = lines::next(self.raw, 0);
        let (header, body) = self.raw.split_at_checked(start)?;
        let written = replace_words(body, self.old, self.new, |word| Some(word.to_owned()))?;
        Some(format!("{header}{written}")).filter(|candidate| self.reads(candidate))
    }

    /// Whether a candidate is read back as the new text, in a document that has only this place.
    fn reads(&self, candidate: &str) -> bool {
        let ending = if self.at_end && !self.text.ends_with('\n') { "" } else { "\n" };
        let document = self.place.sample(candidate, ending);
        let Ok(nodes) = parse(&document) else { return false };
        let [node] = nodes.as_slice() else { return false };
        let found = match &node.kind {
            Kind::Mapping(entries) => entries.first().map(|entry| &entry.value),
            Kind::Sequence(items) => items.first(),
            _ => Some(node),
        };
        found.and_then(Node::as_str) == Some(self.new)
    }
}

/// Replaces the words of a raw text that differ between two decoded texts. None unless all three have the
/// same number of words, at least two, and the decoded texts the same space between them.
fn replace_words(raw: &str, old: &str, new: &str, write: impl Fn(&str) -> Option<String>) -> Option<String> {
    let (old, new, raw) = (pieces(old), pieces(new), pieces(raw));
    if old.len() != new.len() || old.len() != raw.len() || old.len() < 3 {
        return None;
    }
    let mut out = String::new();
    for ((raw, old), new) in raw.iter().zip(&old).zip(&new) {
        out.push_str(raw.space);
        if old.space != new.space {
            return None;
        }
        if old.word == new.word {
            out.push_str(raw.word);
        } else {
            out.push_str(&write(new.word)?);
        }
    }
    Some(out)
}

/// Space, and the word after it.
struct Piece<'t> {
    space: &'t str,
    word: &'t str,
}

/// A text as pieces; the last one's word is empty.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
    let (mut rest, mut pieces) = (text, Vec::new());
    loop {
        let word_and_more = rest.trim_start_matches(is_space);
        let (space, _) = rest.split_at(rest.len() - word_and_more.len());
        let word_end = word_and_more.find(is_space).unwrap_or(word_and_more.len());
        let (word, more) = word_and_more.split_at(word_end);
        pieces.push(Piece { space, word });
        if word.is_empty() {
            return pieces;
        }
        rest = more;
    }
}
