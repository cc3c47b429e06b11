//! `eval`: manifests from files, the instance's manifests on stdout.

use std::path::{Path, PathBuf};

use super::{Failure, files};
use crate::krm::Source;
use crate::run::{self, Output};

pub(super) fn run(paths: &[PathBuf], config: &Path) -> Result<Output, Failure> {
    let config_text = files::read(config)?;
    let manifests = files::manifests(paths, config)?;
    if manifests.is_empty() {
        let given: Vec<_> = paths.iter().map(|path| path.display().to_string()).collect();
        return Err(format!("{}: no manifest is there (.yaml, .yml, .json)", given.join(", ")));
    }
    let config_name = config.display().to_string();
    let config = parse(&config_name, &config_text)?;
    let sources: Result<Vec<_>, _> =
        manifests.iter().map(|manifest| parse(&manifest.path, &manifest.text)).collect();
    Ok(run::stream(&config, &sources?))
}

fn parse<'t>(path: &'t str, text: &'t str) -> Result<Source<'t>, Failure> {
    Source::parse(Some(path), text).map_err(|error| format!("{path}: {error}"))
}
