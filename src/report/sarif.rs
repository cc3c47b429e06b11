//! SARIF 2.1.0 (OASIS), as code hosts read it. Columns count Unicode code points.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::places::{Location, Places};
use super::subject;
use crate::krm::{Finding, Severity};
use crate::rules::{self, Row};

pub(super) fn print(findings: &[Finding], places: &Places<'_>) -> String {
    let named: BTreeSet<&str> = findings.iter().map(|finding| finding.rule).collect();
    let named: Vec<&Row> = named.into_iter().filter_map(rules::rule).collect();
    let explanations = rules::explanations();
    let explained = |rule: &&Row| descriptor(rule, explanations.get(rule.name).copied().unwrap_or_default());
    let descriptors: Vec<Value> = named.iter().map(explained).collect();
    let results: Vec<Value> = findings.iter().map(|finding| result(finding, &named, places)).collect();
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
fn descriptor(rule: &Row, explanation: &str) -> Value {
    let text = explanation.replace('`', "");
    json!({
        "id": rule.name,
        "shortDescription": { "text": rule.summary },
        "fullDescription": { "text": text },
        "help": { "text": text, "markdown": explanation },
        "defaultConfiguration": { "level": level(rule.severity) },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn result(finding: &Finding, named: &[&Row], places: &Places<'_>) -> Value {
    let mut result = json!({
        "ruleId": finding.rule,
        "ruleIndex": named.iter().position(|rule| rule.name == finding.rule),
        "level": level(finding.severity),
        "message": { "text": finding.message },
    });
    let mut place = json!({});
    if let (Some(physical), Some(object)) = (places.of(finding), place.as_object_mut()) {
        object.insert("physicalLocation".to_owned(), self::physical(&physical));
    }
    if let (Some(subject), Some(object)) = (subject(finding), place.as_object_mut()) {
        object.insert("logicalLocations".to_owned(), json!([{ "fullyQualifiedName": subject }]));
    }
    if let (Some(object), false) = (result.as_object_mut(), place == json!({})) {
        object.insert("locations".to_owned(), json!([place]));
    }
    let related = related(finding, places);
    if let (Some(object), false) = (result.as_object_mut(), related.is_empty()) {
        object.insert("relatedLocations".to_owned(), json!(related));
    }
    result
}

/// Where else to look: the other sides, with their places.
fn related(finding: &Finding, places: &Places<'_>) -> Vec<Value> {
    let others = finding.others.iter().filter_map(|other| {
        let physical = physical(&places.at(other.place.as_ref()?)?);
        Some(json!({ "physicalLocation": physical, "message": { "text": other.resource.to_string() } }))
    });
    others.collect()
}

fn physical(place: &Location<'_>) -> Value {
    json!({
        "artifactLocation": { "uri": uri(place.path) },
        "region": {
            "startLine": place.first.line,
            "startColumn": place.first.column,
            "endLine": place.last.line,
            "endColumn": place.last.column,
        },
    })
}

/// A path as a relative URI reference: what RFC 3986 does not allow in a path is written in percent signs.
fn uri(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte);
    let bytes = path
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") });
    bytes.collect::<Vec<_>>().concat()
}
