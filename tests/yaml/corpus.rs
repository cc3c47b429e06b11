//! The laws over real files: those under `$MULTI_RHOSO_CORPUS`, or else the repository's fixtures.

use std::path::{Path, PathBuf};

use json_patch::Patch;
use multi_rhoso::yaml::{self, Kind, Node, Splices};
use serde_json::{Value, json};

use crate::held::{readers_agree, spans_hold, untouched_is_untouched};
use crate::oracle;

/// All YAML and JSON files, with their text.
pub(crate) fn files() -> Vec<(PathBuf, String)> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let root = std::env::var_os("MULTI_RHOSO_CORPUS").map_or(fixtures, PathBuf::from);
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    files
}

fn collect(directory: &Path, files: &mut Vec<(PathBuf, String)>) {
    let Ok(entries) = std::fs::read_dir(directory) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        if path.is_dir() {
            collect(&path, files);
        } else if matches!(extension, "yaml" | "yml" | "json") {
            files.extend(std::fs::read_to_string(&path).ok().map(|text| (path, text)));
        }
    }
}

#[test]
fn files_read_as_libyaml_reads_them() {
    for (path, text) in files() {
        let read = yaml::parse(&text);
        // Some fixtures hold what readers differ on.
        let is_refused = |name: &str| path.to_string_lossy().contains(name);
        let is_wrong = read.is_err() && ["fixtures/error-", "fixtures/hostile-"].into_iter().any(is_refused);
        if is_wrong || oracle::documents(&text).is_err() {
            continue;
        }
        let documents = read.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for document in &documents {
            spans_hold(&text, document);
        }
        assert_eq!(oracle::difference(&text, &documents), None, "{}", path.display());
    }
}

/// The paths of all scalars, and of all collections.
fn paths(node: &Node<'_>, path: &str, scalars: &mut Vec<String>, mappings: &mut Vec<String>) {
    match &node.kind {
        Kind::Scalar { .. } => scalars.push(path.to_owned()),
        Kind::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                paths(item, &format!("{path}/{index}"), scalars, mappings);
            }
        }
        Kind::Mapping(entries) => {
            mappings.push(path.to_owned());
            for entry in entries {
                let key = entry.key.text().unwrap_or_default().replace('~', "~0").replace('/', "~1");
                paths(&entry.value, &format!("{path}/{key}"), scalars, mappings);
            }
        }
        Kind::Alias { .. } => {}
    }
}

/// Changes many scalars of a document, and adds a nested entry to many mappings, in one edit.
fn operations(document: &Node<'_>) -> Vec<Value> {
    let (mut scalars, mut mappings) = (Vec::new(), Vec::new());
    paths(document, "", &mut scalars, &mut mappings);
    let step = scalars.len() / 40 + 1;
    let replace = scalars.iter().skip(1).step_by(step).filter(|path| !path.is_empty()).map(|path| {
        let old = document.at(yaml::Pointer::parse(path).expect("a pointer")).expect("a node");
        let new =
            old.text().unwrap_or_default().replace("172.17.0", "172.27.0").replace("the ", "THE ") + "x";
        json!({"op": "replace", "path": path, "value": new})
    });
    let step = mappings.len() / 20 + 1;
    let add = mappings.iter().step_by(step).map(|path| {
        json!({"op": "add", "path": format!("{path}/new~1key"), "value": {"annotations": {"a": "yes", "b": ["x"]}}})
    });
    replace.chain(add).collect()
}

#[test]
fn edits_of_files_obey_the_laws() {
    let (mut made, mut refused) = (0, Vec::new());
    for (path, text) in files() {
        let Ok(documents) = yaml::parse(&text) else { continue };
        for (index, document) in documents.iter().enumerate() {
            assert_eq!(yaml::edit(&text, document, &[]), Ok(Splices::default()));
            let patch: Patch =
                serde_json::from_value(operations(document).into_iter().collect()).expect("a patch");
            let splices = match yaml::edit(&text, document, &patch.0) {
                Ok(splices) => splices,
                Err(error) => {
                    refused.push(format!("{}: {error}", path.display()));
                    continue;
                }
            };
            let new = yaml::splice(&text, &splices);
            untouched_is_untouched(&text, &new, &splices);
            let again = yaml::parse(&new).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let mut expected = document.to_value();
            json_patch::patch(&mut expected, &patch.0).expect("a patch that fits");
            assert_eq!(again.get(index).map(Node::to_value), Some(expected), "{}", path.display());
            assert_eq!(
                yaml::edit(&new, &again[index], &patch.0),
                Ok(Splices::default()),
                "{}",
                path.display()
            );
            made += 1;
        }
    }
    assert!(refused.len() * 20 <= made, "{made} documents were edited, but not these: {refused:#?}");
}

#[test]
fn both_readers_read_files_the_same() {
    for (_, text) in files() {
        readers_agree(&text);
        for document in text.split("\n---\n") {
            readers_agree(document);
        }
    }
}
