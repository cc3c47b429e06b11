//! The manifests that the laws hold for: the project's own, and real ones where `MULTI_RHOSO_CORPUS` names them.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// The project.
pub(crate) const PROJECT: &str = env!("CARGO_MANIFEST_DIR");

/// The file of a base that holds its address plan.
pub(crate) const PLAN: &str = "plan.yaml";

/// The directory of real manifests, where there is one.
pub(crate) fn directory() -> Option<PathBuf> {
    let directory = env::var_os("MULTI_RHOSO_CORPUS").filter(|path| !path.is_empty())?;
    let path = Path::new(PROJECT).join(directory);
    assert!(path.is_dir(), "MULTI_RHOSO_CORPUS names no directory: {}", path.display());
    Some(path)
}

/// All YAML and JSON files below a directory, in a stable order.
pub(crate) fn files(directory: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> = fs::read_dir(directory)
        .unwrap_or_else(|error| panic!("{}: {error}", directory.display()))
        .map(|entry| entry.expect("an entry").path())
        .collect();
    entries.sort();
    let is_manifest = |path: &PathBuf| path.extension().is_some_and(|end| end == "yaml" || end == "json");
    entries
        .into_iter()
        .flat_map(|path| {
            if path.is_dir() { files(&path) } else { vec![path].into_iter().filter(is_manifest).collect() }
        })
        .collect()
}

/// The manifests of the project and of the corpus that hold a control plane or an object of MetalLB.
pub(crate) fn manifests() -> Vec<PathBuf> {
    let own = ["overlays/base", "overlays/base-ipv6"];
    let own = own.into_iter().flat_map(|base| files(&Path::new(PROJECT).join(base)));
    let real = directory().into_iter().flat_map(|corpus| files(&corpus));
    own.chain(real).filter(|path| is_of_ours(path)).collect()
}

fn is_of_ours(path: &Path) -> bool {
    let text = fs::read_to_string(path).unwrap_or_default();
    let definition = text.contains("\nkind: CustomResourceDefinition");
    !definition && (text.contains("kind: OpenStackControlPlane") || text.contains("apiVersion: metallb.io/"))
}
