//! What of a tree is one instance's own: the directories that are called by it, and the files in them.
//! Must not know what becomes of them.

use std::path::{Path, PathBuf};

use super::fields::Role;
use super::paths::{called, directory, is_called};
use super::plan::Place;
use super::tree::{Overlay, Read, Tree};

/// An instance's own files.
#[derive(Debug)]
pub(super) struct Own<'a, 't> {
    /// The instance.
    pub(super) name: String,
    /// Its overlays.
    pub(super) overlays: Vec<Overlay<'a, 't>>,
    /// Its directories, or files beside those of others.
    pub(super) homes: Vec<PathBuf>,
    /// The files in them that kustomizations lead to.
    pub(super) files: Vec<&'a Read<'t>>,
}

impl<'t> Tree<'t> {
    /// What is an instance's own; nothing where it has no overlay. The error says why its files cannot be told from others.
    pub(super) fn own<'a>(
        &'a self,
        place: &Place<'a, 't>,
        name: &str,
    ) -> Result<Option<Own<'a, 't>>, String> {
        let (overlays, others): (Vec<_>, Vec<_>) =
            self.overlays_of(place).into_iter().partition(|overlay| overlay.name == name);
        let foreign = self.overlays().into_iter().filter(|overlay| overlay.name != name).chain(others);
        let mut foreign: Vec<PathBuf> = foreign
            .flat_map(|one| [one.kustomization, one.config])
            .map(|read| read.file.path.clone())
            .collect();
        foreign.push(place.read.file.path.clone());
        let mut homes: Vec<PathBuf> = Vec::new();
        for overlay in &overlays {
            for read in [overlay.kustomization, overlay.run, overlay.config] {
                if !homes.iter().any(|home| read.file.path.starts_with(home)) {
                    homes.push(home(read, name, &foreign)?);
                }
            }
        }
        let is_own = |read: &&Read<'t>| homes.iter().any(|home| read.file.path.starts_with(home));
        let files = self.files.iter().filter(is_own).collect();
        let own = Own { name: name.to_owned(), overlays, files, homes };
        Ok(Some(own).filter(|own| !own.overlays.is_empty()))
    }

    /// The kustomizations of others that take an instance's in.
    pub(super) fn takers<'a>(&'a self, own: &Own<'a, 't>) -> Vec<&'a Read<'t>> {
        let takes = |read: &&Read<'t>| {
            let mut references = read.references().into_iter().filter(|one| one.role == Role::Takes);
            !own.has(&read.file.path) && references.any(|one| own.has(self.real(&one.target)))
        };
        self.kustomizations().filter(takes).collect()
    }
}

/// The directory around a file that is the instance's alone: one that is called by it; else the file itself, where that is
/// called so; else the file's own directory.
fn home(read: &Read<'_>, name: &str, foreign: &[PathBuf]) -> Result<PathBuf, String> {
    let path = read.file.path.as_path();
    let is_alone = |home: &&Path| !foreign.iter().any(|other| other.starts_with(home));
    let is_named = |above: &&Path| above.file_name().is_some_and(|last| last == name);
    let named = path.ancestors().skip(1).filter(is_named).find(is_alone);
    let itself = || Some(path).filter(|file| is_called(file, name));
    let home = named.or_else(itself).or_else(|| Some(directory(path)));
    home.filter(is_alone).map(Path::to_owned).ok_or_else(|| {
        format!(
            "{}: it is {name}'s, and stands among what is not, so that nobody can tell what is {name}'s; give {name} a directory \
             of its own",
            read.file.shown
        )
    })
}

impl Own<'_, '_> {
    /// Whether a path is the instance's.
    pub(super) fn has(&self, path: &Path) -> bool {
        self.homes.iter().any(|home| path.starts_with(home))
    }

    /// The path that another instance has in the place of this one's; none where it is not this one's.
    pub(super) fn renamed(&self, path: &Path, name: &str) -> Option<PathBuf> {
        let home = self.homes.iter().find(|home| path.starts_with(home))?;
        let rest = path.strip_prefix(home).ok()?;
        let part = |part: &std::ffi::OsStr| -> PathBuf {
            let part = Path::new(part);
            if is_called(part, &self.name) { called(part, name) } else { part.to_owned() }
        };
        let home = if is_called(home, &self.name) { called(home, name) } else { home.with_file_name(name) };
        Some(rest.iter().map(part).fold(home, |above, part| above.join(part)))
    }
}
