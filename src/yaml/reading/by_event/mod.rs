//! The reader of all YAML, through an event parser. This is the only file that names it.
//! It must not decide where a node starts or ends: `build` does, from the text.

mod build;
mod frame;
mod tags;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, Span, StructureStyle, Tag};

use crate::yaml::tree::{Error, MAX_DEPTH, Node, Style};
use build::{Builder, Properties, Scalar};
use tags::TagKind;

/// Reads all documents of a YAML text.
pub(super) fn parse(text: &str) -> Result<Vec<Node<'_>>, Error> {
    let options = granit_parser::options! {
        emit_comments: false,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let mut builder = Builder::new(text);
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event.map_err(|error| syntax_error(text, &error))?;
        take(&mut builder, event, span)?;
    }
    Ok(builder.finish())
}

fn take<'t>(builder: &mut Builder<'t>, event: Event<'t>, span: Span) -> Result<(), Error> {
    let range = offset(span.start.byte_offset())..offset(span.end.byte_offset());
    match event {
        Event::DocumentStart(explicit, _) => {
            builder.start_document(if explicit { range.end } else { range.start });
        }
        Event::DocumentEnd => builder.end_document(range.end),
        Event::Scalar(text, style, anchor, tag) => {
            let scalar = Scalar { range, text, style: scalar_style(style), indent: span.indent };
            builder.scalar(scalar, Properties { anchor, tag: tag_kind(tag.as_deref()) })?;
        }
        Event::SequenceStart(style, anchor, tag) => {
            let properties = Properties { anchor, tag: tag_kind(tag.as_deref()) };
            builder.start_sequence(range, structure_style(style), properties)?;
        }
        Event::MappingStart(style, anchor, tag) => {
            let properties = Properties { anchor, tag: tag_kind(tag.as_deref()) };
            builder.start_mapping(range, structure_style(style), properties)?;
        }
        Event::SequenceEnd | Event::MappingEnd => builder.end_collection(range)?,
        Event::Alias(id) => builder.alias(range, id)?,
        _ => {}
    }
    Ok(())
}

/// A text source always has byte offsets.
fn offset(offset: Option<usize>) -> usize {
    offset.unwrap_or_default()
}

fn structure_style(style: StructureStyle) -> Style {
    match style {
        StructureStyle::Block => Style::Block,
        StructureStyle::Flow => Style::Flow,
    }
}

fn scalar_style(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted => Style::SingleQuoted,
        ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
        ScalarStyle::Literal => Style::Literal,
        ScalarStyle::Folded => Style::Folded,
    }
}

fn tag_kind(tag: Option<&Tag>) -> TagKind {
    let Some(tag) = tag else { return TagKind::None };
    match tag.suffix() {
        _ if tag.handle() != "tag:yaml.org,2002:" => TagKind::Foreign,
        "str" => TagKind::Text,
        "int" => TagKind::Integer,
        "float" => TagKind::Float,
        "bool" => TagKind::Bool,
        "null" => TagKind::Null,
        "map" => TagKind::Mapping,
        "seq" => TagKind::Sequence,
        "merge" => TagKind::Merge,
        _ => TagKind::Foreign,
    }
}

/// The parser's sentence without the place that it repeats.
fn syntax_error(text: &str, error: &ScanError) -> Error {
    let at = error.marker().byte_offset().unwrap_or(text.len());
    if *error.kind() == ErrorKind::RecursionLimitExceeded {
        return Error::at(text, at, format!("the document nests deeper than {MAX_DEPTH} levels"));
    }
    let message = error.kind().to_string();
    let line = message.lines().next().unwrap_or_default();
    Error::at(text, at, line.trim_end_matches('.'))
}
