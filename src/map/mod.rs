//! The address space of one or several instances as a picture: SVG, one HTML page, or text for terminals.
//!
//! `gather` and `conflicts` read the model's claims, `networks` makes the atlas of them, `scale` and `layout` place it, one file
//! for each medium draws it. The same manifests give the same bytes. This module must not know a rule, an edit or the
//! config, and touches no stream.

mod atlas;
mod conflicts;
mod drawing;
mod gather;
mod html;
mod layout;
mod markup;
mod networks;
mod scale;
mod svg;
mod text;
mod words;

pub use atlas::{Atlas, Conflict, Network, Span, Subnet};

use crate::model::Model;

/// How a map is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A picture by itself.
    Svg,
    /// One page that needs nothing else, with the tables.
    Html,
    /// Bars of letters, and the tables.
    Text,
}

/// The map of a list.
#[must_use]
pub fn atlas(model: &Model<'_>) -> Atlas {
    gather::survey(model).atlas()
}

/// The map in a format.
#[must_use]
pub fn print(atlas: &Atlas, format: Format) -> String {
    match format {
        Format::Svg => svg::print(atlas),
        Format::Html => html::print(atlas),
        Format::Text => text::print(atlas),
    }
}
