//! `eval`: manifests from files, the instance's manifests on stdout.

use std::path::{Path, PathBuf};

use super::{Failure, files};
use crate::run::{self, Output};

pub(super) fn run(paths: &[PathBuf], config: &Path) -> Result<Output, Failure> {
    let config_text = files::read(config)?;
    let manifests = files::manifests(paths, Some(config))?;
    let config_name = config.display().to_string();
    let config = files::parse(&config_name, &config_text)?;
    let mut output = run::stream(&config, &files::sources(&manifests)?);
    output.texts = vec![files::joined(&manifests, &output.texts)?];
    Ok(output)
}
