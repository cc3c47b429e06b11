//! `patch`: what is to be done to live objects, as a plan, a script, JSON, and files of a directory.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::output::write_all;
use super::replace::Replacement;
use super::{Failure, files, print, say};
use crate::report::{PatchFormat, patch_files, print_patch};
use crate::run;

/// How the steps are printed.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum OutputFormat {
    /// For people
    Text,
    /// For a shell, which ends where a step is refused
    Sh,
    /// For programs
    Json,
}

#[derive(Debug, Args)]
pub(super) struct PatchArguments {
    /// What `kubectl get … -o yaml` prints, or manifests: files, directories (read with all below them), or - for stdin
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The function config: an `OpenStackInstance` whose namespace is the base's, or a ConfigMap
    #[arg(short, long, value_name = "FILE")]
    config: PathBuf,
    /// Write each document and steps.sh into a directory that is missing, empty, or has them already
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// How the steps are printed
    #[arg(short = 'o', long, value_enum, default_value = "text")]
    format: OutputFormat,
}

pub(super) fn run(arguments: &PatchArguments, verbose: bool) -> Result<ExitCode, Failure> {
    let config_text = files::read(&arguments.config)?;
    let manifests = files::manifests(&arguments.paths, Some(&arguments.config))?;
    let config_name = arguments.config.display().to_string();
    let config = files::parse(&config_name, &config_text)?;
    let sources = files::sources(&manifests)?;
    let patched = match run::patch(&config, &sources) {
        Ok(patched) => patched,
        Err(findings) => {
            say(&findings, verbose);
            return Ok(ExitCode::FAILURE);
        }
    };
    say(&patched.findings, verbose);
    let directory = arguments.output.as_ref();
    if let Some(directory) = directory {
        let files: Vec<(PathBuf, String)> =
            patch_files(&patched).into_iter().map(|(name, text)| (directory.join(name), text)).collect();
        let all = files.iter().map(|(path, new)| {
            // The documents are of no one file: the mode of the config does for all.
            Replacement { path: path.clone(), old: None, new, like: Some(arguments.config.clone()) }
        });
        write_all(directory, all.collect())?;
    }
    let shown = directory.map(|directory| directory.display().to_string());
    let format = match arguments.format {
        OutputFormat::Text => PatchFormat::Text,
        OutputFormat::Sh => PatchFormat::Script,
        OutputFormat::Json => PatchFormat::Json,
    };
    Ok(print(&print_patch(&patched, shown.as_deref(), format)))
}
