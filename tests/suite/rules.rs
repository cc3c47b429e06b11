//! The table of rules held against what is written and tested of them: its document, fixtures for each, its levels.

use std::fs;
use std::path::Path;

use libtest_mimic::{Failed, Trial};
use multi_rhoso::krm::Source;
use multi_rhoso::rules::{self, Check, Row};
use multi_rhoso::run;

use crate::corpus::PROJECT;
use crate::golden;

/// All tests of the table of rules.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("rules::each_has_its_paragraph", paragraphs),
        Trial::test("rules::each_is_explained", explained),
        Trial::test("rules::each_check_has_two_fixtures", fixtures),
        Trial::test("rules::each_word_of_the_run_has_a_fixture", said),
        Trial::test("rules::names_are_kebab_case_and_unique", names),
        Trial::test("rules::levels_can_be_set_but_where_they_are_fixed", levels),
    ]
}

fn verdict(complaints: &[String]) -> Result<(), Failed> {
    if complaints.is_empty() { Ok(()) } else { Err(complaints.join("\n").into()) }
}

fn is_checked(rule: &Row) -> bool {
    matches!(rule.check, Check::List(_) | Check::Run(_) | Check::Made(_) | Check::Plan(_) | Check::Again(_))
}

/// The headings of `docs/rules.md` are the rules, in their order; each has its summary and severity below it.
fn paragraphs() -> Result<(), Failed> {
    let text = fs::read_to_string(Path::new(PROJECT).join("docs/rules.md"))?;
    let mut sections = text.split("\n### ").skip(1);
    let mut complaints = Vec::new();
    for rule in rules::rules() {
        let section = sections.next().unwrap_or_default();
        let always = if rule.is_settable() { "" } else { ", always" };
        let opening = format!("{}\n\n*{}{always}.* {}\n\n", rule.name, rule.severity, rule.summary);
        if !section.starts_with(&opening) {
            complaints.push(format!("docs/rules.md: want {opening:?}, is {:?}", section.lines().next()));
        }
    }
    complaints.extend(sections.map(|section| format!("docs/rules.md: no rule {:?}", section.lines().next())));
    verdict(&complaints)
}

/// What printers take from the document is a rule's own text, without the heading of the next chapter.
fn explained() -> Result<(), Failed> {
    let explanations = rules::explanations();
    let is_own = |text: &str| !text.is_empty() && !text.contains("\n#") && !text.starts_with(['#', '*']);
    let without = rules::rules().filter(|rule| explanations.get(rule.name).is_none_or(|text| !is_own(text)));
    verdict(&without.map(|rule| format!("{}: no explanation", rule.name)).collect::<Vec<_>>())
}

/// `fixtures/rule-<name>` reports the rule, and `fixtures/rule-<name>-not` does not.
fn fixtures() -> Result<(), Failed> {
    let mut complaints = Vec::new();
    for Row { name, .. } in rules::rules().filter(|rule| is_checked(rule)) {
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

/// What the run itself says is said in a fixture, on stderr or among the results.
fn said() -> Result<(), Failed> {
    let read = |directory: &Path, name: &str| fs::read_to_string(directory.join(name)).unwrap_or_default();
    let texts: Vec<String> = golden::fixtures()
        .iter()
        .map(|fixture| read(&fixture.directory, "stderr") + &read(&fixture.directory, "output.yaml"))
        .collect();
    let is_said = |name: &str| {
        let (line, result) = (format!("[{name}]\n"), format!("rule: {name}\n"));
        texts.iter().any(|text| text.contains(&line) || text.contains(&result))
    };
    let without = rules::rules().filter(|rule| !is_checked(rule) && !is_said(rule.name));
    verdict(&without.map(|rule| format!("{}: no fixture says it", rule.name)).collect::<Vec<_>>())
}

fn names() -> Result<(), Failed> {
    let mut names: Vec<&str> = rules::rules().map(|rule| rule.name).collect();
    let plain = |name: &str| name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    let odd = names.iter().filter(|name| !plain(name)).map(|name| format!("{name}: no kebab-case"));
    let mut complaints: Vec<String> = odd.collect();
    names.sort_unstable();
    let twice = names.iter().zip(names.iter().skip(1)).filter(|(one, other)| one == other);
    complaints.extend(twice.map(|(one, _)| format!("{one}: two rules have this name")));
    verdict(&complaints)
}

/// A config may set every level but the fixed ones, for which it is refused with the reason and the place.
fn levels() -> Result<(), Failed> {
    let mut complaints = Vec::new();
    for rule in rules::rules() {
        let text = format!(
            "apiVersion: multi-rhoso.dev/v1alpha1\nkind: FleetCheck\nspec:\n  rules:\n    {}: warning\n",
            rule.name
        );
        let config = Source::parse(None, &text).map_err(|error| error.to_string())?;
        let said: Vec<String> = run::stream(&config, &[]).findings.iter().map(ToString::to_string).collect();
        let wanted = match rule.check {
            Check::Fixed(why) => vec![format!(
                "error: spec.rules.{}: function config (stdin:5:{}): its level cannot be set: {why}; take it out [config]",
                rule.name,
                rule.name.len() + 7
            )],
            _ => Vec::new(),
        };
        if said != wanted {
            complaints.push(format!("want {wanted:?}, is {said:?}"));
        }
    }
    verdict(&complaints)
}
