//! RFC 6902 operations to byte ranges and their new text.
//!
//! `change` turns a patch into changes of nodes, `block` and `flow` turn those into splices, `write` and
//! `scalar` make the new text, `verify` reads it again: the only way to the splices leads through that.
//! Nothing here may know what the documents mean, nor how a reader works.

mod block;
mod change;
mod flow;
mod layout;
mod literal;
mod place;
mod plain;
mod reduce;
mod scalar;
mod sequence;
mod verify;
mod write;

use std::ops::Range;

use json_patch::PatchOperation;

use crate::yaml::tree::{Error, Kind, Node, Style, lines};

/// A byte range of the input and the text that takes its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Splice {
    /// The bytes that go; empty for an insertion.
    pub range: Range<usize>,
    /// What comes in their place.
    pub text: String,
}

/// The splices that make `root`'s text say what `patch` says of its value, proven by reading the new
/// text again.
///
/// `root` is any node of the text's trees; the paths start from it. The operations must not depend on
/// each other: no path may lead to, or through, what another one changes. `test` is passed over, `move`
/// and `copy` are refused. The splices are in the order of the text and do not overlap.
pub fn edit(text: &str, root: &Node<'_>, patch: &[PatchOperation]) -> Result<Vec<Splice>, Error> {
    draft(text, root, patch.to_vec())?.map_or_else(|| Ok(Vec::new()), Draft::proven)
}

/// The same edit with its proof left to the caller, who wants the tree of the new text too; none where nothing changes.
pub fn draft<'a>(
    text: &'a str,
    root: &'a Node<'a>,
    mut patch: Vec<PatchOperation>,
) -> Result<Option<Draft<'a>>, Error> {
    patch.retain(|operation| !matches!(operation, PatchOperation::Test(_)));
    let Some(change) = change::read(text, root, &patch)? else { return Ok(None) };
    let mut editor = place::Editor::new(text, root);
    editor.apply(root, &place::Place::Root, &change)?;
    let splices = sorted(text, root, editor.splices)?;
    Ok(Some(Draft::new(text, root, patch, splices)))
}

/// The splices in the order of the text; those at one place stay in the order in which they were made.
fn sorted(text: &str, root: &Node<'_>, mut splices: Vec<Splice>) -> Result<Vec<Splice>, Error> {
    splices.retain(|splice| !splice.range.is_empty() || !splice.text.is_empty());
    splices.sort_by_cached_key(|splice| (splice.range.start, splice.range.end));
    let mut end = root.span.start;
    for splice in &splices {
        if splice.range.start < end {
            let message = "these operations change the same text; make them in separate edits";
            return Err(Error::at(text, splice.range.start, message));
        }
        end = splice.range.end;
    }
    Ok(splices)
}

/// Splices that nobody has read again yet.
#[derive(Debug)]
pub struct Draft<'a> {
    text: &'a str,
    root: &'a Node<'a>,
    patch: Vec<PatchOperation>,
    splices: Vec<Splice>,
    new: New,
}

/// The text that a draft gives.
#[derive(Debug)]
enum New {
    /// That of the edited node alone.
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
    fn new(text: &'a str, root: &'a Node<'a>, patch: Vec<PatchOperation>, splices: Vec<Splice>) -> Self {
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

/// The new text of a node alone, at its old column where that means something.
fn alone(text: &str, root: &Node<'_>, splices: &[Splice]) -> String {
    let start = root.span.start;
    let mut end = splices.last().map_or(root.span.end, |last| last.range.end.max(root.span.end));
    if matches!(root.style, Style::Block | Style::Literal | Style::Folded) {
        // A block scalar at the end needs its line break, and the blank lines that it may keep.
        end = lines::end(text, end);
        let rest = text.get(end..).unwrap_or_default();
        let blank = rest.len() - rest.trim_start_matches([' ', '\n', '\r']).len();
        end = if end + blank == text.len() { text.len() } else { lines::start(text, end + blank) };
    }
    // Brackets have no column, and a list on one line has a long way to its later ones.
    let column = if root.style == Style::Flow { 0 } else { lines::column(text, start) };
    let mut new = String::with_capacity(column + end - start + added(splices));
    new.push_str(&" ".repeat(column));
    copy(&mut new, text, start..end, splices);
    new
}

/// The text with all splices made. They must be in the order of the text, as `edit` returns them.
#[must_use]
pub fn splice(text: &str, splices: &[Splice]) -> String {
    let mut result = String::with_capacity(text.len() + added(splices));
    copy(&mut result, text, 0..text.len(), splices);
    result
}

/// How many bytes the splices bring.
fn added(splices: &[Splice]) -> usize {
    splices.iter().map(|splice| splice.text.len()).sum()
}

/// Copies a part of the text with the splices that lie in it.
fn copy(result: &mut String, text: &str, part: Range<usize>, splices: &[Splice]) {
    let mut copied = part.start;
    for splice in splices {
        result.push_str(text.get(copied..splice.range.start).unwrap_or_default());
        result.push_str(&splice.text);
        copied = splice.range.end;
    }
    result.push_str(text.get(copied..part.end).unwrap_or_default());
}
