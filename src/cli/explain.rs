//! `explain`: what a config would change in manifests, and why; or what a rule means. `rules`: all rules.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::{Failure, files, print, say};
use crate::report::{ExplanationFormat, print_explanation};
use crate::rules;
use crate::run;

/// How an explanation is printed.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum OutputFormat {
    /// For terminals
    Text,
    /// For programs
    Json,
    /// For pull requests
    Markdown,
}

#[derive(Debug, Args)]
pub(super) struct ExplainArguments {
    /// Files, directories (read with all below them), or - for stdin; without --config the name of a rule
    #[arg(required = true, value_name = "PATH|RULE")]
    paths: Vec<PathBuf>,
    /// The function config: an `OpenStackInstance`, or a ConfigMap
    #[arg(short, long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Print every change, not what they have in common
    #[arg(long, requires = "config", conflicts_with = "output")]
    all: bool,
    /// Say what stays as it is, too, and why
    #[arg(long, requires = "config")]
    stays: bool,
    /// How it is printed; JSON and Markdown have every change
    #[arg(short, long, value_enum, default_value = "text", requires = "config")]
    output: OutputFormat,
}

pub(super) fn run(arguments: &ExplainArguments, verbose: bool) -> Result<ExitCode, Failure> {
    let Some(path) = &arguments.config else { return rule(&arguments.paths) };
    let config_text = files::read(path)?;
    let manifests = files::manifests(&arguments.paths, Some(path))?;
    let config_name = path.display().to_string();
    let config = files::parse(&config_name, &config_text)?;
    let sources = files::sources(&manifests)?;
    let explained = match run::explain(&config, &sources) {
        Ok(explained) => explained,
        Err(findings) => {
            say(&findings, verbose);
            return Ok(ExitCode::FAILURE);
        }
    };
    say(&explained.findings, verbose);
    let format = match arguments.output {
        OutputFormat::Text if arguments.all => ExplanationFormat::All,
        OutputFormat::Text => ExplanationFormat::Text,
        OutputFormat::Json => ExplanationFormat::Json,
        OutputFormat::Markdown => ExplanationFormat::Markdown,
    };
    Ok(print(&print_explanation(&explained, arguments.stays, format)))
}

/// A rule's section of docs/rules.md.
fn rule(paths: &[PathBuf]) -> Result<ExitCode, Failure> {
    let [name] = paths else {
        return Err("without --config FILE one rule is explained; multi-rhoso rules lists them".to_owned());
    };
    let name = name.to_string_lossy();
    let Some(row) = rules::rule(&name) else { return Err(unknown(&name)) };
    let explanations = rules::explanations();
    let paragraphs = explanations.get(row.name).copied().unwrap_or_default();
    Ok(print(&format!("{} ({}): {}\n\n{paragraphs}\n", row.name, row.severity, row.summary)))
}

fn unknown(name: &str) -> Failure {
    let closest = rules::rules().map(|rule| rule.name).min_by_key(|known| strsim::osa_distance(known, name));
    let meant = closest.filter(|known| strsim::osa_distance(known, name) * 3 <= name.len());
    let meant = meant.map(|known| format!(" (did you mean {known}?)")).unwrap_or_default();
    format!(
        "there is no rule {name}{meant}; multi-rhoso rules lists them, and --config FILE explains what a run changes"
    )
}

/// All rules, a line each.
pub(super) fn rules() -> ExitCode {
    let width = rules::rules().map(|rule| rule.name.len()).max().unwrap_or_default();
    let line = |rule: &rules::Row| {
        format!("{:width$}  {:7}  {}\n", rule.name, rule.severity.to_string(), rule.summary)
    };
    print(&rules::rules().map(line).collect::<Vec<_>>().concat())
}
