//! What explicit tags (`!!str`) and the merge key (`<<`) say of a node.
//!
//! A tag is read where every YAML reader of the chain reads it alike. All others are refused: kustomize makes a string
//! of `!foo 1`, decodes `!!binary`, and kpt drops a `!`. This file must not know the event parser.

use crate::yaml::tree::{Node, Style, Typed};

/// What an explicit tag says of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TagKind {
    /// There is no tag.
    None,
    /// `!!str`: a string, whatever it looks like.
    Text,
    /// `!!int`.
    Integer,
    /// `!!float`.
    Float,
    /// `!!bool`.
    Bool,
    /// `!!null`.
    Null,
    /// `!!map`.
    Mapping,
    /// `!!seq`.
    Sequence,
    /// `!!merge`, which Go's writer puts before every `<<`, a string's value too.
    Merge,
    /// Any other.
    Foreign,
}

/// Why a tag is refused that says nothing of its value, or something else than its value does.
pub(super) const UNLIKE: &str = "YAML readers differ on what this tag makes of the value; take the tag out";

/// Why a merge key is refused: an edit beside it would be made without the keys that it brings in.
pub(super) const MERGE_KEY: &str =
    "the merge key (<<) brings in keys from elsewhere; write them out in its place";

/// The type of a scalar; the error says why its tag is refused.
pub(super) fn typed(tag: TagKind, text: &str, style: Style) -> Result<Option<Typed>, &'static str> {
    let typed = match tag {
        TagKind::None if style != Style::Plain => None,
        TagKind::Text => None,
        _ => Typed::of(text),
    };
    let fits = match (tag, &typed) {
        (TagKind::None | TagKind::Text, _)
        | (TagKind::Float, Some(Typed::Number(_)))
        | (TagKind::Bool, Some(Typed::Bool(_)))
        | (TagKind::Null, Some(Typed::Null)) => true,
        (TagKind::Integer, Some(Typed::Number(number))) => !number.is_f64(),
        (TagKind::Merge, None) => text == "<<",
        _ => false,
    };
    if fits { Ok(typed) } else { Err(UNLIKE) }
}

/// Whether a mapping's key is the merge key: in quotes, or as `!!str`, it is a key like any other.
pub(super) fn is_merge_key(tag: TagKind, key: &Node<'_>) -> bool {
    let is_bare = key.style == Style::Plain && tag == TagKind::None;
    (is_bare || tag == TagKind::Merge) && key.text() == Some("<<")
}
