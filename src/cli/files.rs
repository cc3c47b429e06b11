//! Manifests in files: which files there are, and how their texts are put together.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Failure, bounded, note, read_stdin, utf8};
use crate::krm::Source;
use crate::yaml;

/// A manifest's text and where it came from.
#[derive(Debug)]
pub(super) struct Manifest {
    /// The path as it was given or found.
    pub(super) path: String,
    /// The same, unless it is stdin.
    pub(super) file: Option<PathBuf>,
    /// The text.
    pub(super) text: String,
    /// Which of the given paths led to it.
    pub(super) given: usize,
}

const KUSTOMIZATIONS: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];
const EXTENSIONS: [&str; 3] = ["yaml", "yml", "json"];

/// Reads the manifests of all paths in their order, at least one; `but` is left out.
pub(super) fn manifests(paths: &[PathBuf], but: Option<&Path>) -> Result<Vec<Manifest>, Failure> {
    let mut found = Vec::new();
    for (given, path) in paths.iter().enumerate() {
        if path.as_os_str() == "-" {
            found.push(Manifest { path: "stdin".to_owned(), file: None, text: read_stdin()?, given });
        } else if path.is_dir() {
            for file in below(path).map_err(|error| format!("{}: {error}", path.display()))? {
                found.extend(found_manifest(&file, but, given)?);
            }
        } else {
            found.extend(manifest(path, but, given)?);
        }
    }
    if found.is_empty() {
        let given: Vec<_> = paths.iter().map(|path| path.display().to_string()).collect();
        return Err(format!("{}: no manifest is there (.yaml, .yml, .json)", given.join(", ")));
    }
    Ok(found)
}

/// The manifests read.
pub(super) fn sources(manifests: &[Manifest]) -> Result<Vec<Source<'_>>, Failure> {
    manifests.iter().map(|manifest| parse(&manifest.path, &manifest.text)).collect()
}

/// The same, each given path a stage that is applied after those before it.
pub(super) fn stages(manifests: &[Manifest]) -> Result<Vec<Source<'_>>, Failure> {
    let stages = manifests.iter().zip(sources(manifests)?);
    Ok(stages.map(|(manifest, source)| source.at_stage(manifest.given)).collect())
}

/// One text read; the failure says where it is wrong.
pub(super) fn parse<'t>(path: &'t str, text: &'t str) -> Result<Source<'t>, Failure> {
    Source::parse(Some(path), text).map_err(|error| format!("{path}: {error}"))
}

/// The kustomizations among what the paths name and what is below them, the outermost first.
pub(super) fn kustomizations(paths: &[PathBuf]) -> Vec<PathBuf> {
    let all = paths.iter().filter(|path| path.as_os_str() != "-");
    let files = all.flat_map(|path| {
        if !path.is_dir() {
            return vec![path.clone()];
        }
        below(path).unwrap_or_default().into_iter().filter(|file| file.is_file()).collect()
    });
    let mut found: Vec<PathBuf> = files.filter(|file| is_kustomization(file)).collect();
    found.sort_by_key(|file| file.components().count());
    found
}

/// What may be a manifest in a directory and all below it, by name; hidden ones are left out.
fn below(directory: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(directory)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    entries.sort_unstable();
    let mut found = Vec::new();
    for entry in entries {
        let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        if entry.is_dir() && !entry.is_symlink() {
            found.extend(below(&entry)?);
        } else if entry.is_dir() || is_manifest(&entry, &name) {
            found.push(entry);
        }
    }
    Ok(found)
}

fn is_manifest(path: &Path, name: &str) -> bool {
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    KUSTOMIZATIONS.contains(&name) || EXTENSIONS.contains(&extension.as_ref())
}

fn is_kustomization(path: &Path) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(|name| KUSTOMIZATIONS.contains(&name))
}

/// A file that was found and not given: what is no plain file is not waited for.
fn found_manifest(path: &Path, but: Option<&Path>, given: usize) -> Result<Option<Manifest>, Failure> {
    let what = match fs::metadata(path) {
        Ok(file) if file.is_file() => return manifest(path, but, given),
        Ok(file) if file.is_dir() => "a link to a directory",
        Ok(_) => "no file but a pipe, a socket or a device",
        Err(_) => "a link that leads nowhere, or not to be read",
    };
    note(&format!("note: {}: {what}; skipped", path.display()));
    Ok(None)
}

fn manifest(path: &Path, but: Option<&Path>, given: usize) -> Result<Option<Manifest>, Failure> {
    if is_kustomization(path) {
        note(&format!("note: {}: a kustomization is no manifest; skipped", path.display()));
        return Ok(None);
    }
    if but.is_some_and(|but| is_same_file(path, but)) {
        note(&format!("note: {}: the function config; skipped", path.display()));
        return Ok(None);
    }
    let file = Some(path.to_owned());
    Ok(Some(Manifest { path: path.display().to_string(), file, text: read(path)?, given }))
}

fn is_same_file(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

/// A file as text.
pub(super) fn read(path: &Path) -> Result<String, Failure> {
    let name = path.display().to_string();
    utf8(bounded::file(path)?, &name)
}

/// What became of the manifests as one stream of documents; the failure names the file that is in the way.
pub(super) fn joined(manifests: &[Manifest], texts: &[String]) -> Result<String, Failure> {
    yaml::joined(texts).map_err(|yaml::Unjoinable { index, message }| {
        let path = manifests.get(index).map_or("a manifest", |manifest| manifest.path.as_str());
        format!("{path}: {message}")
    })
}
