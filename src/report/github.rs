//! Workflow commands: annotations of files in a GitHub Actions run.
//!
//! A value's own line breaks are written out, so that it is no command.
//!
//! Source: GitHub's "Workflow commands" (`::error file=…,line=…,col=…,title=…::message`), and its toolkit's escaping.

use super::escape::escaped;
use super::places::Places;
use super::subject;
use crate::krm::{Finding, Severity};

pub(super) fn print(findings: &[Finding], places: &Places<'_>) -> String {
    findings.iter().map(|finding| command(finding, places)).collect::<Vec<_>>().concat()
}

fn command(finding: &Finding, places: &Places<'_>) -> String {
    let name = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let place = places.of(finding).map(|place| {
        let (line, column) = (place.first.line, place.first.column);
        format!("file={},line={line},col={column},", property(place.path))
    });
    let subject = subject(finding).map(|subject| format!("{subject}: ")).unwrap_or_default();
    let others = finding.others.iter().map(|other| format!("%0A{}", data(&places.beside(other))));
    let message = data(&format!("{subject}{}", finding.message)) + &others.collect::<String>();
    format!("::{name} {}title={}::{message}\n", place.unwrap_or_default(), property(finding.rule))
}

fn data(text: &str) -> String {
    escaped(text).replace('%', "%25")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
