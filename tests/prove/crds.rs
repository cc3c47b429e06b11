//! The types that the API server learns: MetalLB's from its own module, OpenStack's from the corpus, and two
//! short ones of our own. Knows no scenario.

use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::Outcome;
use crate::kube::Kube;
use crate::manifests::{files, read, text_at, values};

/// The corpus of real inputs, where there is one.
pub(crate) fn corpus() -> Option<PathBuf> {
    std::env::var_os("MULTI_RHOSO_CORPUS").map(PathBuf::from).filter(|path| path.is_dir())
}

/// Reads all types. MetalLB's come first: for two seconds after a type is served, whoever creates one of it waits
/// two seconds, and MetalLB asks again and again.
pub(crate) fn read_all(metallb: &Path) -> Outcome<Vec<Value>> {
    let mut types = load(metallb)?;
    types.extend(load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/prove/crds"))?);
    if let Some(corpus) = corpus() {
        let openstack = load(&corpus.join("crds"))?;
        types.extend(openstack.into_iter().filter(|t| text_at(t, "/spec/group").ends_with(".openstack.org")));
    }
    Ok(types)
}

/// Installs types and waits until the server knows them; side by side, since one of them is larger than all others.
pub(crate) fn install(kube: &Kube, types: &[Value]) -> Outcome<()> {
    let install = |definition| {
        kube.create(definition)?.body_or_error()?;
        wait_until_served(kube, definition)
    };
    thread::scope(|scope| {
        let all: Vec<_> = types.iter().map(|definition| scope.spawn(move || install(definition))).collect();
        all.into_iter().try_for_each(|one| one.join().unwrap())
    })
}

/// Lets control planes be stored as people write them: the fields that openstack-operator's defaulting
/// webhook fills in are no longer required. Types, enums and pruning stay.
pub(crate) fn relax(kube: &Kube, name: &str) -> Outcome<()> {
    let path = format!("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/{name}");
    let mut definition = kube.get(&path)?;
    for version in definition["spec"]["versions"].as_array_mut().into_iter().flatten() {
        drop_required(&mut version["schema"]["openAPIV3Schema"], false);
    }
    kube.send("PUT", &path, "application/json", definition.to_string().as_bytes())?.body_or_error().map(drop)
}

fn load(directory: &Path) -> Outcome<Vec<Value>> {
    let mut types = Vec::new();
    for file in files(directory, "yaml")? {
        let definitions = values(&read(&file)?)?;
        types.extend(definitions.into_iter().filter(|d| d["kind"] == "CustomResourceDefinition"));
    }
    // The proof runs no conversion webhook; the stored version is the one that is used.
    for definition in &mut types {
        definition["spec"].as_object_mut().map(|spec| spec.remove("conversion"));
        definition.as_object_mut().map(|whole| whole.remove("status"));
    }
    Ok(types)
}

/// A list's keys stay required, and everything inside maps and lists: smaller elements would raise the
/// estimated cost of the rules above them beyond the server's budget.
fn drop_required(schema: &mut Value, inside_collection: bool) {
    let Some(schema) = schema.as_object_mut() else { return };
    if !inside_collection {
        schema.remove("required");
    }
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        properties.values_mut().for_each(|property| drop_required(property, inside_collection));
    }
    let ruled = schema.contains_key("x-kubernetes-validations");
    if let Some(element) = schema.get_mut("additionalProperties") {
        drop_required(element, inside_collection || ruled || has_rules(element));
    }
}

fn has_rules(schema: &Value) -> bool {
    match schema {
        Value::Object(map) => map.contains_key("x-kubernetes-validations") || map.values().any(has_rules),
        Value::Array(list) => list.iter().any(has_rules),
        _ => false,
    }
}

fn wait_until_served(kube: &Kube, definition: &Value) -> Outcome<()> {
    let (group, plural) = (text_at(definition, "/spec/group"), text_at(definition, "/spec/names/plural"));
    let version = text_at(definition, "/spec/versions/0/name");
    let deadline = Instant::now() + Duration::from_secs(30);
    while kube.get(&format!("/apis/{group}/{version}/{plural}?limit=1")).is_err() {
        if Instant::now() > deadline {
            return Err(format!("{plural}.{group} is not served"));
        }
        thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}
