//! Findings on paper: as text with excerpts, as JSON, as SARIF, as annotations of a GitHub run. And address plans,
//! differences, and what a run would change.
//!
//! Printers only. This module must not know what a rule checks, and touches no stream.

mod diff;
mod escape;
mod explanation;
mod github;
mod json;
mod patch;
mod places;
mod plan;
mod sarif;
mod text;
mod verification;

use crate::krm::{Finding, Severity, Source};

pub use diff::print_diff;
pub use escape::{escaped, shown};
pub use explanation::{ExplanationFormat, print_explanation};
pub use patch::{PatchFormat, patch_files, print_patch};
use places::Places;
pub use plan::{PlanFormat, print_plan};
pub use verification::{VerificationFormat, print_verification};

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people: one paragraph each with an excerpt; in colour where asked for.
    Text {
        /// Whether a terminal reads it.
        colour: bool,
    },
    /// `{"results": […]}`, the items as the KRM specification has them.
    Json,
    /// SARIF 2.1.0.
    Sarif,
    /// Workflow commands of GitHub Actions.
    Github,
}

/// The findings in a format, with the sources that they are about.
#[must_use]
pub fn print(findings: &[Finding], sources: &[Source<'_>], format: Format) -> String {
    let places = Places::new(sources);
    match format {
        Format::Text { colour } => text::print(findings, &places, colour),
        Format::Json => json::print(findings),
        Format::Sarif => sarif::print(findings, &places),
        Format::Github => github::print(findings, &places),
    }
}

/// The object and the field, as a person would say it.
fn subject(finding: &Finding) -> Option<String> {
    let resource = finding.resource.as_ref()?;
    Some(match &finding.field {
        Some(field) => format!("{resource} {}", field.path),
        None => resource.to_string(),
    })
}

/// How many of each severity there are.
fn count(findings: &[Finding], severity: Severity) -> usize {
    findings.iter().filter(|finding| finding.severity == severity).count()
}

/// A text broken at blanks.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// How many of something there are.
fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
