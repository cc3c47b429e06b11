//! `catalogue`: the tables held against CRDs, for the day on which the operators are upgraded. Exit 0: nothing differs, 1:
//! something does, 2: could not run.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{Failure, crds, note, print};
use crate::catalogue::crd::{Compared, Difference, What, compare};
use crate::krm::listed;

#[derive(Debug, Args)]
pub(super) struct CatalogueArguments {
    /// A file or directory of CRDs, or - for stdin: what kubectl get crd -o yaml prints, or an operator's bundle; may be
    /// repeated
    #[arg(long = "crd", value_name = "FILE", required = true)]
    crds: Vec<PathBuf>,
}

pub(super) fn run(arguments: &CatalogueArguments) -> Result<ExitCode, Failure> {
    crds::refuse_stdin_twice(&[], &arguments.crds)?;
    let given = crds::given(&arguments.crds)?;
    let sources = crds::sources(&given)?;
    let compared = compare(&crds::crds(&sources)?);
    if compared.compared.is_empty() && compared.differences.is_empty() {
        return Err(
            "none of these CRDs is of a kind that a table has; give those of *.openstack.org and metallb.io"
                .to_owned(),
        );
    }
    note(&format!("note: {}", looked_at(&compared)));
    if compared.differences.is_empty() {
        return Ok(print("the tables know all of it\n"));
    }
    let lines: String = compared.differences.iter().map(|one| line(one) + "\n").collect();
    let printed = print(&lines);
    note("note: docs/upgrade.md says what each of these means and what to do");
    Ok(if printed == ExitCode::SUCCESS { ExitCode::FAILURE } else { printed })
}

fn looked_at(compared: &Compared) -> String {
    let passed_over = match compared.passed_over {
        0 => String::new(),
        1 => "; 1 other is of no table".to_owned(),
        count => format!("; {count} others are of no table"),
    };
    match compared.compared.as_slice() {
        [] => format!("no kind of the tables is among these CRDs{passed_over}"),
        kinds => format!("compared {}{passed_over}", listed(kinds)),
    }
}

/// One line that says what, where, and what it means.
fn line(difference: &Difference) -> String {
    let Difference { kind, path, what } = difference;
    let place = if path.is_empty() { kind.clone() } else { format!("{kind}: {path}") };
    let meaning = match what {
        What::UnknownKind => "unknown kind: no table has its fields, so no rule looks at them".to_owned(),
        What::UnknownVersion => {
            "unknown version: its fields are not checked; give check the CRD by --crd".to_owned()
        }
        What::GoneVersion => "the CRD has this version no more: manifests of it are refused".to_owned(),
        What::UnknownOverride => {
            "unknown override path: its Service is given no address of the instance's pools".to_owned()
        }
        What::GoneOverride => "the CRD has no such override: what is written there is dropped".to_owned(),
        What::UnknownField { may_move: true } => {
            "unknown field: by its name it may hold what moves, and stays as it is; check calls it unknown"
                .to_owned()
        }
        What::UnknownField { may_move: false } => "unknown field: check calls it unknown".to_owned(),
        What::GoneField => {
            "the CRD has no such field: check lets it pass, and the API server does not keep it".to_owned()
        }
        What::GoneRow { table } => format!("a row of the table of {table} leads nowhere by the CRD"),
        What::Changed { was, is } => format!("changed: the table has {was}, the CRD {is}"),
    };
    format!("{place}: {meaning}")
}
