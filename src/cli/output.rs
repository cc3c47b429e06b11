//! `--output` of `eval`, `import` and `patch`: what a run makes, as files below a directory that holds nothing else.

use std::env;
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::Failure;
use super::files::Manifest;
use super::replace::{Replacement, replace};
use super::tree::everything;

/// The places below the directory: a file of a directory by its path from there, a file that was given by its name.
pub(super) fn places(
    paths: &[PathBuf],
    manifests: &[Manifest],
    directory: &Path,
) -> Result<Vec<PathBuf>, Failure> {
    refuse_within(paths, directory)?;
    let mut places: Vec<PathBuf> = Vec::new();
    for manifest in manifests {
        let file = manifest
            .file
            .as_deref()
            .ok_or("stdin has no name for a file: give files, or leave out --output")?;
        let given = paths.get(manifest.given).map_or(file, PathBuf::as_path);
        let below = match file.strip_prefix(given) {
            Ok(below) if !below.as_os_str().is_empty() => below.to_owned(),
            _ => file.file_name().map(PathBuf::from).unwrap_or_default(),
        };
        let place = directory.join(&below);
        if let Some(other) = places.iter().position(|known| *known == place).and_then(|at| manifests.get(at))
        {
            let (one, other, below) = (&manifest.path, &other.path, below.display());
            return Err(format!(
                "{other} and {one} would both be {below} below the directory; give the directory above"
            ));
        }
        places.push(place);
    }
    Ok(places)
}

/// A directory among what is read would be read by the next run.
pub(super) fn refuse_within(paths: &[PathBuf], directory: &Path) -> Result<(), Failure> {
    let real = real(directory);
    let around = paths
        .iter()
        .find(|path| path.is_dir() && path.canonicalize().is_ok_and(|path| real.starts_with(path)));
    around.map_or(Ok(()), |path| {
        let (directory, path) = (directory.display(), path.display());
        Err(format!("--output {directory}: it is within {path}, which the next run would read with it; name a directory elsewhere"))
    })
}

/// A path without links, as far as it is there.
fn real(path: &Path) -> PathBuf {
    let path = env::current_dir().unwrap_or_default().join(path);
    let mut real = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                real.pop();
            }
            _ => real.push(component),
        }
        real = real.canonicalize().unwrap_or(real);
    }
    real
}

/// Writes the texts that hold an object, and gives the paths that were not there before.
pub(super) fn write(
    directory: &Path,
    manifests: &[Manifest],
    places: &[PathBuf],
    texts: &[String],
) -> Result<Vec<String>, Failure> {
    let each = manifests.iter().zip(places).zip(texts).filter(|(_, text)| holds_something(text));
    let all: Vec<Replacement<'_>> = each
        .map(|((manifest, place), new)| Replacement {
            path: place.clone(),
            old: None,
            new,
            like: manifest.file.clone(),
        })
        .collect();
    write_all(directory, all)
}

/// Writes texts that are all that stands below the directory, and gives the paths that were not there before.
pub(super) fn write_all(directory: &Path, all: Vec<Replacement<'_>>) -> Result<Vec<String>, Failure> {
    refuse_others(directory, &all)?;
    let missing: Vec<Replacement<'_>> = all.into_iter().filter(|one| !one.path.exists()).collect();
    let mut made = Vec::new();
    let written = directories(directory, &missing, &mut made).and_then(|()| replace(&missing));
    written.inspect_err(|_| made.iter().rev().for_each(|path| fs::remove_dir(path).unwrap_or_default()))?;
    Ok(missing.iter().map(|one| one.path.display().to_string()).collect())
}

/// What stands below the directory must be what would be written: `kubectl apply -f DIR` takes all of it.
fn refuse_others(directory: &Path, all: &[Replacement<'_>]) -> Result<(), Failure> {
    let shown = directory.display();
    if directory.symlink_metadata().is_err() {
        return Ok(());
    }
    if !directory.is_dir() {
        return Err(format!("--output {shown}: it is no directory"));
    }
    let there = everything(directory).map_err(|error| format!("{shown}: {error}"))?;
    let is_same = |path: &PathBuf| {
        let wanted = all.iter().find(|one| one.path == *path);
        wanted.is_some_and(|one| fs::read(path).is_ok_and(|bytes| bytes == one.new.as_bytes()))
    };
    there.iter().find(|path| !is_same(path)).map_or(Ok(()), |other| {
        let other = other.display();
        let what = "is there and is not what this run writes, and nothing is overwritten";
        Err(format!("{other} {what}; name an empty directory, or delete this one first; nothing was changed"))
    })
}

/// Makes the directories of the files, and notes each.
fn directories(directory: &Path, files: &[Replacement<'_>], made: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let above = files.iter().filter_map(|file| file.path.parent()).chain([directory]);
    for path in above {
        let missing: Vec<&Path> =
            path.ancestors().take_while(|above| !above.as_os_str().is_empty() && !above.exists()).collect();
        for one in missing.into_iter().rev() {
            fs::create_dir(one)
                .map_err(|error| format!("{}: {error}; nothing was changed", one.display()))?;
            made.push(one.to_owned());
        }
    }
    Ok(())
}

/// Whether anything is in a text but comments and markers.
fn holds_something(text: &str) -> bool {
    let is_nothing = |line: &str| line.is_empty() || line.starts_with('#') || matches!(line, "---" | "...");
    !text.lines().map(str::trim).all(is_nothing)
}
