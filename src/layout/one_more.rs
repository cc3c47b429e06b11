//! One instance more: its line in the plan, an overlay like the last one's, its place beside the others.

use std::path::PathBuf;

use crate::find::value;
use crate::krm::Item;
use crate::path;
use crate::yaml;

use super::Change;
use super::own::Own;
use super::paths::directory;
use super::plan::Place;
use super::tree::{Overlay, Read, Tree};

/// What an instance more changes.
#[derive(Debug)]
pub struct OneMore {
    /// The files.
    pub change: Change,
    /// The instance whose overlay was the pattern.
    pub pattern: String,
    /// What may not be there yet: the new overlay's directories, and files that stand beside others'.
    pub homes: Vec<PathBuf>,
    /// The directories of the new overlays.
    pub overlays: Vec<PathBuf>,
    /// The directories of the other instances' overlays.
    pub others: Vec<PathBuf>,
    /// The directories of the kustomizations that hold it beside others, those first that check them.
    pub fleets: Vec<PathBuf>,
    /// Whether those check their instances against each other.
    pub is_checked: bool,
    /// Whether kustomize runs the function as a program on PATH, for which it wants to be asked.
    pub by_exec: bool,
    /// What a person should look at, a sentence each.
    pub notes: Vec<String>,
}

/// Makes the instance of a name, in a slot, of the last-registered one that has an overlay.
pub fn one_more(tree: &Tree<'_>, place: &Place<'_, '_>, name: &str, slot: u32) -> Result<OneMore, String> {
    let own = pattern(tree, place, None)?.ok_or_else(|| {
        format!(
            "no instance of {} has an overlay that could be the pattern: a kustomization whose transformers lead to an \
             OpenStackInstance with spec.plan: {}; write the first one, or lay out a tree by multi-rhoso new --init",
            place.shown(),
            place.item.name()
        )
    })?;
    let mut more = OneMore {
        change: Change::default(),
        pattern: own.name.clone(),
        homes: own.homes.iter().filter_map(|home| own.renamed(home, name)).collect(),
        overlays: directories(
            own.overlays.iter().filter_map(|one| own.renamed(directory(&one.kustomization.file.path), name)),
        ),
        others: directories(
            tree.overlays_of(place).iter().map(|one| directory(&one.kustomization.file.path).to_owned()),
        ),
        fleets: Vec::new(),
        is_checked: false,
        by_exec: own.overlays.iter().any(|overlay| is_by_exec(tree, overlay)),
        notes: Vec::new(),
    };
    for (path, renamed, read) in renamed(tree, &own, name)? {
        if renamed.is_copy {
            more.notes
                .push(format!("{} was copied as it is; read whether it holds for {name}", read.file.shown));
        }
        more.notes.extend(renamed.notes);
        more.change.written.push((path, renamed.bytes));
    }
    more.change.edited.push((place.read.file.path.clone(), place.with(name, slot)?));
    register(tree, &own, name, &mut more)?;
    Ok(more)
}

/// The last-registered instance that has an overlay, but for one.
pub(super) fn pattern<'a, 't>(
    tree: &'a Tree<'t>,
    place: &Place<'a, 't>,
    but: Option<&str>,
) -> Result<Option<Own<'a, 't>>, String> {
    let names = place.names().into_iter().rev().filter(|name| Some(*name) != but);
    for name in names {
        if let Some(own) = tree.own(place, name)? {
            return Ok(Some(own));
        }
    }
    Ok(None)
}

/// Every file of an instance as another's, with its new path.
pub(super) fn renamed<'a, 't>(
    tree: &'a Tree<'t>,
    own: &Own<'a, 't>,
    name: &str,
) -> Result<Vec<(PathBuf, super::renamed::Renamed, &'a Read<'t>)>, String> {
    let moved = own.files.iter().filter_map(|read| Some((own.renamed(&read.file.path, name)?, *read)));
    moved.map(|(path, read)| Ok((path, tree.renamed(own, read, name)?, read))).collect()
}

fn register<'t>(tree: &Tree<'t>, own: &Own<'_, 't>, name: &str, more: &mut OneMore) -> Result<(), String> {
    let takers = tree.takers(own);
    for taker in &takers {
        more.change.edited.push((taker.file.path.clone(), tree.with_one_more(taker, own, name)?));
    }
    let (checking, others): (Vec<&Read<'t>>, Vec<_>) =
        takers.into_iter().partition(|taker| tree.checks_a_fleet(taker));
    more.is_checked = !checking.is_empty();
    let shown = if more.is_checked { checking } else { others };
    more.fleets = shown.iter().map(|taker| directory(&taker.file.path).to_owned()).collect();
    Ok(())
}

fn directories(paths: impl Iterator<Item = PathBuf>) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    for path in paths {
        if !found.contains(&path) {
            found.push(path);
        }
    }
    found
}

const FUNCTION: &str = "config.kubernetes.io/function";

/// Whether the function is a program on PATH to an overlay, which an annotation says.
fn is_by_exec(tree: &Tree<'_>, overlay: &Overlay<'_, '_>) -> bool {
    let is_exec = |text: &str| {
        yaml::parse(text).is_ok_and(|documents| documents.iter().any(|one| one.get("exec").is_some()))
    };
    let common = |read: &&Read<'_>| {
        let annotations = read.kustomization().and_then(|node| value(node, path!("commonAnnotations")));
        annotations.and_then(|all| all.get(FUNCTION)?.text()).is_some_and(is_exec)
    };
    let annotated = |item: &Item<'_>| item.annotation(FUNCTION).is_some_and(is_exec);
    let reached = tree.reached(overlay.run);
    reached.iter().any(common) || overlay.config.items().iter().any(annotated)
}
