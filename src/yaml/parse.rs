//! Text to trees.
use super::{Error, Node};

/// Reads all documents of a text: YAML, or one JSON value.
pub fn parse(_text: &str) -> Result<Vec<Node<'_>>, Error> {
    Ok(Vec::new())
}
