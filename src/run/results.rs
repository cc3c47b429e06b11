//! The list's `results` made those of a run.

use json_patch::{AddOperation, PatchOperation, RemoveOperation};

use crate::find::place;
use crate::krm::{Finding, results_value};
use crate::path;
use crate::yaml::Node;

/// What makes the list's `results` those of this run; nothing where it has none and there are none.
pub(super) fn results(list: &Node<'_>, findings: &[Finding]) -> Option<PatchOperation> {
    let path = place(path!("results"));
    match (findings.is_empty(), list.get("results").is_some()) {
        (true, false) => None,
        (true, true) => Some(PatchOperation::Remove(RemoveOperation { path })),
        (false, _) => Some(PatchOperation::Add(AddOperation { path, value: results_value(findings) })),
    }
}
