//! The tree of a document, each node with its byte range in the input, and places in a text.
//!
//! What readers make and editors look at. This room must not know how a text is read, nor that it can be edited.

mod entries;
mod error;
pub(in crate::yaml) mod lines;
mod typed;

use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;

use json_patch::jsonptr::{Pointer, Token};
use serde_json::Value;

pub(in crate::yaml) use entries::Keys;
pub use entries::{Entries, Entry};
pub use error::{Error, Position};
pub use typed::Typed;

/// How deep a document may nest, aliases counted as what they stand for. Real ones stay below 30; the
/// limit lets every walk over a tree recurse.
pub const MAX_DEPTH: usize = 128;

/// How a node is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// An indented mapping or sequence.
    Block,
    /// `{…}` or `[…]`, JSON included.
    Flow,
    /// A scalar without quotes; an absent value is a plain null of no length.
    Plain,
    /// `'…'`.
    SingleQuoted,
    /// `"…"`.
    DoubleQuoted,
    /// `|`.
    Literal,
    /// `>`.
    Folded,
}

/// What a node holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind<'t> {
    /// A scalar: its text after quotes, escapes and folding, and what that text means.
    Scalar {
        /// The text that a reader gets.
        text: Cow<'t, str>,
        /// A null, bool or number, as Go's yaml.v3 resolves it (`yes` and `on` are strings); none for a string,
        /// whose value is the text. A value twice in the tree would be half of its memory.
        typed: Option<Typed>,
    },
    /// A sequence.
    Sequence(Vec<Node<'t>>),
    /// A mapping.
    Mapping(Entries<'t>),
    /// `*name`, with the node that it stands for.
    Alias {
        /// The anchor's name.
        name: Cow<'t, str>,
        /// The anchored node.
        target: Rc<Node<'t>>,
    },
}

/// A value of a document and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node<'t> {
    /// The bytes of the node without its anchor and tag, without a comment after it.
    pub span: Range<usize>,
    /// How it is written.
    pub style: Style,
    /// Whether an anchor (`&name`) stands before it.
    pub anchored: bool,
    /// Whether an explicit tag (`!!str`) stands before it.
    pub tagged: bool,
    /// What it holds.
    pub kind: Kind<'t>,
}

impl<'t> Node<'t> {
    /// The node itself, or the one that an alias stands for.
    #[must_use]
    #[inline]
    pub fn resolved(&self) -> &Self {
        match &self.kind {
            Kind::Alias { target, .. } => target.resolved(),
            _ => self,
        }
    }

    /// The entries of a mapping; none for anything else.
    #[must_use]
    pub fn entries(&self) -> &[Entry<'t>] {
        match &self.resolved().kind {
            Kind::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a sequence; none for anything else.
    #[must_use]
    pub fn items(&self) -> &[Node<'t>] {
        match &self.resolved().kind {
            Kind::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The value of a mapping's key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        match &self.resolved().kind {
            Kind::Mapping(entries) => entries.value_of(key),
            _ => None,
        }
    }

    /// The value at an RFC 6901 pointer.
    #[must_use]
    pub fn at(&self, pointer: &Pointer) -> Option<&Self> {
        let (mut node, mut rest) = (self, pointer.as_str().strip_prefix('/'));
        while let Some(path) = rest {
            let end = path.bytes().position(|byte| byte == b'/').unwrap_or(path.len());
            let (token, more) = path.split_at_checked(end)?;
            node = if token.bytes().any(|byte| byte == b'~') {
                node.step(&Token::from_encoded(token).ok()?.decoded())?
            } else {
                node.step(token)?
            };
            rest = more.strip_prefix('/');
        }
        Some(node)
    }

    /// The value of a mapping's key, or of a sequence's place.
    #[must_use]
    pub fn step(&self, token: &str) -> Option<&Self> {
        match &self.resolved().kind {
            Kind::Sequence(items) => items.get(token.parse::<usize>().ok()?),
            _ => self.get(token),
        }
    }

    /// A scalar's text, whatever its type.
    #[must_use]
    #[inline]
    pub fn text(&self) -> Option<&str> {
        match &self.resolved().kind {
            Kind::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// A string scalar's text.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.resolved().kind {
            Kind::Scalar { text, typed: None } => Some(text),
            _ => None,
        }
    }

    /// A bool; also YAML 1.1's unquoted `yes`, `no`, `on`, `off`, which kubectl reads so.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        let node = self.resolved();
        match &node.kind {
            Kind::Scalar { typed: Some(Typed::Bool(value)), .. } => Some(*value),
            Kind::Scalar { text, .. } if node.style == Style::Plain => {
                match text.to_ascii_lowercase().as_str() {
                    "yes" | "on" | "y" => Some(true),
                    "no" | "off" | "n" => Some(false),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// Whether this is a null, written or absent.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(&self.resolved().kind, Kind::Scalar { typed: Some(Typed::Null), .. })
    }

    /// Whether the typed value is this one, without making it.
    #[must_use]
    pub fn is(&self, value: &Value) -> bool {
        match (&self.kind, value) {
            (Kind::Scalar { typed: Some(typed), .. }, value) => typed.is(value),
            (Kind::Scalar { text, typed: None }, value) => value.as_str() == Some(text),
            (Kind::Sequence(items), Value::Array(values)) => {
                items.len() == values.len() && items.iter().zip(values).all(|(item, value)| item.is(value))
            }
            (Kind::Mapping(entries), Value::Object(values)) => {
                let is_value =
                    |entry: &Entry<'_>| values.get(entry.name()).is_some_and(|value| entry.value.is(value));
                entries.len() == values.len() && entries.iter().all(is_value)
            }
            (Kind::Alias { .. }, value) => self.to_value() == *value,
            _ => false,
        }
    }

    /// The typed value. An alias is an opaque marker, so that no alias bomb unfolds.
    #[must_use]
    pub fn to_value(&self) -> Value {
        match &self.kind {
            Kind::Scalar { typed: Some(typed), .. } => typed.to_value(),
            Kind::Scalar { text, .. } => Value::String(text.to_string()),
            Kind::Sequence(items) => items.iter().map(Node::to_value).collect(),
            Kind::Mapping(entries) => Value::Object(
                entries
                    .iter()
                    .map(|entry| (entry.key.text().unwrap_or_default().to_owned(), entry.value.to_value()))
                    .collect(),
            ),
            Kind::Alias { name, .. } => Value::String(format!("\u{0}alias {name}")),
        }
    }
}
