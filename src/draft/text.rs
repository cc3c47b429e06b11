//! A draft as the text of a plan. Must not know what it says.

use serde_json::{Value, json};

use super::steps::Steps;
use super::{Draft, Drafted};
use crate::config::{ADDRESS_PLAN, API_VERSION};
use crate::yaml::{document, scalar};

/// The columns that a comment has.
const WIDTH: usize = 110;

pub(super) fn write(draft: &Draft, steps: &Steps) -> String {
    let mut lines = Vec::new();
    let head = json!({
        "apiVersion": API_VERSION,
        "kind": ADDRESS_PLAN.kind,
        "metadata": { "name": "plan", "annotations": { "config.kubernetes.io/local-config": "true" } },
    });
    lines.extend(document(&head).lines().map(str::to_owned));
    lines.push("spec:".to_owned());
    comment(
        &mut lines,
        2,
        "Slot 1 is what the manifests have. How the networks go on from slot to slot is a proposal: read what is marked \
         \"decide\", and see it by `multi-rhoso plan`. Put this file beside the base, among its resources.",
    );
    for note in &draft.notes {
        comment(&mut lines, 2, note);
    }
    if let Some(namespace) = &draft.namespace {
        lines.push("  from:".to_owned());
        lines.push(format!("    {}", field("namespace", &json!(namespace))));
    } else {
        comment(&mut lines, 2, "decide: from.namespace, for no object says the namespace that it is for");
    }
    if steps.slots <= 1 {
        comment(&mut lines, 2, "decide: by none of the usual steps there is room for a second slot");
    }
    lines.push(format!("  vlanStep: {} # decide", steps.vlan));
    lines.push("  networks:".to_owned());
    lines.extend(draft.networks.iter().flat_map(|network| of_network(network, steps)));
    lines.extend(interfaces(draft));
    lines.push(match &draft.namespace {
        Some(namespace) => format!("  instances:\n    {}", field(namespace, &json!(1))),
        None => "  instances: {} # decide: name: slot".to_owned(),
    });
    lines.join("\n") + "\n"
}

fn field(key: &str, value: &Value) -> String {
    let word = |value: &Value| scalar(value).unwrap_or_default();
    format!("{}: {}", word(&json!(key)), word(value))
}

fn of_network(network: &Drafted, steps: &Steps) -> Vec<String> {
    let mut lines = Vec::new();
    for note in &network.notes {
        comment(&mut lines, 2, note);
    }
    if network.addresses.len() > 1 {
        comment(&mut lines, 2, "several blocks, all of which move by one step");
    }
    lines.push(format!("  - {}", field("name", &json!(network.name))));
    let addresses: Vec<String> = network.addresses.iter().map(ToString::to_string).collect();
    match steps.of(network) {
        Some(step) => {
            lines.extend(list("addresses", &addresses));
            lines.extend(decided(&step));
        }
        None => lines.push("    shared: true # decide: it has no addresses to move".to_owned()),
    }
    let facts = [
        ("vlan", network.vlan.map(Value::from)),
        ("interface", network.interface.clone().map(Value::from)),
        ("dnsDomain", network.dns_domain.clone().map(Value::from)),
    ];
    lines.extend(facts.into_iter().filter_map(|(key, value)| Some(format!("    {}", field(key, &value?)))));
    lines
}

/// A step, or one for each family.
fn decided(step: &Value) -> Vec<String> {
    match step {
        Value::Array(each) => {
            let words = each.iter().filter_map(Value::as_str).map(str::to_owned);
            let words: Vec<String> = words.collect();
            let mut lines = list("step", &words);
            if let Some(key) = lines.first_mut() {
                key.push_str(" # decide, for each family");
            }
            lines
        }
        one => vec![format!("    {} # decide", field("step", one))],
    }
}

fn list(key: &str, words: &[String]) -> Vec<String> {
    let items = words.iter().map(|word| format!("    - {}", scalar(&json!(word)).unwrap_or_default()));
    std::iter::once(format!("    {key}:")).chain(items).collect()
}

/// Interfaces of the nodes that no network has, for a person to choose from.
fn interfaces(draft: &Draft) -> Vec<String> {
    let mut lines = Vec::new();
    if draft.interfaces.is_empty() {
        return lines;
    }
    comment(
        &mut lines,
        2,
        "decide: which of these interfaces of the nodes does another instance have others for? Those of slot 2, 3, … in `to`",
    );
    lines.push("  # interfaces:".to_owned());
    let entry =
        |name: &String| format!("  # - {{from: {}, to: []}}", scalar(&json!(name)).unwrap_or_default());
    lines.extend(draft.interfaces.iter().map(entry));
    lines
}

/// Lines of a comment; what would end one is a blank.
fn comment(lines: &mut Vec<String>, indent: usize, text: &str) {
    let start = format!("{}#", " ".repeat(indent));
    let mut line = start.clone();
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if line.chars().count() + word.chars().count() >= WIDTH && line != start {
            lines.push(std::mem::replace(&mut line, start.clone()));
        }
        line = format!("{line} {word}");
    }
    lines.push(line);
}
