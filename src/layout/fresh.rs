//! A tree around manifests that a person brings: the base, the mechanism, the overlay of the base's own instance, the
//! fleet. Must not know what the manifests say.

use std::path::{Path, PathBuf};

use json_patch::{AddOperation, PatchOperation, ReplaceOperation};
use serde_json::{Map, Value, json};

use crate::config::{API_VERSION, INSTANCE};
use crate::yaml::{self, PointerBuf};

use super::fields::is_kustomization;
use super::paths::directory;
use super::tree::Tree;
use super::{Change, File};

/// What the project's own overlays have, and every tree has alike.
macro_rules! embedded {
    ($path:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/overlays/", $path))
    };
    ($($path:literal),+ $(,)?) => {
        [$(($path, embedded!($path))),+]
    };
}

const ALIKE: [(&str, &str); 6] = embedded![
    "mechanism/kustomization.yaml",
    "mechanism/plugin/kustomization.yaml",
    "mechanism/container/kustomization.yaml",
    "mechanism/exec/kustomization.yaml",
    "fleet/check/kustomization.yaml",
    "fleet/check/fleetcheck.yaml",
];

/// The directories of a tree that are no instance's.
const DIRECTORIES: [&str; 3] = ["base", "mechanism", "fleet"];

const PLAN: &str = "plan.yaml";

/// The manifests of a base: those that were brought, with a kustomization.
#[derive(Debug)]
pub struct Brought {
    /// The tree's directory.
    to: PathBuf,
    /// Below its base.
    pub files: Vec<File>,
}

impl Brought {
    /// Manifests by their paths below the base; `shown` is where they came from. The error says what cannot be.
    pub fn new(to: &Path, name: &str, mut files: Vec<File>) -> Result<Self, String> {
        if DIRECTORIES.contains(&name) {
            return Err(format!("{name} is a directory of the tree itself; give the instance another name"));
        }
        for (index, file) in files.iter().enumerate() {
            if let Some(other) = files.iter().take(index).find(|other| other.path == file.path) {
                let (one, other) = (&file.shown, &other.shown);
                return Err(format!(
                    "{other} and {one} would be one file of the base; give one of them another name"
                ));
            }
        }
        let base = to.join("base");
        if let Some(plan) = files.iter().find(|file| file.path == Path::new(PLAN)) {
            return Err(format!("{}: the plan gets that name; give the file another", plan.shown));
        }
        let is_root = |file: &File| is_kustomization(&file.path) && directory(&file.path) == Path::new("");
        if !files.iter().any(is_root) {
            files.push(root(&files));
        }
        for file in &mut files {
            file.path = base.join(&file.path);
        }
        Ok(Self { to: to.to_owned(), files })
    }

    /// The texts of the manifests that the base's kustomization takes in, each with where it came from.
    #[must_use]
    pub fn manifests<'t>(&self, tree: &Tree<'t>) -> Vec<(&'t str, &'t str)> {
        let root = tree.at(&self.to.join("base"));
        let reached = root.map(|root| tree.reached(root)).unwrap_or_default();
        let manifests = reached.into_iter().filter(|read| !is_kustomization(&read.file.path));
        manifests.map(|read| (read.file.shown.as_str(), read.file.text().unwrap_or_default())).collect()
    }
}

/// The kustomization of files that have none: each manifest, or the directory that has a kustomization.
fn root(files: &[File]) -> File {
    let has_own = |directory: &Path| {
        files.iter().any(|file| is_kustomization(&file.path) && file.path.parent() == Some(directory))
    };
    let mut resources: Vec<String> = Vec::new();
    for file in files {
        let outermost = file.path.ancestors().skip(1).filter(|above| has_own(above)).last();
        let is_manifest =
            ["yaml", "yml", "json"].iter().any(|end| file.path.extension().is_some_and(|one| one == *end));
        let listed = outermost.or_else(|| Some(file.path.as_path()).filter(|_| is_manifest));
        let listed = listed.map(|path| path.to_string_lossy().into_owned());
        resources.extend(listed.filter(|path| !resources.contains(path)));
    }
    let value = kustomization(&json!({ "resources": resources }));
    File {
        path: "kustomization.yaml".into(),
        shown: "kustomization.yaml".to_owned(),
        bytes: value.into_bytes(),
    }
}

