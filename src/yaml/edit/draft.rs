//! An edit before its proof: the splices that were made, and the text that they give.
//!
//! The only way to the splices leads through `prove`, which reads the new text again.

use json_patch::PatchOperation;

use super::{Splice, added, copy, splice, verify};
use crate::yaml::{Error, Kind, Node, Style, lines};

/// Splices that nobody has read again yet.
#[derive(Debug)]
pub struct Draft<'a> {
    pub(super) text: &'a str,
    pub(super) root: &'a Node<'a>,
    pub(super) patch: Vec<PatchOperation>,
    splices: Vec<Splice>,
    pub(super) new: New,
}

/// The text that a draft gives.
#[derive(Debug)]
pub(super) enum New {
    /// That of the edited node alone, at its old column.
    Alone(String),
    /// The whole text, where the node's own is not enough.
    Whole(String),
}

/// An edit that is proven.
#[derive(Debug)]
pub struct Proof<'d> {
    /// What to change in the text, in its order.
    pub splices: &'d [Splice],
    /// The edited node as the new text has it. Its spans are those of a text that is not the input.
    pub node: Node<'d>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(
        text: &'a str,
        root: &'a Node<'a>,
        patch: Vec<PatchOperation>,
        splices: Vec<Splice>,
    ) -> Self {
        let new = if needs_whole(root, &splices) {
            New::Whole(splice(text, &splices))
        } else {
            New::Alone(alone(text, root, &splices))
        };
        Self { text, root, patch, splices, new }
    }

    /// Reads the new text and holds it against the second applier; a difference is an error.
    pub fn prove(&self) -> Result<Proof<'_>, Error> {
        Ok(Proof { splices: &self.splices, node: verify::verify(self)? })
    }

    /// Proves the draft for who wants nothing but its splices.
    pub fn proven(self) -> Result<Vec<Splice>, Error> {
        self.prove()?;
        Ok(self.splices)
    }
}

/// Whether the node's own text is not enough: aliases lead out of it, or the node as a whole is replaced,
/// so that it must fit where it stands.
fn needs_whole(root: &Node<'_>, splices: &[Splice]) -> bool {
    let replaced = splices.iter().any(|splice| splice.range == root.span);
    (replaced && root.style != Style::Flow) || has_anchors(root)
}

fn has_anchors(node: &Node<'_>) -> bool {
    node.anchored
        || match &node.kind {
            Kind::Alias { .. } => true,
            Kind::Sequence(items) => items.iter().any(has_anchors),
            Kind::Mapping(entries) => {
                entries.iter().any(|entry| entry.key.anchored || has_anchors(&entry.value))
            }
            Kind::Scalar { .. } => false,
        }
}

/// The new text of a node alone, at its old column.
pub(super) fn alone(text: &str, root: &Node<'_>, splices: &[Splice]) -> String {
    let start = root.span.start;
    let mut end = splices.last().map_or(root.span.end, |last| last.range.end.max(root.span.end));
    if matches!(root.style, Style::Block | Style::Literal | Style::Folded) {
        // A block scalar at the end needs its line break, and the blank lines that it may keep.
        end = lines::end(text, end);
        let rest = text.get(end..).unwrap_or_default();
        let blank = rest.len() - rest.trim_start_matches([' ', '\n', '\r']).len();
        end = if end + blank == text.len() { text.len() } else { lines::start(text, end + blank) };
    }
    let column = lines::column(text, start);
    let mut new = String::with_capacity(column + end - start + added(splices));
    new.push_str(&" ".repeat(column));
    copy(&mut new, text, start..end, splices);
    new
}
