//! Text to trees by three readers: one of JSON, one of what tools write, one of all YAML. This file chooses.
//!
//! A reader accepts a text or leaves it to the next; where two accept one they read the same, to the byte. This room
//! must not know what the trees are for.

mod breaks;
mod by_event;
mod by_line;
mod json;

use crate::yaml::tree::{Error, Node};

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
    if let Some(documents) = by_line::parse(text) {
        return Ok(documents);
    }
    thorough(text)
}

/// Reads YAML with the event parser, which knows all of it.
fn thorough(text: &str) -> Result<Vec<Node<'_>>, Error> {
    refuse_controls(text)?;
    let documents = by_event::parse(text)?;
    breaks::refuse(text, &documents)?;
    Ok(documents)
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
