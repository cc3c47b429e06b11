//! SARIF 2.1.0 (OASIS), as code hosts read it. Columns count Unicode code points.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::places::Places;
use super::subject;
use crate::krm::{Finding, Severity};

pub(super) fn print(findings: &[Finding], places: &Places<'_>) -> String {
    let rules: BTreeSet<&str> = findings.iter().map(|finding| finding.rule).collect();
    let rules: Vec<Value> = rules.into_iter().map(|rule| json!({ "id": rule })).collect();
    let results: Vec<Value> = findings.iter().map(|finding| result(finding, places)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn result(finding: &Finding, places: &Places<'_>) -> Value {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    };
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level,
        "message": { "text": finding.message },
    });
    let mut place = json!({});
    if let (Some(physical), Some(object)) = (physical(finding, places), place.as_object_mut()) {
        object.insert("physicalLocation".to_owned(), physical);
    }
    if let (Some(subject), Some(object)) = (subject(finding), place.as_object_mut()) {
        object.insert("logicalLocations".to_owned(), json!([{ "fullyQualifiedName": subject }]));
    }
    if let (Some(object), false) = (result.as_object_mut(), place == json!({})) {
        object.insert("locations".to_owned(), json!([place]));
    }
    result
}

fn physical(finding: &Finding, places: &Places<'_>) -> Option<Value> {
    let place = places.of(finding)?;
    Some(json!({
        "artifactLocation": { "uri": uri(place.path) },
        "region": {
            "startLine": place.first.line,
            "startColumn": place.first.column,
            "endLine": place.last.line,
            "endColumn": place.last.column,
        },
    }))
}

/// A path as a relative URI reference: what RFC 3986 does not allow in a path is written in percent signs.
fn uri(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte);
    let bytes = path
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") });
    bytes.collect::<Vec<_>>().concat()
}
