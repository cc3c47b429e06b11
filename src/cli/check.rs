//! `check`: the rules over manifests in files. Exit 0 clean, 1 findings of severity error, 2 could not run.

use std::io::{self, IsTerminal};
use std::process::ExitCode;

use clap::ValueEnum;

use super::{CheckArguments, Failure, crds, files, print, sentence};
use crate::krm::{Finding, Severity};
use crate::report::{self, Format};
use crate::run;

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
            Self::Text => Format::Text { colour: wants_colour() },
            Self::Json => Format::Json,
            Self::Sarif => Format::Sarif,
            Self::Github => Format::Github,
        }
    }
}

/// On a terminal, and not where `NO_COLOR` asks for none (no-color.org).
fn wants_colour() -> bool {
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

pub(super) fn run(arguments: &CheckArguments, verbose: bool) -> Result<ExitCode, Failure> {
    let config = arguments.config.as_deref();
    crds::refuse_stdin_twice(&arguments.paths, &arguments.crds)?;
    let given = crds::given(&arguments.crds)?;
    let definitions = crds::sources(&given)?;
    let crds = crds::crds(&definitions)?;
    let manifests = files::manifests(&arguments.paths, config)?;
    let sources = files::sources(&manifests)?;
    let config_name = config.map(|path| path.display().to_string());
    let config_text = config.map(files::read).transpose()?;
    let config = config_name.as_deref().zip(config_text.as_deref());
    let config = config.map(|(name, text)| files::parse(name, text)).transpose()?;
    let found = run::check(config.as_ref(), &crds, &sources).map_err(|findings| sentence(&findings))?;
    let shown: Vec<Finding> =
        found.into_iter().filter(|finding| verbose || finding.severity != Severity::Info).collect();
    let printed = print(&report::print(&shown, &sources, arguments.output.format()));
    let failed = shown.iter().any(|finding| finding.severity == Severity::Error);
    Ok(if failed { ExitCode::FAILURE } else { printed })
}
