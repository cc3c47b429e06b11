//! What a comparison with a cluster has found: for people as tables and findings, for programs as JSON, for a GitHub run as
//! annotations. Must not know how anything was found.

mod json;
mod text;

use crate::krm::{Finding, Severity, Source};
use crate::verify::Verified;

use super::{Format, print};

/// How a comparison is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VerificationFormat {
    /// For people; in colour where asked for.
    Text {
        /// Whether a terminal reads it.
        colour: bool,
    },
    /// Pools, Services and results with their commands.
    Json,
    /// Workflow commands of GitHub Actions: the findings alone.
    Github,
}

/// A comparison in a format, with the rendered sources that it is about; notes only where they are asked for.
#[must_use]
pub fn print_verification(
    verified: &Verified,
    sources: &[Source<'_>],
    format: VerificationFormat,
    notes: bool,
) -> String {
    let is_shown = |finding: &&Finding| notes || finding.severity != Severity::Info;
    let findings = || verified.faults.iter().map(|fault| &fault.finding).filter(is_shown);
    match format {
        VerificationFormat::Text { colour } => {
            // The sentence has the value already.
            let bare: Vec<Finding> = findings().map(without_proposal).collect();
            let said = print(&bare, sources, Format::Text { colour });
            text::tables(verified)
                + if said.is_empty() { "" } else { "\n" }
                + &said
                + &text::end(verified, notes)
        }
        VerificationFormat::Json => json::print(verified, notes),
        VerificationFormat::Github => {
            print(&findings().cloned().collect::<Vec<_>>(), sources, Format::Github)
        }
    }
}

fn without_proposal(finding: &Finding) -> Finding {
    let mut finding = finding.clone();
    if let Some(field) = &mut finding.field {
        field.proposed_value = None;
    }
    finding
}
