//! `import`: live objects as a base, on stdout or as files. Exit 0: done, 2: could not run, or nothing is left.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::replace::Replacement;
use super::{Failure, files, note, output, print, sentence, unbuilt};
use crate::import::{self, Imported, Stage};
use crate::run;
use crate::yaml;

/// What becomes of Secrets.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Secrets {
    /// They are named on stderr
    Name,
    /// They are printed too, with their keys and `CHANGE_ME` for each value
    Stub,
}

#[derive(Debug, Args)]
pub(super) struct ImportArguments {
    /// Files, directories (read with all below them), or - for stdin: what kubectl get -o yaml or -o json prints
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Write a file for each stage and a kustomization into a directory that is missing, empty, or has them already
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// What becomes of Secrets; their values are never printed
    #[arg(long, value_enum, default_value = "name")]
    secrets: Secrets,
}

pub(super) fn run(arguments: &ImportArguments, verbose: bool) -> Result<ExitCode, Failure> {
    unbuilt::refuse(&arguments.paths, "import")?;
    let manifests = files::manifests(&arguments.paths, None)?;
    let sources = files::sources(&manifests)?;
    let items = run::items(&sources).map_err(|findings| sentence(&findings))?;
    let secrets = match arguments.secrets {
        Secrets::Name => import::Secrets::Name,
        Secrets::Stub => import::Secrets::Stub,
    };
    let imported = import::import(&items, secrets).map_err(|wrong| {
        let path = manifests.get(wrong.source).map_or("stdin", |manifest| manifest.path.as_str());
        format!("{path}: {wrong}")
    })?;
    tell(&imported, verbose);
    if imported.documents.is_empty() {
        return Err(
            "no object is left to import; kubectl get -o yaml prints those of the kinds that you name"
                .to_owned(),
        );
    }
    match &arguments.output {
        None => Ok(print(&joined(imported.documents.iter().map(|document| document.text.as_str())))),
        Some(directory) => written(&arguments.paths, &imported, directory),
    }
}

fn tell(imported: &Imported, verbose: bool) {
    if verbose {
        imported.details().iter().for_each(|line| note(&format!("info: {line}")));
    }
    imported.summary().iter().for_each(|line| note(&format!("note: {line}")));
}

fn joined<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    texts.collect::<Vec<_>>().join(import::SEPARATOR)
}

/// Writes the stages that have objects, and prints the paths of the files.
fn written(paths: &[PathBuf], imported: &Imported, directory: &Path) -> Result<ExitCode, Failure> {
    output::refuse_within(paths, directory)?;
    let mut texts: Vec<(&str, String)> = Vec::new();
    for stage in Stage::ALL {
        let own = imported.documents.iter().filter(|document| document.stage == stage);
        let text = joined(own.map(|document| document.text.as_str()));
        if !text.is_empty() {
            texts.push((stage.file(), text));
        }
    }
    let names: Vec<&str> = texts.iter().map(|(name, _)| *name).collect();
    texts.push(("kustomization.yaml", kustomization(&names)));
    let all = texts.iter().map(|(name, text)| Replacement {
        path: directory.join(name),
        old: None,
        new: text,
        like: None,
    });
    let paths = output::write_all(directory, all.collect())?;
    Ok(print(&paths.into_iter().map(|path| path + "\n").collect::<String>()))
}

fn kustomization(resources: &[&str]) -> String {
    yaml::document(&json!({
        "apiVersion": "kustomize.config.k8s.io/v1beta1",
        "kind": "Kustomization",
        "resources": resources,
    }))
}
