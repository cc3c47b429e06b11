//! kustomize's legacy exec plugins: the config's file as first argument, documents on stdin and on stdout.
//!
//! Source: kustomize `api/internal/plugins/execplugin/execplugin.go`.

use std::path::{Path, PathBuf};

use super::{Cli, Failure, files, read_stdin};
use crate::krm::{Source, SourceKind};
use crate::run::{self, Output};
use clap::CommandFactory;

/// The config's path, where the first argument is a file and no subcommand.
pub(super) fn config_argument() -> Option<PathBuf> {
    let first = std::env::args_os().nth(1)?;
    let is_command = Cli::command().get_subcommands().any(|command| first == command.get_name());
    let path = PathBuf::from(first);
    (!is_command && path.is_file()).then_some(path)
}

pub(super) fn run(config: &Path) -> Result<Output, Failure> {
    let text = read_stdin()?;
    let source = Source::parse(None, &text).map_err(|error| format!("stdin: {error}"))?;
    if source.kind == SourceKind::ResourceList {
        return Ok(run::function(&text));
    }
    let name = config.display().to_string();
    let config_text = files::read(config)?;
    let config = files::parse(&name, &config_text)?;
    Ok(run::stream(&config, &[source]))
}
