//! Manifests as values, and where they come from. Knows no cluster.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

use crate::Outcome;

/// One document of a stream: its text, to be sent as it is, and its value.
pub(crate) struct Document {
    pub(crate) text: String,
    pub(crate) value: Value,
}

/// Splits a stream at its document markers; empty documents are left out.
pub(crate) fn documents(stream: &str) -> Outcome<Vec<Document>> {
    let mut found = Vec::new();
    for text in format!("\n{stream}").split("\n---") {
        let value: Value = serde_yaml::from_str(text).map_err(|e| format!("{e} in:\n{text}"))?;
        if !value.is_null() {
            found.push(Document { text: text.to_owned(), value });
        }
    }
    Ok(found)
}

/// The values alone.
pub(crate) fn values(stream: &str) -> Outcome<Vec<Value>> {
    Ok(documents(stream)?.into_iter().map(|document| document.value).collect())
}

/// Data of a scenario, under `tests/prove/scenarios`.
pub(crate) fn scenario_data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/prove/scenarios").join(name)
}

/// Reads a scenario's data into its type; a field that the type does not know is an error.
pub(crate) fn scenario<T: for<'de> Deserialize<'de>>(name: &str) -> T {
    let text = read(&scenario_data(name)).unwrap();
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// All files with this ending under a directory, in order of their names.
pub(crate) fn files(directory: &Path, ending: &str) -> Outcome<Vec<PathBuf>> {
    let mut found = Vec::new();
    let entries = fs::read_dir(directory).map_err(|e| format!("{}: {e}", directory.display()))?;
    for entry in entries {
        let path = entry.map_err(|e| e.to_string())?.path();
        if path.is_dir() {
            found.extend(files(&path, ending)?);
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

pub(crate) fn read(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}

/// A string at a JSON pointer, empty when there is none.
pub(crate) fn text_at<'v>(value: &'v Value, pointer: &str) -> &'v str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}
