//! One instance less: its line in the plan, its overlay, its place beside the others.

use std::path::PathBuf;

use crate::config::nearest;
use crate::krm::listed;

use super::one_more::{pattern, renamed};
use super::own::Own;
use super::plan::Place;
use super::tree::Tree;
use super::{Change, File};

/// What goes with an instance.
#[derive(Debug)]
pub struct Gone {
    /// The files.
    pub change: Change,
    /// Its directories, or files beside those of others: what else stands there keeps it from going.
    pub homes: Vec<PathBuf>,
}

/// Takes an instance out of the plan and away with its overlay.
pub fn gone(tree: &Tree<'_>, place: &Place<'_, '_>, name: &str) -> Result<Gone, String> {
    let names = place.names();
    if !names.contains(&name) {
        let near = nearest(name, names.iter().copied());
        let near = near.map_or_else(String::new, |near| format!(" (did you mean {near:?}?)"));
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        return Err(format!("{} has no instance {name:?}{near}; it has {}", place.shown(), listed(&names)));
    }
    let mut gone = Gone { change: Change::default(), homes: Vec::new() };
    gone.change.edited.push((place.read.file.path.clone(), place.without(name)?));
    let Some(own) = tree.own(place, name)? else { return Ok(gone) };
    for taker in tree.takers(&own) {
        gone.change.edited.push((taker.file.path.clone(), tree.with_one_less(taker, &own)?));
    }
    gone.change.removed = written(tree, place, &own)?;
    gone.homes = own.homes;
    Ok(gone)
}

/// The instance's files that a `new` writes: what leads to its config and that, what stands where the pattern has the like,
/// and what is the pattern's byte for byte.
fn written<'t>(tree: &Tree<'t>, place: &Place<'_, 't>, own: &Own<'_, 't>) -> Result<Vec<PathBuf>, String> {
    // Where no other can be the pattern there is none to compare with.
    let others = match pattern(tree, place, Some(&own.name)).unwrap_or_default() {
        Some(other) => renamed(tree, &other, &own.name)?,
        None => Vec::new(),
    };
    let leads = own.overlays.iter().flat_map(|overlay| [overlay.kustomization, overlay.run, overlay.config]);
    let mut written: Vec<PathBuf> = leads.map(|read| read.file.path.clone()).collect();
    let is_like = |file: &File| {
        let like = others.iter().find(|(path, ..)| *path == file.path);
        like.is_some_and(|(_, renamed, _)| !renamed.is_copy || renamed.bytes == file.bytes)
    };
    written.extend(
        own.files.iter().map(|read| read.file).filter(|file| is_like(file)).map(|file| file.path.clone()),
    );
    let is_first = |(index, path): &(usize, &PathBuf)| !written.iter().take(*index).any(|one| one == *path);
    Ok(written.iter().enumerate().filter(is_first).map(|(_, path)| path.clone()).collect())
}
