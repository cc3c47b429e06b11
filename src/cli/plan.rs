//! `plan`: the address plan among manifests as a table, checked; an instance's long config; the plan of a base that has
//! none. Exit 0: no error, 1: errors, 2: could not run.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::{Failure, files, print, sentence, tell, unbuilt, wants_colour};
use crate::draft;
use crate::krm::{Finding, Item, Severity, Source};
use crate::model::Model;
use crate::plan::Plan;
use crate::report::{self, Format, PlanFormat};
use crate::run;
use crate::yaml;

/// How the table is printed.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum OutputFormat {
    /// For terminals
    Text,
    /// For programs
    Json,
    /// For pull requests
    Markdown,
    /// One page that needs nothing else
    Html,
}

impl OutputFormat {
    fn format(self) -> PlanFormat {
        match self {
            Self::Text => PlanFormat::Text,
            Self::Json => PlanFormat::Json,
            Self::Markdown => PlanFormat::Markdown,
            Self::Html => PlanFormat::Html,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct PlanArguments {
    /// Files, directories (read with all below them), or - for stdin
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The plan's name, where the manifests have several
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Print the whole `OpenStackInstance` of an instance, which needs no plan
    #[arg(long, value_name = "NAME", conflicts_with = "output")]
    instance: Option<String>,
    /// An older plan: fail where an instance that it has would move
    #[arg(long, value_name = "FILE")]
    was: Option<PathBuf>,
    /// Write a plan for the manifests of an instance, all of its stages; comments say what a person must decide
    #[arg(long, conflicts_with_all = ["name", "instance", "was", "output"])]
    init: bool,
    /// How the table is printed
    #[arg(short, long, value_enum, default_value = "text")]
    output: OutputFormat,
}

pub(super) fn run(arguments: &PlanArguments) -> Result<ExitCode, Failure> {
    if arguments.init {
        unbuilt::refuse(&arguments.paths, "plan --init")?;
    }
    let manifests = files::manifests(&arguments.paths, None)?;
    let sources = files::sources(&manifests)?;
    let items = run::items(&sources).map_err(|findings| sentence(&findings))?;
    if arguments.init {
        return draft::plan(&Model::new(&items)).map(|text| print(&text));
    }
    let was = arguments.was.as_deref().map(|path| older(path, arguments.name.as_deref())).transpose()?;
    let item = run::plan_item(&items, arguments.name.as_deref())?;
    let (plan, findings) = match run::read_ready(item, was.as_ref()) {
        Ok(ready) => ready,
        Err(findings) => return Ok(said(&findings, &sources)),
    };
    let code = said(&findings, &sources);
    match &arguments.instance {
        Some(_) if has_errors(&findings) => Ok(code),
        Some(name) => Ok(long_config(&plan, item, name, &sources)),
        None => {
            let printed = print(&report::print_plan(item.name(), &plan, arguments.output.format()));
            Ok(if has_errors(&findings) { code } else { printed })
        }
    }
}

/// The plan of a file as it was.
fn older(path: &Path, name: Option<&str>) -> Result<Plan, Failure> {
    let manifests = files::manifests(&[path.to_owned()], None)?;
    let sources = files::sources(&manifests)?;
    let items = run::items(&sources).map_err(|findings| sentence(&findings))?;
    let of_file = |what: &str| format!("--was {}: {what}", path.display());
    let item = run::plan_item(&items, name).map_err(|what| of_file(&what))?;
    let (plan, _) = run::read_ready(item, None).map_err(|findings| of_file(&sentence(&findings)))?;
    Ok(plan)
}

const WRITTEN_OUT: &str =
    "# What the plan says, written out: a list with this config needs no plan, and must have none.\n";

fn long_config(plan: &Plan, item: &Item<'_>, name: &str, sources: &[Source<'_>]) -> ExitCode {
    match run::long_config(plan, item, name) {
        Ok(config) => print(&format!("{WRITTEN_OUT}{}", yaml::document(&config))),
        Err(findings) => said(&findings, sources),
    }
}

/// Says on stderr what there is to say.
fn said(findings: &[Finding], sources: &[Source<'_>]) -> ExitCode {
    let colour = wants_colour(io::stderr().is_terminal());
    tell(&report::print(findings, sources, Format::Text { colour }));
    if has_errors(findings) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn has_errors(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}