fn kustomization(fields: &Value) -> String {
    let mut whole = Map::new();
    whole.insert("apiVersion".to_owned(), json!("kustomize.config.k8s.io/v1beta1"));
    whole.insert("kind".to_owned(), json!("Kustomization"));
    whole.extend(fields.as_object().cloned().unwrap_or_default());
    yaml::document(&Value::Object(whole))
}

/// The tree around a base whose plan is drafted, with the base's own instance.
pub fn fresh(brought: Brought, plan: &str, name: &str) -> Result<Change, String> {
    let to = brought.to;
    let mut written: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    for file in brought.files {
        let is_root = is_kustomization(&file.path) && directory(&file.path) == to.join("base");
        let bytes = if is_root { with_plan(&file)? } else { file.bytes };
        written.push((file.path, bytes));
    }
    written.push((to.join("base").join(PLAN), of_instance(plan, name)?.into_bytes()));
    let own = [
        (format!("{name}/kustomization.yaml"), embedded!("openstack/kustomization.yaml").to_owned()),
        (format!("{name}/instance/kustomization.yaml"), instance(name)),
        (format!("{name}/instance/{name}.yaml"), config(name)),
        ("fleet/kustomization.yaml".to_owned(), fleet(name)),
    ];
    let alike = ALIKE.map(|(path, text)| (path.to_owned(), text.to_owned()));
    let files = alike.into_iter().chain(own);
    written.extend(files.map(|(path, text)| (to.join(path), text.into_bytes())));
    Ok(Change { written, ..Change::default() })
}

fn instance(name: &str) -> String {
    kustomization(&json!({ "resources": [format!("{name}.yaml")], "components": ["../../mechanism"] }))
}

fn config(name: &str) -> String {
    yaml::document(&json!({
        "apiVersion": API_VERSION,
        "kind": INSTANCE.kind,
        "metadata": { "name": name },
        "spec": { "plan": "plan" },
    }))
}

fn fleet(name: &str) -> String {
    let fields = json!({ "resources": [format!("../{name}")], "transformers": ["check"] });
    format!(
        "# Every instance of the cluster in one list, checked against each other.\n{}",
        kustomization(&fields)
    )
}

/// The base's kustomization with the plan among its resources.
fn with_plan(file: &File) -> Result<Vec<u8>, String> {
    let text = file.text().unwrap_or_default();
    let list = PointerBuf::from_tokens(["resources"]);
    edited(&file.shown, text, |root| {
        let present = root.at(&list).is_some_and(|node| !node.is_null());
        let mut path = list.clone();
        let value = if present { json!(PLAN) } else { json!([PLAN]) };
        if present {
            path.push_back("-");
        }
        Some(PatchOperation::Add(AddOperation { path, value }))
    })
    .map(String::into_bytes)
}

/// A drafted plan with slot 1 for the base's instance: where the base's namespace is called otherwise, it says so.
fn of_instance(plan: &str, name: &str) -> Result<String, String> {
    edited(PLAN, plan, |root| {
        let from =
            root.at(&PointerBuf::from_tokens(["spec", "from", "namespace"])).and_then(|node| node.text());
        let entry = match from {
            Some(from) if from == name => return None,
            Some(from) => json!({ name: { "slot": 1, "namespace": from } }),
            None => json!({ name: 1 }),
        };
        let path = PointerBuf::from_tokens(["spec", "instances"]);
        Some(PatchOperation::Replace(ReplaceOperation { path, value: entry }))
    })
}

fn edited(
    shown: &str,
    text: &str,
    operation: impl FnOnce(&yaml::Node<'_>) -> Option<PatchOperation>,
) -> Result<String, String> {
    let of_file = |error: yaml::Error| format!("{shown}: {error}");
    let documents = yaml::parse(text).map_err(of_file)?;
    let Some(root) = documents.first() else { return Ok(text.to_owned()) };
    let patch: Vec<PatchOperation> = operation(root).into_iter().collect();
    Ok(yaml::splice(text, &yaml::edit(text, root, &patch).map_err(of_file)?))
}
