//! The address space of one or several instances as SVG, as an HTML page, or as text for terminals.
//!
//! `gather` and `conflicts` read the model's claims, `networks` makes the atlas of them, `overview` says at a glance who
//! has what, `scale` and `layout` place it, and one file for each medium prints it. The same manifests give the same bytes. This module must not know a
//! rule, an edit, the config or a stream.

mod atlas;
mod conflicts;
mod drawing;
mod free;
mod gather;
mod html;
mod layout;
mod merging;
mod natural;
mod networks;
mod overview;
mod scale;
mod svg;
mod text;
mod words;

pub use atlas::{Atlas, Conflict, Network, Span, Subnet, Wire};
pub use overview::Overview;

use crate::model::Model;
use crate::plan::Plan;

/// A medium for a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A picture.
    Svg,
    /// A self-contained page with pictures and tables.
    Html,
    /// Bars of letters, and tables.
    Text,
}

/// The map of a list.
#[must_use]
pub fn atlas(model: &Model<'_>) -> Atlas {
    planned(model, None)
}

/// The map of a list; its overview shows the slots of a plan.
#[must_use]
pub fn planned(model: &Model<'_>, plan: Option<&Plan>) -> Atlas {
    let mut atlas = gather::survey(model, plan).atlas();
    atlas.conflicts = conflicts::mark(model, &mut atlas.networks);
    atlas.overview = Overview::new(&atlas, plan);
    atlas
}

/// Prints a map.
#[must_use]
pub fn print(atlas: &Atlas, format: Format) -> String {
    match format {
        Format::Svg => svg::print(atlas),
        Format::Html => html::print(atlas),
        Format::Text => text::print(atlas),
    }
}
