//! Events to nodes: holds the collections that are open and finds each node's bytes in the text.
//! It must not know the event parser, nor what the tree is for.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use super::frame::{Extent, Frame, block_scalar_end, complex_key, is_blank_before};
use super::tags::{self, TagKind};
use crate::yaml::tree::lines::{self, Cursor, between, is_blank, is_break};
use crate::yaml::tree::{Error, Kind, MAX_DEPTH, Node, Style};

/// How many anchored collections may nest: each is copied once for its aliases to share.
const MAX_ANCHORED: usize = 16;

/// How many values all aliases of a text may stand for. Who reads an object goes through each of them, and a few lines
/// of aliases of aliases stand for billions; Go's readers refuse such a text too.
const MAX_UNFOLDED: usize = 100_000;

/// What stands before a node.
#[derive(Debug, Clone, Copy)]
pub(super) struct Properties {
    /// The anchor's number; zero without one.
    pub(super) anchor: usize,
    /// The tag.
    pub(super) tag: TagKind,
}

/// A scalar as the event parser reports it.
pub(super) struct Scalar<'t> {
    pub(super) range: Range<usize>,
    pub(super) text: Cow<'t, str>,
    pub(super) style: Style,
    /// A block scalar's indentation, if it has content.
    pub(super) indent: Option<usize>,
}

/// The documents read so far and the collections that are open.
pub(super) struct Builder<'t> {
    text: &'t str,
    cursor: Cursor<'t>,
    frames: Vec<Frame<'t>>,
    documents: Vec<Node<'t>>,
    /// Complete anchored nodes with what they hold, aliases counted as what they stand for.
    anchors: HashMap<usize, (Rc<Node<'t>>, Extent)>,
    /// How many values the aliases so far stand for.
    unfolded: usize,
}

