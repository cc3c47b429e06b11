//! `map`: manifests from files, the map of their addresses on stdout.

use std::path::PathBuf;

use clap::ValueEnum;

use super::{Failure, files};
use crate::krm::Item;
use crate::map;
use crate::model::Model;

/// What is printed.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Form {
    /// Bars of letters, with a table of all ranges
    Text,
    /// One page that needs nothing else
    Html,
    /// A picture that needs nothing else
    Svg,
}

pub(super) fn run(paths: &[PathBuf], form: Form) -> Result<String, Failure> {
    let manifests = files::manifests(paths, None)?;
    let sources = files::sources(&manifests)?;
    let mut items: Vec<Item<'_>> = Vec::new();
    for (place, source) in sources.iter().enumerate() {
        let found = source.items(place, items.len());
        items.extend(found.map_err(|error| format!("{}: {error}", source.path.unwrap_or_default()))?);
    }
    let atlas = map::atlas(&Model::new(&items));
    if atlas.networks.is_empty() {
        return Err(
            "no manifest states an address: no pool, VIP, NAD, NetConfig or node policy is there".to_owned()
        );
    }
    let format = match form {
        Form::Text => map::Format::Text,
        Form::Html => map::Format::Html,
        Form::Svg => map::Format::Svg,
    };
    Ok(map::print(&atlas, format))
}
