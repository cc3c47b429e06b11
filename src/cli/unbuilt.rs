//! Kustomizations among what is to be checked: what they build may be another thing than the files beside them.

use std::path::{Path, PathBuf};

use super::{Failure, files};
use crate::yaml::{self, Node};

/// Fields that leave the manifests that are named as they are.
const HARMLESS: [&str; 6] = ["apiVersion", "kind", "metadata", "resources", "buildMetadata", "sortOptions"];

/// Refuses paths with a kustomization that makes of the files beside it what they are not, for a command.
pub(super) fn refuse(paths: &[PathBuf], command: &str) -> Result<(), Failure> {
    for file in files::kustomizations(paths) {
        let given = paths.contains(&file);
        let why = if given { Some("a kustomization".to_owned()) } else { changes(&file)? };
        if let Some(why) = why {
            let directory = file.parent().filter(|parent| !parent.as_os_str().is_empty());
            return Err(format!(
                "{}: {why}, so what it builds is not what stands in the files; build it and give that: kustomize build {} \
                 | multi-rhoso {command} -",
                file.display(),
                directory.unwrap_or(Path::new(".")).display()
            ));
        }
    }
    Ok(())
}

/// What a kustomization does beyond naming the files beside it.
fn changes(file: &Path) -> Result<Option<String>, Failure> {
    let text = files::read(file)?;
    let documents = yaml::parse(&text).map_err(|error| format!("{}: {error}", file.display()))?;
    let entries = || documents.iter().flat_map(Node::entries);
    let does = |key: &str| !HARMLESS.contains(&key);
    if let Some(field) = entries().filter_map(|entry| entry.key.text()).find(|key| does(key)) {
        return Ok(Some(format!("a kustomization with `{field}`")));
    }
    let resources = documents.iter().filter_map(|document| document.get("resources")).flat_map(Node::items);
    let elsewhere = |path: &&str| path.starts_with("../") || path.starts_with('/') || path.contains(':');
    let from = resources.filter_map(Node::text).find(elsewhere);
    Ok(from.map(|from| format!("a kustomization that takes {from} in")))
}
