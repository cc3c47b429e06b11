//! `check`: the rules over manifests in files. Exit 0 clean, 1 findings of severity error, 2 could not run or nothing is
//! there to check.

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;

use super::{CheckArguments, Failure, crds, files, note, print, say, unbuilt, wants_colour};
use crate::catalogue::kinds;
use crate::krm::{Finding, Severity};
use crate::report::{self, Format};
use crate::run::{self, Checked};

/// How findings are printed.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum OutputFormat {
    /// For people, in colour on a terminal
    Text,
    /// {"results": […]} with the items of the KRM specification
    Json,
    /// SARIF 2.1.0
    Sarif,
    /// Annotations of a GitHub Actions run
    Github,
}

impl OutputFormat {
    fn format(self) -> Format {
        match self {
            Self::Text => Format::Text { colour: wants_colour(io::stdout().is_terminal()) },
            Self::Json => Format::Json,
            Self::Sarif => Format::Sarif,
            Self::Github => Format::Github,
        }
    }
}

pub(super) fn run(arguments: &CheckArguments, verbose: bool) -> Result<ExitCode, Failure> {
    let config = arguments.config.as_deref();
    crds::refuse_stdin_twice(&arguments.paths, &arguments.crds)?;
    let given = crds::given(&arguments.crds)?;
    let definitions = crds::sources(&given)?;
    let crds = crds::crds(&definitions)?;
    unbuilt::refuse(&arguments.paths, "check")?;
    let manifests = files::manifests(&arguments.paths, config)?;
    let sources = if arguments.stages { files::stages(&manifests)? } else { files::sources(&manifests)? };
    let config_name = config.map(|path| path.display().to_string());
    let config_text = config.map(files::read).transpose()?;
    let config = config_name.as_deref().zip(config_text.as_deref());
    let config = config.map(|(name, text)| files::parse(name, text)).transpose()?;
    let checked = match run::check(config.as_ref(), &crds, &sources) {
        Ok(checked) => checked,
        Err(findings) => {
            say(&findings, true);
            return Ok(ExitCode::from(2));
        }
    };
    if checked.objects == 0 {
        return Err(nothing(&arguments.paths));
    }
    let is_shown = |finding: &Finding| verbose || finding.severity != Severity::Info;
    let shown: Vec<Finding> = checked.findings.iter().filter(|finding| is_shown(finding)).cloned().collect();
    let mut text = report::print(&shown, &sources, arguments.output.format());
    match arguments.output {
        OutputFormat::Text if shown.is_empty() => text.push_str(&looked_at(&checked)),
        _ if checked.known == 0 => note(&format!("note: {}", unknown(&checked))),
        _ => {}
    }
    let printed = print(&text);
    let failed = shown.iter().any(|finding| finding.severity == Severity::Error);
    Ok(if failed { ExitCode::FAILURE } else { printed })
}

/// What was looked at, where nothing is wrong: silence says neither.
fn looked_at(checked: &Checked) -> String {
    let of_instances = match checked.instances {
        0 => String::new(),
        count => format!(" of {}", counted(count, "instance")),
    };
    let notes = match checked.findings.len() {
        0 => String::new(),
        count => format!(" ({} with -v)", counted(count, "note")),
    };
    let (objects, rules) = (counted(checked.objects, "object"), counted(checked.rules, "rule"));
    match checked.known {
        0 => format!("{}\n", unknown(checked)),
        _ => format!("{objects}{of_instances}, {rules}: no findings{notes}\n"),
    }
}

fn unknown(checked: &Checked) -> String {
    format!(
        "{}, none of a kind that a rule looks at ({}, Services with addresses), so this check says nothing of them",
        counted(checked.objects, "object"),
        kinds::OF_AN_INSTANCE
    )
}

fn nothing(paths: &[PathBuf]) -> Failure {
    let given: Vec<_> = paths.iter().map(|path| path.display().to_string()).collect();
    format!(
        "{}: there is no object to check; give the manifests of an instance, or build them: kustomize build DIR | \
         multi-rhoso check -",
        given.join(", ")
    )
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
