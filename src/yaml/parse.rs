//! Text to trees: chooses the reader. It must not know what the trees are for.

use super::{Error, Node, events, json};

/// How deep a document may nest, aliases counted as what they stand for. Real ones stay below 30; the
/// limit lets every walk over a tree recurse.
pub const MAX_DEPTH: usize = 128;

/// Reads all documents of a text: YAML, or one JSON value.
///
/// Documents without content are skipped. A byte order mark at the start is passed over.
pub fn parse(text: &str) -> Result<Vec<Node<'_>>, Error> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    if body.trim_start().starts_with(['{', '[']) {
        let start = text.len() - body.len();
        match json::parse(text, start) {
            Ok(node) => return Ok(vec![node]),
            Err(json::Failure::Wrong(error)) => return Err(error),
            // A flow document may look like JSON without being it.
            Err(json::Failure::NotJson) => {}
        }
    }
    refuse_controls(text)?;
    events::parse(text)
}

/// Control characters are no YAML, and readers differ in what they make of them.
fn refuse_controls(text: &str) -> Result<(), Error> {
    let is_bad = |byte: u8| (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')) || byte == 0x7f;
    match text.bytes().position(is_bad) {
        None => Ok(()),
        Some(offset) => {
            let byte = text.as_bytes().get(offset).copied().unwrap_or_default();
            Err(Error::at(text, offset, format!("the control character U+{byte:04X} is not allowed")))
        }
    }
}
