//! RFC 6902 operations to byte ranges and their new text.
//!
//! `change` turns a patch into changes of nodes, `block` and `flow` turn those into splices, `write` and
//! `scalar` make the new text, `verify` reads it again. Nothing here may know what the documents mean.

mod block;
mod change;
mod draft;
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

pub use draft::{Draft, Proof};

use std::ops::Range;

use json_patch::PatchOperation;

use super::{Error, Node};

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
    let Some(change) = change::plan(text, root, &patch)? else { return Ok(None) };
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
