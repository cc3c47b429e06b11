//! The items of the KRM specification, in an object that can grow.

use serde_json::json;

use crate::krm::{Finding, results_value};

pub(super) fn print(findings: &[Finding]) -> String {
    format!("{:#}\n", json!({ "results": results_value(findings) }))
}
