//! A collection that is open while a YAML text is read, and where block scalars end.

use std::ops::Range;

use super::build::{Properties, Scalar};
use crate::yaml::tree::lines::{self, between, is_blank};
use crate::yaml::tree::{Entry, Error, Keys, Kind, Node, Style};

/// How much a node holds, an alias counted as what it stands for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Extent {
    /// How many levels there are below the node.
    pub(super) height: usize,
    /// How many values there are below the node.
    pub(super) size: usize,
}

impl Extent {
    /// That of a node, seen by the collection around it.
    pub(super) fn around(self) -> Self {
        Self { height: self.height + 1, size: self.size.saturating_add(1) }
    }

    fn add(&mut self, child: Self) {
        self.height = self.height.max(child.height);
        self.size = self.size.saturating_add(child.size);
    }
}

/// A collection whose end has not been read.
pub(super) struct Frame<'t> {
    pub(super) start: usize,
    pub(super) style: Style,
    pub(super) properties: Properties,
    /// What its children hold so far.
    pub(super) extent: Extent,
    content: Content<'t>,
}

enum Content<'t> {
    Sequence(Vec<Node<'t>>),
    Mapping { entries: Vec<Entry<'t>>, keys: Keys<'t>, key: Option<Node<'t>> },
}

impl<'t> Frame<'t> {
    pub(super) fn sequence(start: usize, style: Style, properties: Properties) -> Self {
        Self { start, style, properties, extent: Extent::default(), content: Content::Sequence(Vec::new()) }
    }

    pub(super) fn mapping(start: usize, style: Style, properties: Properties) -> Self {
        let content = Content::Mapping { entries: Vec::new(), keys: Keys::default(), key: None };
        Self { start, style, properties, extent: Extent::default(), content }
    }

    pub(super) fn is_sequence(&self) -> bool {
        matches!(self.content, Content::Sequence(_))
    }

    fn key(&self) -> Option<&Node<'t>> {
        match &self.content {
            Content::Mapping { key, .. } => key.as_ref(),
            Content::Sequence(_) => None,
        }
    }

    /// Where the key is whose value comes next.
    pub(super) fn key_span(&self) -> Option<Range<usize>> {
        self.key().map(|key| key.span.clone())
    }

    /// How the key is written whose value comes next.
    pub(super) fn key_style(&self) -> Option<Style> {
        self.key().map(|key| key.style)
    }

    /// Whether the next child is the key of a mapping.
    pub(super) fn awaits_key(&self) -> bool {
        !self.is_sequence() && self.key().is_none()
    }

    /// Adds a key, a value, or an item.
    pub(super) fn add(&mut self, text: &str, node: Node<'t>, extent: Extent) -> Result<(), Error> {
        self.extent.add(extent);
        match &mut self.content {
            Content::Sequence(items) => items.push(node),
            Content::Mapping { entries, keys, key } => {
                if let Some(key) = key.take() {
                    entries.push(Entry { key, value: node });
                    return Ok(());
                }
                if !matches!(node.kind, Kind::Scalar { .. }) || node.span.is_empty() {
                    return Err(complex_key(text, node.span.start));
                }
                keys.add(text, entries, &node)?;
                *key = Some(node);
            }
        }
        Ok(())
    }

    /// Where the last child ends.
    pub(super) fn end(&self) -> usize {
        let last = match &self.content {
            Content::Sequence(items) => items.last(),
            Content::Mapping { entries, .. } => entries.last().map(|entry| &entry.value),
        };
        last.map_or(self.start, |last| last.span.end)
    }

    /// The complete node.
    pub(super) fn close(self, end: usize) -> Node<'t> {
        let kind = match self.content {
            Content::Sequence(items) => Kind::Sequence(items),
            Content::Mapping { entries, .. } => Kind::Mapping(entries.into()),
        };
        Node { span: self.start..end, style: self.style, anchored: false, tagged: false, kind }
    }
}

/// Whether only blanks stand between two offsets.
pub(super) fn is_blank_before(text: &str, start: usize, end: usize) -> bool {
    between(text, start, end).bytes().all(is_blank)
}

/// Only scalars that are written out are keys.
pub(super) fn complex_key(text: &str, offset: usize) -> Error {
    Error::at(text, offset, "the key of a mapping is not a simple scalar")
}

/// Where a block scalar ends that starts (with its header) at an offset: after its last content line,
/// before that line's break. Blank lines at the end are content of a scalar that keeps them (`+`).
pub(super) fn block_scalar_end(text: &str, start: usize, scalar: &Scalar<'_>) -> usize {
    let raw = between(text, start, scalar.range.end.max(start));
    let (header, _) = raw.split_once(['\n', '\r']).unwrap_or((raw, ""));
    let written =
        if raw.len() > header.len() { header } else { between(text, start, lines::end(text, start)) };
    let indicators = written.split(['#', ' ', '\t']).next().unwrap_or_default();
    let keep = indicators.contains('+');
    let mut kept = trim_partial_line(raw);
    while kept.len() > written.len() {
        kept = kept.strip_suffix('\n').map_or(kept, |cut| cut.strip_suffix('\r').unwrap_or(cut));
        kept = kept.strip_suffix('\r').unwrap_or(kept);
        let line = kept.rfind(['\n', '\r']).map_or(0, |found| found + 1);
        let last = kept.get(line..).unwrap_or_default();
        let blank = line > 0
            && last.bytes().all(|byte| byte == b' ')
            && last.len() <= scalar.indent.unwrap_or(usize::MAX);
        if keep || !blank {
            break;
        }
        kept = kept.get(..line).unwrap_or_default();
    }
    start + kept.len().max(written.len())
}

/// Without the indentation of the line after the scalar.
fn trim_partial_line(raw: &str) -> &str {
    let line = raw.rfind(['\n', '\r']).map_or(0, |found| found + 1);
    let last = raw.get(line..).unwrap_or_default();
    if line > 0 && last.bytes().all(is_blank) { raw.get(..line).unwrap_or_default() } else { raw }
}
