//! Findings on paper: as text with excerpts, as JSON, as SARIF, as annotations of a GitHub run.
//!
//! Printers only. This module must not know what a rule checks, and touches no stream.

mod github;
mod json;
mod sarif;
mod text;

use std::ops::Range;

use crate::krm::{Finding, Severity, Source};
use crate::yaml::Position;

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
    match format {
        Format::Text { colour } => text::print(findings, sources, colour),
        Format::Json => json::print(findings),
        Format::Sarif => sarif::print(findings, sources),
        Format::Github => github::print(findings, sources),
    }
}

/// Where a finding stands in a file.
struct Location<'s> {
    path: &'s str,
    text: &'s str,
    span: Range<usize>,
    first: Position,
    last: Position,
}

/// The location of a finding whose place is known.
fn location<'s>(finding: &Finding, sources: &'s [Source<'_>]) -> Option<Location<'s>> {
    let place = finding.place.as_ref()?;
    let source = sources.get(place.source)?;
    let span = place.span.clone();
    let first = Position::of(source.text, span.start);
    let last = Position::of(source.text, span.end);
    Some(Location { path: source.path.unwrap_or("stdin"), text: source.text, span, first, last })
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
