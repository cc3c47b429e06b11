//! Manifests as values: two tools may print the same objects in another order and another style.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use libtest_mimic::Failed;
use serde::Deserialize;
use serde_json::Value;

/// Objects by kind, namespace and name.
pub(crate) type Objects = BTreeMap<(String, String, String), Value>;

const LOCAL_CONFIG: &str = "/metadata/annotations/config.kubernetes.io~1local-config";

/// The objects of a stream of documents. What only describes a package to its tool is left out.
pub(crate) fn objects(stream: &str) -> Result<Objects, Failed> {
    let mut objects = Objects::new();
    for document in serde_yaml::Deserializer::from_str(stream) {
        let value = Value::deserialize(document)?;
        let id = id(&value);
        let is_local = value.pointer(LOCAL_CONFIG).and_then(Value::as_str) == Some("true");
        if value.is_null() || is_local || id.0 == "Kptfile" || id.0 == "Kustomization" {
            continue;
        }
        if objects.insert(id.clone(), value).is_some() {
            return Err(format!("{id:?} is there twice").into());
        }
    }
    Ok(objects)
}

/// The objects of all YAML files in a directory.
pub(crate) fn in_directory(directory: &Path) -> Result<Objects, Failed> {
    let mut all = Objects::new();
    for path in
        files(directory)?.into_iter().filter(|path| path.extension().is_some_and(|kind| kind == "yaml"))
    {
        let text = fs::read_to_string(&path)?;
        all.extend(objects(&text).map_err(|error| format!("{}: {error:?}", path.display()))?);
    }
    Ok(all)
}

/// The files in a directory, sorted.
pub(crate) fn files(directory: &Path) -> Result<Vec<std::path::PathBuf>, Failed> {
    let entries: Result<Vec<_>, _> =
        fs::read_dir(directory)?.map(|entry| entry.map(|entry| entry.path())).collect();
    let mut paths = entries?;
    paths.retain(|path| path.is_file());
    paths.sort();
    Ok(paths)
}

/// Fails with the first few differences.
pub(crate) fn same(wanted: &Objects, got: &Objects) -> Result<(), Failed> {
    let missing = wanted.keys().filter(|id| !got.contains_key(id)).map(|id| format!("missing: {id:?}"));
    let surplus = got.keys().filter(|id| !wanted.contains_key(id)).map(|id| format!("not expected: {id:?}"));
    let changed = wanted.iter().filter_map(|(id, wanted)| {
        let got = got.get(id)?;
        (got != wanted).then(|| format!("{id:?}\n  wanted {wanted}\n  got    {got}"))
    });
    let differences: Vec<String> = missing.chain(surplus).chain(changed).take(5).collect();
    if differences.is_empty() { Ok(()) } else { Err(differences.join("\n").into()) }
}

fn id(value: &Value) -> (String, String, String) {
    let text = |pointer: &str| value.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
    (text("/kind"), text("/metadata/namespace"), text("/metadata/name"))
}
