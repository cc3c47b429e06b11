//! What a kustomization names: the fields that hold paths, as one table. Must not know where the paths lead.
//!
//! Source: kustomize `api/types/kustomization.go`.

use std::path::{Path as FilePath, PathBuf};

use crate::find::select;
use crate::path;
use crate::path::Path;
use crate::yaml::{self, Node, PointerBuf};

use super::paths::{directory, normal};

/// What a kustomization does with what it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It takes in what is there: objects, or what another kustomization gives.
    Takes,
    /// It runs functions with the configs that are there.
    Runs,
    /// It reads a file for something of its own.
    Reads,
}

/// A field that holds a path, or several.
const FIELDS: [(Path, Role); 22] = [
    (path!("resources.[]"), Role::Takes),
    (path!("bases.[]"), Role::Takes),
    (path!("components.[]"), Role::Takes),
    (path!("transformers.[]"), Role::Runs),
    (path!("validators.[]"), Role::Runs),
    (path!("generators.[]"), Role::Runs),
    (path!("configurations.[]"), Role::Reads),
    (path!("crds.[]"), Role::Reads),
    (path!("openapi.path"), Role::Reads),
    (path!("patches.[].path"), Role::Reads),
    (path!("patchesStrategicMerge.[]"), Role::Reads),
    (path!("patchesJson6902.[].path"), Role::Reads),
    (path!("replacements.[].path"), Role::Reads),
    (path!("configMapGenerator.[].files.[]"), Role::Reads),
    (path!("configMapGenerator.[].envs.[]"), Role::Reads),
    (path!("configMapGenerator.[].env"), Role::Reads),
    (path!("secretGenerator.[].files.[]"), Role::Reads),
    (path!("secretGenerator.[].envs.[]"), Role::Reads),
    (path!("secretGenerator.[].env"), Role::Reads),
    (path!("helmCharts.[].valuesFile"), Role::Reads),
    (path!("helmCharts.[].additionalValuesFiles.[]"), Role::Reads),
    (path!("helmGlobals.chartHome"), Role::Reads),
];

const NAMES: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/// Whether a file is a kustomization, which its name says.
#[must_use]
pub fn is_kustomization(path: &FilePath) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(|name| NAMES.contains(&name))
}

/// A path in a kustomization.
#[derive(Debug, Clone)]
pub(super) struct Reference<'a> {
    /// Where it stands.
    pub(super) pointer: PointerBuf,
    /// What stands before it: `key=` in a generator's list of files.
    pub(super) before: &'a str,
    /// Where it leads.
    pub(super) target: PathBuf,
    /// What for.
    pub(super) role: Role,
}

/// The paths in a kustomization, in the order of the table. What is no path, such as a URL or a text, leads nowhere.
pub(super) fn of<'a>(file: &FilePath, kustomization: &'a Node<'a>) -> Vec<Reference<'a>> {
    let of_field = |(path, role): &(Path, Role)| {
        let role = *role;
        let parts = select(kustomization, *path).into_iter();
        let one = move |part: crate::find::Part<'a>| {
            let text = part.node.text().filter(|text| !text.contains('\n'))?;
            let (before, way) = match text.find('=') {
                Some(equals) if role == Role::Reads => text.split_at(equals + 1),
                _ => ("", text),
            };
            let target = normal(&directory(file).join(way));
            Some(Reference { pointer: part.pointer, before, target, role })
        };
        parts.filter_map(one).collect::<Vec<_>>()
    };
    FIELDS.iter().flat_map(of_field).collect()
}

/// Where a kustomization leads; the error says why it cannot be read.
pub fn references(file: &FilePath, text: &str) -> Result<Vec<PathBuf>, String> {
    let documents = yaml::parse(text).map_err(|error| error.to_string())?;
    Ok(documents.iter().flat_map(|one| of(file, one)).map(|reference| reference.target).collect())
}