impl<'t> Builder<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let (frames, documents, anchors) = (Vec::new(), Vec::new(), HashMap::new());
        Self { text, cursor: Cursor::new(text, 0), frames, documents, anchors, unfolded: 0 }
    }

    pub(super) fn finish(self) -> Vec<Node<'t>> {
        self.documents
    }

    pub(super) fn start_document(&mut self, offset: usize) {
        self.cursor.advance_to(offset);
    }

    pub(super) fn end_document(&mut self, offset: usize) {
        self.cursor.advance_to(offset);
        self.anchors.clear();
    }

    pub(super) fn scalar(&mut self, scalar: Scalar<'t>, properties: Properties) -> Result<(), Error> {
        self.approach(scalar.range.start)?;
        let absent = scalar.style == Style::Plain && scalar.range.is_empty();
        let span = match scalar.style {
            _ if absent => self.cursor.offset()..self.cursor.offset(),
            Style::Literal | Style::Folded => {
                self.cursor.skip_properties();
                let start = self.cursor.offset();
                start..block_scalar_end(self.text, start, &scalar)
            }
            _ => scalar.range.clone(),
        };
        self.cursor.advance_to(span.end.max(if absent { scalar.range.end } else { 0 }));
        if absent && self.frames.is_empty() && properties.anchor == 0 && properties.tag == TagKind::None {
            return Ok(());
        }
        let style = scalar.style;
        let (start, kind) = (scalar.range.start, self.scalar_kind(scalar, absent, properties.tag));
        let kind = kind.map_err(|message| Error::at(self.text, start, message))?;
        let node = Node { span, style, anchored: false, tagged: false, kind };
        self.add(node, properties, Extent::default())
    }

    fn scalar_kind(&self, scalar: Scalar<'t>, absent: bool, tag: TagKind) -> Result<Kind<'t>, &'static str> {
        let style = scalar.style;
        let mut text = if absent { Cow::Borrowed("") } else { scalar.text };
        if matches!(style, Style::Literal | Style::Folded) {
            trim_unwritten_break(self.text, &scalar.range, scalar.indent, &mut text);
        }
        let typed = tags::typed(tag, &text, style)?;
        Ok(Kind::Scalar { text, typed })
    }

    pub(super) fn alias(&mut self, range: Range<usize>, id: usize) -> Result<(), Error> {
        self.approach(range.start)?;
        let name = between(self.text, range.start + 1, range.end);
        let Some((target, extent)) = self.anchors.get(&id) else {
            let message = format!("the alias *{name} stands inside the node that it names");
            return Err(Error::at(self.text, range.start, message));
        };
        let (target, extent) = (Rc::clone(target), *extent);
        self.refuse_depth(range.start, extent.height)?;
        self.unfolded += extent.size;
        if self.unfolded > MAX_UNFOLDED {
            let message = format!("the aliases up to here stand for more than {MAX_UNFOLDED} values");
            return Err(Error::at(self.text, range.start, message));
        }
        self.cursor.advance_to(range.end);
        let kind = Kind::Alias { name: Cow::Borrowed(name), target };
        let node = Node { span: range, style: Style::Plain, anchored: false, tagged: false, kind };
        self.add(node, Properties { anchor: 0, tag: TagKind::None }, extent)
    }

    pub(super) fn start_sequence(
        &mut self,
        range: Range<usize>,
        style: Style,
        properties: Properties,
    ) -> Result<(), Error> {
        self.approach(range.start)?;
        self.refuse_tag(range.start, properties.tag, TagKind::Sequence)?;
        let start = if style == Style::Block {
            // The parser places a sequence without indentation behind its first dash.
            self.cursor.skip_properties();
            self.cursor.offset()
        } else {
            self.cursor.advance_to(range.end);
            range.start
        };
        self.open(Frame::sequence(start, style, properties))
    }

    pub(super) fn start_mapping(
        &mut self,
        range: Range<usize>,
        style: Style,
        properties: Properties,
    ) -> Result<(), Error> {
        self.approach(range.start)?;
        self.refuse_tag(range.start, properties.tag, TagKind::Mapping)?;
        if style == Style::Flow {
            self.cursor.advance_to(range.end);
        }
        self.open(Frame::mapping(range.start, style, properties))
    }

    /// Refuses a collection's tag that does not say what the collection is.
    fn refuse_tag(&self, offset: usize, tag: TagKind, own: TagKind) -> Result<(), Error> {
        if tag == TagKind::None || tag == own {
            return Ok(());
        }
        Err(Error::at(self.text, offset, tags::UNLIKE))
    }

    fn open(&mut self, frame: Frame<'t>) -> Result<(), Error> {
        self.refuse_depth(frame.start, 0)?;
        if self.frames.last().is_some_and(Frame::awaits_key) {
            return Err(complex_key(self.text, frame.start));
        }
        self.frames.push(frame);
        let anchored = self.frames.iter().filter(|frame| frame.properties.anchor != 0).count();
        if anchored > MAX_ANCHORED {
            let message = format!("more than {MAX_ANCHORED} collections with anchors nest in each other");
            return Err(Error::at(self.text, self.cursor.offset(), message));
        }
        Ok(())
    }

    fn refuse_depth(&self, offset: usize, height: usize) -> Result<(), Error> {
        if self.frames.len() + height < MAX_DEPTH {
            return Ok(());
        }
        Err(Error::at(self.text, offset, format!("the document nests deeper than {MAX_DEPTH} levels")))
    }

    pub(super) fn end_collection(&mut self, range: Range<usize>) -> Result<(), Error> {
        let Some(frame) = self.frames.pop() else { return Ok(()) };
        let (properties, extent) = (frame.properties, frame.extent);
        let end = if frame.style == Style::Flow && !range.is_empty() { range.end } else { frame.end() };
        self.cursor.advance_to(end);
        self.add(frame.close(end), properties, extent)
    }

    /// Passes the indicator before a node: a dash, a colon, or nothing.
    fn approach(&mut self, node: usize) -> Result<(), Error> {
        let Some(frame) = self.frames.last() else { return Ok(()) };
        let (block, is_sequence, key) = (frame.style == Style::Block, frame.is_sequence(), frame.key_span());
        match (block, is_sequence, key) {
            (true, true, _) => {
                let Some(dash) = self.cursor.take(b'-') else {
                    return Err(Error::at(self.text, node, "the item of a sequence has no dash"));
                };
                self.refuse_tab(dash)
            }
            (false, true, _) => Ok(()),
            (_, false, None) => self.approach_key(node, block),
            (_, false, Some(key)) => self.approach_value(&key, block),
        }
    }

    fn approach_key(&self, node: usize, block: bool) -> Result<(), Error> {
        let mut ahead = self.cursor;
        ahead.skip_properties();
        while ahead.take(b',').is_some() {
            ahead.skip_properties();
        }
        let blank_after =
            lines::byte(self.text, ahead.offset() + 1).is_none_or(|b| is_blank(b) || is_break(b));
        if ahead.peek() == Some(b'?') && blank_after {
            return Err(complex_key(self.text, ahead.offset()));
        }
        if block { self.refuse_tab(node) } else { Ok(()) }
    }

    fn approach_value(&mut self, key: &Range<usize>, block: bool) -> Result<(), Error> {
        let Some(colon) = self.cursor.take(b':') else {
            return if block { Err(complex_key(self.text, key.start)) } else { Ok(()) };
        };
        if block && !is_blank_before(self.text, key.end, colon) {
            return Err(complex_key(self.text, key.start));
        }
        let next = lines::byte(self.text, colon + 1);
        if !block && colon == key.end && matches!(next, Some(b',' | b']' | b'}')) && self.key_is_plain() {
            let message =
                "YAML readers differ on a colon right before a bracket or comma; write a space between";
            return Err(Error::at(self.text, colon, message));
        }
        Ok(())
    }

    fn key_is_plain(&self) -> bool {
        self.frames.last().and_then(Frame::key_style) == Some(Style::Plain)
    }

    fn refuse_tab(&self, offset: usize) -> Result<(), Error> {
        if lines::prefix(self.text, offset).contains('\t') {
            return Err(Error::at(self.text, offset, "the indentation holds a tab; write spaces"));
        }
        Ok(())
    }

    /// Puts a complete node where it belongs.
    fn add(&mut self, mut node: Node<'t>, properties: Properties, below: Extent) -> Result<(), Error> {
        node.anchored = properties.anchor != 0;
        node.tagged = properties.tag != TagKind::None;
        let extent = below.around();
        if node.anchored {
            self.anchors.insert(properties.anchor, (Rc::new(node.clone()), extent));
        }
        match self.frames.last_mut() {
            None => {
                self.documents.push(node);
                Ok(())
            }
            Some(frame) if frame.awaits_key() && tags::is_merge_key(properties.tag, &node) => {
                Err(Error::at(self.text, node.span.start, tags::MERGE_KEY))
            }
            Some(frame) => frame.add(self.text, node, extent),
        }
    }
}

/// A block scalar that ends with the text, without a line break, has none in its value either. Blanks that are no
/// deeper than its lines are no line of it: the break before them is written.
fn trim_unwritten_break(text: &str, range: &Range<usize>, indent: Option<usize>, value: &mut Cow<'_, str>) {
    let last = between(text, lines::start(text, text.len()), text.len());
    if range.end != text.len() || last.is_empty() || !value.ends_with('\n') {
        return;
    }
    let Some(indent) = indent else {
        // Nothing but line breaks, of which the first ends the header.
        let breaks = between(text, lines::end(text, range.start), text.len()).matches('\n').count();
        return *value = Cow::Owned("\n".repeat(breaks.saturating_sub(1)));
    };
    if last.len() > indent || last.bytes().any(|byte| byte != b' ') {
        value.to_mut().pop();
    }
}
