//! An instance's files as another instance's: names, paths and the config's own fields, each where it stands.
//! Must not know where the files come to stand among others.

use json_patch::{PatchOperation, RemoveOperation, ReplaceOperation};
use serde_json::json;

use super::own::Own;
use super::paths::{directory, relative};
use super::plan::edited;
use super::tree::{Read, Tree};
use crate::krm::{Item, listed};
use crate::yaml::{Node, PointerBuf};

/// A file as another instance's.
#[derive(Debug)]
pub(super) struct Renamed {
    pub(super) bytes: Vec<u8>,
    /// What a person should look at, a sentence each.
    pub(super) notes: Vec<String>,
    /// Whether it is as it was, byte for byte, and not of a kind that says whose it is.
    pub(super) is_copy: bool,
}

impl<'t> Tree<'t> {
    /// A file of an instance as that of the instance of another name.
    pub(super) fn renamed(&self, own: &Own<'_, 't>, read: &Read<'t>, name: &str) -> Result<Renamed, String> {
        if let Some(node) = read.kustomization() {
            let patch = self.of_kustomization(own, read, node, name);
            return Ok(with(own, read, edited(read, node, &patch)?, Vec::new()));
        }
        let configs = read.instances().into_iter().filter(|(whose, ..)| *whose == own.name);
        match configs.map(|(.., config)| config).next() {
            None => Ok(Renamed { bytes: read.file.bytes.clone(), notes: Vec::new(), is_copy: true }),
            Some(config) => {
                let (patch, left) = of_config(own, &config, name);
                let notes = left_out(own, read, &left);
                Ok(with(own, read, edited(read, config.node, &patch)?, notes))
            }
        }
    }

    /// Its paths, and the name where kustomize has one.
    fn of_kustomization(
        &self,
        own: &Own<'_, 't>,
        read: &Read<'t>,
        node: &Node<'_>,
        name: &str,
    ) -> Vec<PatchOperation> {
        let path = &read.file.path;
        let new = own.renamed(path, name).unwrap_or_else(|| path.clone());
        let moved = |reference: super::fields::Reference<'_>| {
            let target = own.renamed(&reference.target, name).unwrap_or_else(|| reference.target.clone());
            let (before, after) =
                (relative(directory(path), &reference.target), relative(directory(&new), &target));
            let way = format!("{}{after}", reference.before);
            (before != after).then(|| replace(reference.pointer, &way))
        };
        // What is no path of this tree (a URL) has nothing of an instance in it.
        let known = read
            .references()
            .into_iter()
            .filter(|one| own.has(&one.target) || self.at(&one.target).is_some());
        let names = [["metadata", "name"].as_slice(), &["namespace"]].into_iter();
        known.filter_map(moved).chain(names.filter_map(|path| of_name(own, node, path, name))).collect()
    }
}

fn replace(path: PointerBuf, text: &str) -> PatchOperation {
    PatchOperation::Replace(ReplaceOperation { path, value: json!(text) })
}

/// The edit of a place where the instance's name stands.
fn of_name(own: &Own<'_, '_>, node: &Node<'_>, path: &[&str], name: &str) -> Option<PatchOperation> {
    let pointer = PointerBuf::from_tokens(path.iter().copied());
    let is_named = node.at(&pointer)?.text() == Some(own.name.as_str());
    is_named.then(|| replace(pointer, name))
}

/// A config says the plan and the name. What else its `spec` says is the other instance's own, and wins over the plan: it
/// goes, and is said.
fn of_config(own: &Own<'_, '_>, config: &Item<'_>, name: &str) -> (Vec<PatchOperation>, Vec<String>) {
    let names = [["metadata", "name"].as_slice(), &["spec", "namespace"]].into_iter();
    let mut patch: Vec<PatchOperation> =
        names.filter_map(|path| of_name(own, config.node, path, name)).collect();
    let is_named =
        |key: &str, value: &Node<'_>| key == "namespace" && value.text() == Some(own.name.as_str());
    let spec = config.node.get("spec").map(Node::entries).unwrap_or_default();
    let keys = spec.iter().filter_map(|entry| Some((entry.key.text()?, &entry.value)));
    let left = keys.filter(|(key, value)| *key != "plan" && !is_named(key, value));
    let left: Vec<String> = left.map(|(key, _)| key.to_owned()).collect();
    patch.extend(
        left.iter().map(|key| {
            PatchOperation::Remove(RemoveOperation { path: PointerBuf::from_tokens(["spec", key]) })
        }),
    );
    (patch, left)
}

fn left_out(own: &Own<'_, '_>, read: &Read<'_>, left: &[String]) -> Vec<String> {
    if left.is_empty() {
        return Vec::new();
    }
    vec![format!(
        "{} says beside the plan: {}; that is {}'s own and was left out; what holds for all stands in the plan's `defaults`",
        read.file.shown,
        listed(left),
        own.name
    )]
}

/// The new text, with a note of each line that still says the other's name.
fn with(own: &Own<'_, '_>, read: &Read<'_>, text: String, mut notes: Vec<String>) -> Renamed {
    let lines = text.lines().enumerate().filter(|(_, line)| says(line, &own.name));
    let lines: Vec<String> = lines.map(|(index, _)| (index + 1).to_string()).collect();
    if !lines.is_empty() {
        let lines_are = if lines.len() == 1 { "line" } else { "lines" };
        notes.push(format!(
            "what is made of {} still says {} in {lines_are} {}; read it",
            read.file.shown,
            own.name,
            listed(&lines)
        ));
    }
    Renamed { bytes: text.into_bytes(), notes, is_copy: false }
}

/// Whether a word stands in a line by itself.
fn says(line: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    line.match_indices(word).any(|(at, _)| {
        let (before, after) = line.split_at(at);
        let after = after.get(word.len()..).unwrap_or_default();
        !before.ends_with(is_part) && !after.starts_with(is_part)
    })
}
