//! Characters that end a line, or start a text, for some readers only.
//!
//! Go's YAML, which kustomize and kpt read with, ends a line at U+0085, U+2028 and U+2029, as YAML 1.1 has it. YAML 1.2
//! does not: an annotation behind one in a comment would be there for them and not for us, and in quotes one may become
//! a space. A byte order mark is a letter to them, but in front of a text; in quotes it is one to all.

use std::ops::Range;

use crate::yaml::tree::{Error, Kind, Node, Style};

/// Refuses such characters, but for the mark that starts the text.
pub(super) fn refuse(text: &str, documents: &[Node<'_>]) -> Result<(), Error> {
    let found = |wanted: fn(char) -> bool| text.char_indices().filter(move |(_, here)| wanted(*here));
    if let Some((offset, here)) = found(|here| matches!(here, '\u{85}' | '\u{2028}' | '\u{2029}')).next() {
        let message = format!(
            "some YAML readers end the line at this character (U+{:04X}); take it out, or write it as an escape in \
             double quotes",
            u32::from(here)
        );
        return Err(Error::at(text, offset, message));
    }
    let mut marks =
        found(|here| here == '\u{feff}').map(|(offset, _)| offset).filter(|offset| *offset > 0).peekable();
    if marks.peek().is_none() {
        return Ok(());
    }
    let mut quoted = Vec::new();
    for document in documents {
        collect(document, &mut quoted);
    }
    let is_quoted = |offset: usize| {
        let next = quoted.partition_point(|span| span.end <= offset);
        quoted.get(next).is_some_and(|span| span.contains(&offset))
    };
    match marks.find(|offset| !is_quoted(*offset)) {
        Some(offset) => {
            Err(Error::at(text, offset, "a byte order mark (U+FEFF) stands inside the text; take it out"))
        }
        None => Ok(()),
    }
}

/// The places of all quoted scalars, in the order of the text.
fn collect(node: &Node<'_>, quoted: &mut Vec<Range<usize>>) {
    match &node.kind {
        Kind::Scalar { .. } if matches!(node.style, Style::SingleQuoted | Style::DoubleQuoted) => {
            quoted.push(node.span.clone());
        }
        Kind::Sequence(items) => items.iter().for_each(|item| collect(item, quoted)),
        Kind::Mapping(entries) => entries.iter().for_each(|entry| {
            collect(&entry.key, quoted);
            collect(&entry.value, quoted);
        }),
        Kind::Scalar { .. } | Kind::Alias { .. } => {}
    }
}
