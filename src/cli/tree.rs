//! A tree of overlays in files: what kustomizations lead to is read, and a change of it is made whole or not at all.

use std::env;
use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{Failure, files, note};
use crate::layout::{self, Change, is_kustomization, references};

/// The files of a tree.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    pub(super) files: Vec<layout::File>,
    /// Paths that are links, or behind some, and where they are truly.
    pub(super) links: Vec<(PathBuf, PathBuf)>,
}

/// Where a tree is looked for when nobody says: `overlays`, else here.
pub(super) fn place(given: Option<&Path>) -> PathBuf {
    let overlays = Path::new("overlays");
    let usual = if overlays.is_dir() { overlays } else { Path::new(".") };
    given.unwrap_or(usual).to_owned()
}

/// Reads the kustomizations at a path and below it, and all that they lead to.
pub(super) fn load(path: &Path) -> Result<Loaded, Failure> {
    let mut waiting = files::kustomizations(&[path.to_owned()]);
    if waiting.is_empty() {
        return Err(format!(
            "{}: no kustomization is there or below; give the directory of the overlays",
            path.display()
        ));
    }
    let mut loaded = Loaded::default();
    waiting.reverse();
    while let Some(path) = waiting.pop() {
        let real = fs::canonicalize(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        if loaded.files.iter().any(|file| file.path == real) {
            continue;
        }
        let file = read(&real)?;
        if is_kustomization(&real) {
            waiting.extend(led(&file, &mut loaded.links)?.into_iter().rev());
        }
        loaded.files.push(file);
    }
    Ok(loaded)
}

fn read(real: &Path) -> Result<layout::File, Failure> {
    let shown = shown(real);
    let bytes = fs::read(real).map_err(|error| format!("{shown}: {error}"))?;
    Ok(layout::File { path: real.to_owned(), shown, bytes })
}

/// The files that a kustomization leads to, as far as they are there: kustomize says what is not.
fn led(file: &layout::File, links: &mut Vec<(PathBuf, PathBuf)>) -> Result<Vec<PathBuf>, Failure> {
    let text = std::str::from_utf8(&file.bytes).map_err(|error| format!("{}: {error}", file.shown))?;
    let targets = references(&file.path, text).map_err(|error| format!("{}: {error}", file.shown))?;
    let mut found = Vec::new();
    for target in targets {
        let Ok(real) = fs::canonicalize(&target) else { continue };
        if real.is_dir() {
            let names =
                ["kustomization.yaml", "kustomization.yml", "Kustomization"].map(|name| real.join(name));
            found.extend(names.into_iter().find(|file| file.is_file()));
        } else if real.is_file() {
            found.push(real.clone());
        }
        if real != target {
            links.push((target, real));
        }
    }
    Ok(found)
}

/// A path as a person reads it: from here, where it is below.
pub(super) fn shown(path: &Path) -> String {
    let here = env::current_dir().and_then(fs::canonicalize).unwrap_or_default();
    let below = path.strip_prefix(here).unwrap_or(path);
    if below.as_os_str().is_empty() { ".".to_owned() } else { below.display().to_string() }
}

/// Everything below a path but directories, hidden files too.
pub(super) fn everything(path: &Path) -> io::Result<Vec<PathBuf>> {
    if !path.is_dir() || path.is_symlink() {
        return Ok(vec![path.to_owned()]);
    }
    let mut entries = fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    entries.sort_unstable();
    Ok(entries.iter().map(|entry| everything(entry)).collect::<io::Result<Vec<_>>>()?.concat())
}

/// Makes a change, or leaves everything as it was.
pub(super) fn make(change: &Change) -> Result<(), Failure> {
    let there = change.written.iter().find(|(path, _)| path.symlink_metadata().is_ok());
    if let Some((path, _)) = there {
        return Err(format!(
            "{} is there already, and nothing is overwritten; nothing was changed",
            shown(path)
        ));
    }
    let mut done = Done::default();
    let made = done.make(change);
    made.map_err(|(path, error)| {
        let left = done.undo();
        let left = if left.is_empty() {
            "nothing was changed".to_owned()
        } else {
            format!("these could not be put back: {}", left.join(", "))
        };
        format!("{}: {error}; {left}", shown(&path))
    })
}

/// What was done so far, each step with what puts it back.
#[derive(Default)]
struct Done(Vec<Step>);

enum Step {
    Directory(PathBuf),
    File(PathBuf),
    /// A file that is no more as it was.
    Changed(PathBuf, Vec<u8>, Permissions),
}

type Made = Result<(), (PathBuf, io::Error)>;

impl Done {
    fn make(&mut self, change: &Change) -> Made {
        for (path, bytes) in &change.written {
            self.write(path, bytes).map_err(|error| (path.clone(), error))?;
        }
        for (path, text) in &change.edited {
            self.edit(path, text).map_err(|error| (path.clone(), error))?;
        }
        for path in &change.removed {
            self.remove(path).map_err(|error| (path.clone(), error))?;
        }
        for path in &change.removed {
            remove_empty(path);
        }
        Ok(())
    }

    fn write(&mut self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let missing: Vec<&Path> = path.ancestors().skip(1).take_while(|above| !above.exists()).collect();
        for directory in missing.into_iter().rev().filter(|directory| !directory.as_os_str().is_empty()) {
            fs::create_dir(directory)?;
            self.0.push(Step::Directory(directory.to_owned()));
        }
        let file = OpenOptions::new().write(true).create_new(true).open(path)?;
        self.0.push(Step::File(path.to_owned()));
        fill(file, bytes)
    }

    /// In one step: a new file takes the old one's place.
    fn edit(&mut self, path: &Path, text: &str) -> io::Result<()> {
        let (old, permissions) = (fs::read(path)?, fs::metadata(path)?.permissions());
        let fresh = path.with_extension(format!("new.{}", std::process::id()));
        let file = OpenOptions::new().write(true).create_new(true).open(&fresh)?;
        self.0.push(Step::File(fresh.clone()));
        file.set_permissions(permissions.clone())?;
        fill(file, text.as_bytes())?;
        fs::rename(&fresh, path)?;
        self.0.pop();
        self.0.push(Step::Changed(path.to_owned(), old, permissions));
        Ok(())
    }

    fn remove(&mut self, path: &Path) -> io::Result<()> {
        let (old, permissions) = (fs::read(path)?, fs::metadata(path)?.permissions());
        fs::remove_file(path)?;
        self.0.push(Step::Changed(path.to_owned(), old, permissions));
        Ok(())
    }

    /// Puts everything back, the last first; gives what could not be.
    fn undo(self) -> Vec<String> {
        let back = |step: Step| {
            let (path, made) = match step {
                Step::Directory(path) => (path.clone(), fs::remove_dir(path)),
                Step::File(path) => (path.clone(), fs::remove_file(path)),
                Step::Changed(path, old, permissions) => (
                    path.clone(),
                    fs::write(&path, old).and_then(|()| fs::set_permissions(path, permissions)),
                ),
            };
            made.err().map(|error| format!("{} ({error})", shown(&path)))
        };
        self.0.into_iter().rev().filter_map(back).collect()
    }
}

fn fill(mut file: File, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)?;
    file.sync_all()
}

/// Takes the directories of a file away that have nothing in them any more.
fn remove_empty(file: &Path) {
    for directory in file.ancestors().skip(1) {
        if fs::remove_dir(directory).is_err() {
            return;
        }
    }
}

/// Says each on stderr.
pub(super) fn tell(notes: &[String]) {
    for one in notes {
        note(&format!("note: {one}"));
    }
}
