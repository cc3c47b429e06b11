//! The files of a tree read, and the ways between them. Must not know what is to be changed.

use std::path::{Path, PathBuf};

use crate::config::{GROUP, INSTANCE};
use crate::krm::{Item, Source};
use crate::yaml::Node;

use super::File;
use super::fields::{self, Reference, Role, is_kustomization};
use super::paths::directory;

/// The files that kustomizations lead to, those among them.
#[derive(Debug)]
pub struct Tree<'t> {
    pub(super) files: Vec<Read<'t>>,
    /// Paths that are links, or behind some, and where they are truly.
    links: &'t [(PathBuf, PathBuf)],
}

/// A file, and what is in it where that can be read.
#[derive(Debug)]
pub(super) struct Read<'t> {
    pub(super) file: &'t File,
    source: Result<Source<'t>, String>,
}

/// An instance's overlay: a kustomization that runs the function with a config that names a plan.
#[derive(Debug, Clone, Copy)]
pub(super) struct Overlay<'a, 't> {
    pub(super) kustomization: &'a Read<'t>,
    /// What it runs: the config's own file, or a kustomization that leads to it.
    pub(super) run: &'a Read<'t>,
    /// The file of the config.
    pub(super) config: &'a Read<'t>,
    /// The instance.
    pub(super) name: &'a str,
    /// The plan that the config names.
    pub(super) plan: &'a str,
}

impl<'t> Tree<'t> {
    /// Reads the files; a kustomization that cannot be read is an error.
    pub fn new(files: &'t [File], links: &'t [(PathBuf, PathBuf)]) -> Result<Self, String> {
        let files: Vec<Read<'t>> = files.iter().map(Read::new).collect();
        let mut kustomizations = files.iter().filter(|read| is_kustomization(&read.file.path));
        let unread = kustomizations.find_map(|read| Some((&read.file.shown, read.source.as_ref().err()?)));
        match unread {
            Some((shown, error)) => Err(format!("{shown}: {error}")),
            None => Ok(Self { files, links }),
        }
    }

    /// What could not be read, each with the reason.
    pub(super) fn unread(&self) -> impl Iterator<Item = String> {
        let manifest = |read: &&Read<'t>| {
            let extension = read.file.path.extension().and_then(|end| end.to_str()).unwrap_or_default();
            ["yaml", "yml", "json"].contains(&extension)
        };
        let manifests = self.files.iter().filter(manifest);
        manifests.filter_map(|read| Some(format!("{}: {}", read.file.shown, read.source.as_ref().err()?)))
    }

    pub(super) fn kustomizations<'a>(&'a self) -> impl Iterator<Item = &'a Read<'t>> {
        self.files.iter().filter(|read| is_kustomization(&read.file.path))
    }

    /// The path with no link on the way.
    pub(super) fn real<'a>(&'a self, path: &'a Path) -> &'a Path {
        self.links.iter().find(|(link, _)| link == path).map_or(path, |(_, real)| real)
    }

    /// What a path leads to: a file, or the kustomization of a directory.
    pub(super) fn at<'a>(&'a self, path: &Path) -> Option<&'a Read<'t>> {
        let path = self.real(path);
        let is_it = |read: &&Read<'t>| {
            let file = &read.file.path;
            file == path || (is_kustomization(file) && directory(file) == path)
        };
        self.files.iter().find(is_it)
    }

    /// What a kustomization leads to in a role.
    pub(super) fn led<'a>(&'a self, read: &'a Read<'t>, role: Role) -> impl Iterator<Item = &'a Read<'t>> {
        let references = read.references().into_iter().filter(move |reference| reference.role == role);
        references.filter_map(|reference| self.at(&reference.target))
    }

    /// A file and all that is taken in from there.
    pub(super) fn reached<'a>(&'a self, from: &'a Read<'t>) -> Vec<&'a Read<'t>> {
        let mut reached = vec![from];
        let mut next = 0;
        while let Some(read) = reached.get(next).copied() {
            let more: Vec<_> = self.led(read, Role::Takes).collect();
            for one in more {
                if !reached.iter().any(|known| std::ptr::eq(*known, one)) {
                    reached.push(one);
                }
            }
            next += 1;
        }
        reached
    }

    /// Every instance's overlay.
    pub(super) fn overlays(&self) -> Vec<Overlay<'_, 't>> {
        let mut found = Vec::new();
        for kustomization in self.kustomizations() {
            for run in self.led(kustomization, Role::Runs) {
                for config in self.reached(run) {
                    found.extend(config.instances().into_iter().map(|(name, plan, _)| Overlay {
                        kustomization,
                        run,
                        config,
                        name,
                        plan,
                    }));
                }
            }
        }
        found
    }
}

impl<'t> Read<'t> {
    fn new(file: &'t File) -> Self {
        let text = file.text().ok_or_else(|| "it is no text in UTF-8".to_owned());
        let parsed =
            text.and_then(|text| Source::parse(Some(&file.shown), text).map_err(|error| error.to_string()));
        Self { file, source: parsed }
    }

    /// The text; empty where it is none.
    pub(super) fn text(&self) -> &'t str {
        self.source.as_ref().map_or("", |source| source.text)
    }

    /// The kustomization in it.
    pub(super) fn kustomization(&self) -> Option<&Node<'t>> {
        self.source.as_ref().ok()?.documents.first().filter(|_| is_kustomization(&self.file.path))
    }

    /// The paths in it, where it is a kustomization.
    pub(super) fn references(&self) -> Vec<Reference<'_>> {
        self.kustomization().map(|node| fields::of(&self.file.path, node)).unwrap_or_default()
    }

    /// The objects in it.
    pub(super) fn items(&self) -> Vec<Item<'_>> {
        let source = self.source.as_ref().ok().filter(|_| !is_kustomization(&self.file.path));
        source.and_then(|source| source.items(0, 0).ok()).unwrap_or_default()
    }

    /// The configs of instances in it that name a plan: the instance's name, the plan's, the config.
    pub(super) fn instances(&self) -> Vec<(&str, &str, Item<'_>)> {
        self.items().into_iter().filter(|item| item.is(GROUP, INSTANCE.kind)).filter_map(planned).collect()
    }
}

/// The instance's name, and its plan's, of a config that names one.
fn planned(item: Item<'_>) -> Option<(&str, &str, Item<'_>)> {
    let spec = item.node.get("spec")?;
    let own = Some(item.name()).filter(|name| !name.is_empty());
    let name = own.or_else(|| spec.get("namespace")?.text())?;
    Some((name, spec.get("plan")?.text()?, item))
}
