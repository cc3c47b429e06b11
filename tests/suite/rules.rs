//! The list of rules held against what is written and tested of them: its document, and two fixtures for each.

use std::fs;
use std::path::Path;

use libtest_mimic::{Failed, Trial};
use multi_rhoso::rules;

use crate::corpus::PROJECT;

/// All tests of the list of rules.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("rules::each_has_its_paragraph", paragraphs),
        Trial::test("rules::each_has_two_fixtures", fixtures),
        Trial::test("rules::names_are_kebab_case_and_unique", names),
        Trial::test("rules::every_finding_is_explained", explained),
    ]
}

fn verdict(complaints: &[String]) -> Result<(), Failed> {
    if complaints.is_empty() { Ok(()) } else { Err(complaints.join("\n").into()) }
}

/// The headings of `docs/rules.md` are the rules, in their order; each has its summary and severity below it.
fn paragraphs() -> Result<(), Failed> {
    let text = fs::read_to_string(Path::new(PROJECT).join("docs/rules.md"))?;
    let mut sections = text.split("\n### ").skip(1);
    let mut complaints = Vec::new();
    for (name, severity, summary) in rules::described() {
        let section = sections.next().unwrap_or_default();
        let opening = format!("{name}\n\n*{severity}.* {summary}\n\n");
        if !section.starts_with(&opening) {
            complaints.push(format!("docs/rules.md: want {opening:?}, is {:?}", section.lines().next()));
        }
    }
    complaints.extend(sections.map(|section| format!("docs/rules.md: no rule {:?}", section.lines().next())));
    verdict(&complaints)
}

/// `fixtures/rule-<name>` reports the rule, and `fixtures/rule-<name>-not` does not.
fn fixtures() -> Result<(), Failed> {
    let mut complaints = Vec::new();
    for name in rules::names() {
        for (end, reported) in [("", true), ("-not", false)] {
            let directory = Path::new(PROJECT).join(format!("fixtures/rule-{name}{end}"));
            let said = fs::read_to_string(directory.join("stderr")).unwrap_or_default();
            let is_there = directory.join("manifests.yaml").is_file();
            if !is_there || said.contains(&format!("[{name}]")) != reported {
                let what = if reported { "reports the rule" } else { "just does not report the rule" };
                complaints.push(format!("fixtures/rule-{name}{end}: want one that {what}"));
            }
        }
    }
    verdict(&complaints)
}

fn names() -> Result<(), Failed> {
    let mut names: Vec<&str> = rules::names().collect();
    let plain = |name: &str| name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    let odd = names.iter().filter(|name| !plain(name)).map(|name| format!("{name}: no kebab-case"));
    let mut complaints: Vec<String> = odd.collect();
    names.sort_unstable();
    let twice = names.iter().zip(names.iter().skip(1)).filter(|(one, other)| one == other);
    complaints.extend(twice.map(|(one, _)| format!("{one}: two rules have this name")));
    verdict(&complaints)
}

/// What the function says of its own work has no rule, and is explained all the same: in the README, or with the rules.
fn explained() -> Result<(), Failed> {
    let read = |name: &str| fs::read_to_string(Path::new(PROJECT).join(name));
    let (readme, rules) = (read("README.md")?, read("docs/rules.md")?);
    let mut complaints = Vec::new();
    for (path, text) in crate::tidy::sources("src") {
        for name in finding_names(&text) {
            if !readme.contains(&format!("`{name}`")) && !rules.contains(&format!("### {name}\n")) {
                complaints.push(format!("{path}: {name} is explained nowhere"));
            }
        }
    }
    verdict(&complaints)
}

/// The names behind `Finding::error(`, `Finding::warning(` and `Finding::new(severity, `.
fn finding_names(text: &str) -> Vec<&str> {
    let calls = ["Finding::error(", "Finding::warning(", "Finding::new("];
    let after = calls.iter().flat_map(|call| text.split(call).skip(1));
    let quoted = after.filter_map(|rest| {
        let arguments = rest.split_once(';').map_or(rest, |(arguments, _)| arguments);
        arguments.split('"').nth(1)
    });
    let is_name = |name: &&str| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    quoted.filter(is_name).collect()
}
