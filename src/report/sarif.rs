//! SARIF 2.1.0 (OASIS), as code hosts read it. Columns count Unicode code points.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::places::Places;
use super::subject;
use crate::krm::{Finding, Severity};
use crate::rules;

pub(super) fn print(findings: &[Finding], places: &Places<'_>) -> String {
    let named: BTreeSet<&str> = findings.iter().map(|finding| finding.rule).collect();
    let order: BTreeMap<&str, usize> = named.iter().copied().zip(0..).collect();
    let explanations = rules::explanations();
    let descriptors: Vec<Value> =
        named.iter().map(|name| descriptor(name, explanations.get(name).copied())).collect();
    let results: Vec<Value> = findings.iter().map(|finding| result(finding, &order, places)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": descriptors,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

/// A rule that occurs, with what its document says of it.
fn descriptor(name: &str, explanation: Option<&str>) -> Value {
    let mut descriptor = json!({ "id": name });
    let (Some(object), Some(rule)) = (descriptor.as_object_mut(), rules::rule(name)) else {
        return descriptor;
    };
    object.insert("shortDescription".to_owned(), json!({ "text": rule.summary }));
    if let Some(markdown) = explanation {
        let text = plain(markdown);
        object.insert("fullDescription".to_owned(), json!({ "text": text }));
        object.insert("help".to_owned(), json!({ "text": text, "markdown": markdown }));
    }
    object.insert("defaultConfiguration".to_owned(), json!({ "level": level(rule.severity) }));
    descriptor
}

/// Markdown's paragraphs as lines without marks.
fn plain(markdown: &str) -> String {
    let paragraphs = markdown.split("\n\n").map(|paragraph| paragraph.replace('\n', " "));
    paragraphs.collect::<Vec<_>>().join("\n\n").replace('`', "")
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn result(finding: &Finding, order: &BTreeMap<&str, usize>, places: &Places<'_>) -> Value {
    let mut result = json!({
        "ruleId": finding.rule,
        "ruleIndex": order.get(finding.rule),
        "level": level(finding.severity),
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
