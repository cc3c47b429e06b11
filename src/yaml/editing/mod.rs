//! RFC 6902 operations to byte ranges and their new text.
//!
//! `change` turns a patch into changes of nodes, `block` and `flow` turn those into splices, `write` and
//! `scalar` make the new text, `verify` reads it again: the only way to the splices leads through that.
//! Nothing here may know what the documents mean, nor how a reader works.

mod around;
mod block;
mod change;
mod document;
mod flow;
mod join;
#[cfg(test)]
mod laws;
mod layout;
mod literal;
mod outcome;
mod place;
mod plain;
mod reduce;
mod scalar;
mod sequence;
mod splices;
mod verify;
mod write;

use json_patch::PatchOperation;

use crate::yaml::tree::{Error, Kind, Node, Style, lines};

pub use around::{Around, Renewed};
pub use document::{document, scalar};
pub use join::{Unjoinable, joined};
pub use splices::{Splice, Splices, splice};
use splices::{added, copy};

/// The splices that make `root`'s text say what `patch` says of its value, proven by reading the new
/// text again.
///
/// `root` is any node of the text's trees; the paths start from it. The operations must not depend on
/// each other: no path may lead to, or through, what another one changes. `move` gives a key another name within its
/// mapping and comes behind what changes below the key. `test` is passed over, any other `move` and `copy` are refused.
pub fn edit(text: &str, root: &Node<'_>, patch: &[PatchOperation]) -> Result<Splices, Error> {
    draft(text, root, patch.to_vec())?.map_or_else(|| Ok(Splices::default()), Draft::proven)
}

/// The same edit with its proof left to the caller, who wants the tree of the new text too; none where nothing changes.
pub fn draft<'a>(
    text: &'a str,
    root: &'a Node<'a>,
    mut patch: Vec<PatchOperation>,
) -> Result<Option<Draft<'a>>, Error> {
    patch.retain(|operation| !matches!(operation, PatchOperation::Test(_)));
    let splices = planned(text, root, &patch)?;
    Ok(splices.map(|splices| Draft::new(text, root, patch, splices)))
}

/// The splices of a patch that nobody has proven; none where nothing changes.
fn planned(text: &str, root: &Node<'_>, patch: &[PatchOperation]) -> Result<Option<Splices>, Error> {
    let Some(change) = change::read(text, root, patch)? else { return Ok(None) };
    let mut editor = place::Editor::new(text, root);
    editor.apply(root, &place::Place::Root, &change)?;
    let splices = Splices::new(text, editor.splices)?;
    match splices.first().filter(|first| first.range.start < root.span.start) {
        None => Ok(Some(splices)),
        Some(first) => Err(Error::at(text, first.range.start, "this edit would reach out of what it is for")),
    }
}

/// Splices that nobody has read again yet.
#[derive(Debug)]
pub struct Draft<'a> {
    text: &'a str,
    root: &'a Node<'a>,
    patch: Vec<PatchOperation>,
    splices: Splices,
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
    pub splices: &'d Splices,
    /// The edited node as the new text has it. Its spans are those of a text that is not the input.
    pub node: Node<'d>,
}

impl<'a> Draft<'a> {
    fn new(text: &'a str, root: &'a Node<'a>, patch: Vec<PatchOperation>, splices: Splices) -> Self {
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
    pub fn proven(self) -> Result<Splices, Error> {
        self.prove()?;
        Ok(self.splices)
    }
}

/// Whether the node's own text is not enough: aliases lead out of it, or the node as a whole is replaced,
/// so that it must fit where it stands.
fn needs_whole(root: &Node<'_>, splices: &Splices) -> bool {
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
fn alone(text: &str, root: &Node<'_>, splices: &Splices) -> String {
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
