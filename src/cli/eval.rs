//! `eval`: manifests from files, the instance's manifests on stdout, in their own files, in a directory, or as a diff.

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::files::{self, Manifest};
use super::replace::{Replacement, replace};
use super::{Failure, finish, output, print, say, wants_colour};
use crate::report::print_diff;
use crate::run::{self, Output};

#[derive(Debug, Args)]
pub(super) struct EvalArguments {
    /// Files, directories (read with all below them), or - for stdin
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The function config: an `OpenStackInstance`, or a ConfigMap
    #[arg(short, long, value_name = "FILE")]
    config: PathBuf,
    /// Print what would change in the files as a unified diff: exit 0 nothing, 1 something, 2 an error
    #[arg(long, group = "way")]
    diff: bool,
    /// Change the files themselves, all or none, and print which changed
    #[arg(long, group = "way")]
    in_place: bool,
    /// Write files of the same relative paths below a directory that is missing, empty, or has them already
    #[arg(long, value_name = "DIR", group = "way")]
    output: Option<PathBuf>,
}

pub(super) fn run(arguments: &EvalArguments, verbose: bool) -> Result<ExitCode, Failure> {
    let config_text = files::read(&arguments.config)?;
    let manifests = files::manifests(&arguments.paths, Some(&arguments.config))?;
    let config_name = arguments.config.display().to_string();
    let config = files::parse(&config_name, &config_text)?;
    let sources = files::sources(&manifests)?;
    if arguments.diff {
        return Ok(diff(&manifests, &run::files(&config, &sources), verbose));
    }
    if arguments.in_place {
        let places = places(&manifests)?;
        let output = run::files(&config, &sources);
        return written(&output, verbose, |texts| in_place(&manifests, &places, texts));
    }
    if let Some(directory) = &arguments.output {
        let places = output::places(&arguments.paths, &manifests, directory)?;
        let output = run::stream(&config, &sources);
        return written(&output, verbose, |texts| output::write(directory, &manifests, &places, texts));
    }
    let mut output = run::stream(&config, &sources);
    output.texts = vec![files::joined(&manifests, &output.texts)?];
    Ok(finish(Ok(output), verbose))
}

/// As `kubectl diff`: 1 says that something would change, so that what went wrong has another number.
fn diff(manifests: &[Manifest], output: &Output, verbose: bool) -> ExitCode {
    say(&output.findings, verbose);
    if output.failed {
        return ExitCode::from(2);
    }
    let is_terminal = io::stdout().is_terminal();
    let colour = wants_colour(is_terminal);
    let each = manifests.iter().zip(&output.texts);
    let diffs =
        each.map(|(manifest, text)| print_diff(&manifest.path, (&manifest.text, text), is_terminal, colour));
    let text: String = diffs.collect();
    let printed = print(&text);
    if text.is_empty() || printed != ExitCode::SUCCESS { printed } else { ExitCode::FAILURE }
}

/// Writes what a run gives, unless it failed, and prints the paths that changed.
fn written(
    output: &Output,
    verbose: bool,
    write: impl FnOnce(&[String]) -> Result<Vec<String>, Failure>,
) -> Result<ExitCode, Failure> {
    say(&output.findings, verbose);
    if output.failed {
        return Ok(ExitCode::FAILURE);
    }
    let lines: String = write(&output.texts)?.into_iter().map(|path| path + "\n").collect();
    Ok(print(&lines))
}

/// Where the manifests truly are; stdin is nowhere, and one file cannot get two texts.
fn places(manifests: &[Manifest]) -> Result<Vec<PathBuf>, Failure> {
    let mut places: Vec<PathBuf> = Vec::new();
    for manifest in manifests {
        let file = manifest.file.as_deref().ok_or("stdin is no file: give files, or leave out --in-place")?;
        let place = file.canonicalize().map_err(|error| format!("{}: {error}", manifest.path))?;
        if let Some(other) = places.iter().position(|known| *known == place).and_then(|at| manifests.get(at))
        {
            return Err(format!("{} and {} are one file; give it once", manifest.path, other.path));
        }
        places.push(place);
    }
    Ok(places)
}

fn in_place(manifests: &[Manifest], places: &[PathBuf], texts: &[String]) -> Result<Vec<String>, Failure> {
    let mut changed = Vec::new();
    let mut shown = Vec::new();
    for ((manifest, place), new) in manifests.iter().zip(places).zip(texts) {
        if manifest.text != *new {
            changed.push(Replacement {
                path: place.clone(),
                old: Some(&manifest.text),
                new,
                like: Some(place.clone()),
            });
            shown.push(manifest.path.clone());
        }
    }
    replace(&changed)?;
    Ok(shown)
}
