//! `explain` as a process: its four forms, what fits a terminal, its exit codes; and that no change is without a reason.
//!
//! `fixtures/explain-<case>/` holds `manifests.yaml`, `config.yaml` and what each form prints: `text`, `all`, `json`,
//! `markdown`. `UPDATE=1` rewrites them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::{Failed, Trial};
use multi_rhoso::krm::Source;
use multi_rhoso::rules;
use multi_rhoso::run::{self, Explained};
use multi_rhoso::transform::{MARKED, MOVED};

use crate::corpus::PROJECT;
use crate::e2e::process::{self, Ran};
use crate::golden::compare;

const FORMS: [(&str, &[&str]); 4] =
    [("text", &[]), ("all", &["--all"]), ("json", &["-o", "json"]), ("markdown", &["-o", "markdown"])];

/// A test for each case and form, and those of all cases.
pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = vec![
        Trial::test("explain::an_official_instance_fits_a_terminal", fits),
        Trial::test("explain::nothing_changes_without_a_reason", reasons),
        Trial::test("explain::secrets_are_not_shown", secrets),
        Trial::test("explain::what_fails_explains_nothing", failures),
        Trial::test("explain::every_rule_has_its_paragraph", rule_paragraphs),
    ];
    for case in cases("explain-") {
        let name = case.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for (form, arguments) in FORMS {
            let case = case.clone();
            trials.push(Trial::test(format!("explain::{name}::{form}"), move || {
                printed(&case, form, arguments)
            }));
        }
    }
    trials
}

fn cases(prefix: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(Path::new(PROJECT).join("fixtures")).expect("fixtures/");
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    cases.retain(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(prefix)));
    cases.sort();
    cases
}

fn explain(directory: &Path, arguments: &[&str]) -> Result<Ran, Failed> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_multi-rhoso"));
    process::run(command.current_dir(directory).arg("explain").args(arguments))
}

fn printed(case: &Path, form: &str, arguments: &[&str]) -> Result<(), Failed> {
    let ran =
        explain(case, &[&["manifests.yaml", "--config", "config.yaml", "--stays"], arguments].concat())?;
    let ran = process::expect_code(ran, 0)?;
    compare(&case.join(form), &ran.stdout)?;
    narrow(&ran, form)
}

/// No line of a terminal's form is wider than a hundred columns.
fn narrow(ran: &Ran, form: &str) -> Result<(), Failed> {
    let is_for_terminals = form == "text" || form == "all";
    match ran.stdout.lines().find(|line| is_for_terminals && line.chars().count() > 100) {
        Some(line) => Err(format!("wider than 100 columns: {line}").into()),
        None => Ok(()),
    }
}

/// In 60 lines, every network once, with the plan of the base.
fn fits() -> Result<(), Failed> {
    let ran = explain(
        Path::new(PROJECT),
        &["overlays/base", "-c", "overlays/openstack2/instance/openstack2.yaml"],
    )?;
    let ran = process::expect_code(ran, 0)?;
    narrow(&ran, "text")?;
    if ran.stdout.lines().count() > 60 {
        return Err(ran.complain("more than 60 lines"));
    }
    let first = |line: &str| line.split(' ').next().unwrap_or_default().to_owned();
    let firsts: Vec<String> = ran.stdout.lines().map(first).collect();
    for network in ["ctlplane", "internalapi", "storage", "tenant", "external"] {
        if firsts.iter().filter(|first| *first == network).count() != 1 {
            return Err(ran.complain(&format!("{network} should have one place in the table")));
        }
    }
    let moves =
        ["172.17.0.0/24            172.27.0.0/24", "VLAN 20                  VLAN 30", "  BGPPeer tor\n"];
    match moves.iter().find(|part| !ran.stdout.contains(**part)) {
        Some(part) => Err(ran.complain(&format!("{part:?} is missing"))),
        None => Ok(()),
    }
}

/// The runs of all fixtures that can be explained, and whether their texts change.
fn explained() -> Result<Vec<(PathBuf, Explained, bool)>, Failed> {
    let mut all = Vec::new();
    for case in cases("") {
        let read = |name: &str| fs::read_to_string(case.join(name));
        let (Ok(manifests), Ok(config)) = (read("manifests.yaml"), read("config.yaml")) else { continue };
        let (Ok(config), Ok(source)) = (Source::parse(None, &config), Source::parse(None, &manifests)) else {
            continue;
        };
        let sources = [source];
        let Ok(explained) = run::explain(&config, &sources) else { continue };
        let output = run::files(&config, &sources);
        all.push((case, explained, output.texts.concat() != manifests));
    }
    if all.len() < 60 { Err(format!("{} fixtures can be explained", all.len()).into()) } else { Ok(all) }
}

/// Of every fixture: what changes has changes, each has a reason, and what the network moves is some network's.
fn reasons() -> Result<(), Failed> {
    for (case, explained, changes) in explained()? {
        let says = !explained.changes.is_empty() || explained.left_out.is_some();
        if says != changes {
            return Err(
                format!("{}: it changes ({changes}), and it is explained ({says})", case.display()).into()
            );
        }
        for change in &explained.changes {
            let is_lost = change.reasons.contains(&MOVED) && change.moved_by.is_empty();
            if change.reasons.is_empty() || is_lost {
                return Err(format!("{}: nothing says what has changed {change:?}", case.display()).into());
            }
        }
        let is_marked = explained.changes.iter().any(|change| change.reasons == [MARKED]);
        if explained.changes.iter().any(|change| !change.moved_by.is_empty()) && !is_marked {
            return Err(format!("{}: what moves is marked", case.display()).into());
        }
    }
    Ok(())
}

fn secrets() -> Result<(), Failed> {
    let case = Path::new(PROJECT).join("fixtures/explain-reasons");
    let manifests = fs::read_to_string(case.join("manifests.yaml"))?;
    if !manifests.contains("12345678") || !manifests.contains("MTcyLjE3LjAuNQ==") {
        return Err("the fixture should have a password".into());
    }
    for (form, arguments) in FORMS {
        let ran = explain(&case, &[&["manifests.yaml", "--config", "config.yaml"], arguments].concat())?;
        let shown = ["12345678", "MTcy"].into_iter().find(|word| ran.stdout.contains(word));
        if shown.is_some() || (form != "text" && !ran.stdout.contains("(not shown)")) {
            return Err(ran.complain("a Secret's words should not be there, and that it changes should"));
        }
    }
    Ok(())
}

/// A run with errors explains nothing, and a config that makes no instance has nothing to explain.
fn failures() -> Result<(), Failed> {
    let directory = tempfile::tempdir()?;
    let fleet = "apiVersion: multi-rhoso.dev/v1alpha1\nkind: FleetCheck\nmetadata: {name: fleet}\n\
                 spec: {rules: {node-networks: off, service-dependency: off}}\n";
    let lost = "apiVersion: multi-rhoso.dev/v1alpha1\nkind: OpenStackInstance\nmetadata: {name: a}\nspec: {plan: none}\n";
    fs::write(directory.path().join("fleet.yaml"), fleet)?;
    fs::write(directory.path().join("lost.yaml"), lost)?;
    fs::copy(
        Path::new(PROJECT).join("fixtures/explain-reasons/manifests.yaml"),
        directory.path().join("m.yaml"),
    )?;
    let cases: [(&[&str], i32, &str); 5] = [
        (&["m.yaml", "-c", "fleet.yaml"], 1, "it makes no instance"),
        (&["m.yaml", "-c", "lost.yaml"], 1, "[plan]"),
        (&["m.yaml", "-c", "nowhere.yaml"], 2, "nowhere.yaml"),
        (&["m.yaml"], 2, "there is no rule m.yaml; multi-rhoso rules lists them"),
        (&["pool-colision"], 2, "did you mean pool-collision?"),
    ];
    for (arguments, code, words) in cases {
        let ran = explain(directory.path(), arguments)?;
        if ran.code != Some(code) || !ran.stderr.contains(words) || !ran.stdout.is_empty() {
            return Err(ran.complain(&format!("exit code {code} and {words:?} expected")));
        }
    }
    Ok(())
}

/// `rules` lists what `explain RULE` explains.
fn rule_paragraphs() -> Result<(), Failed> {
    let listed = process::ok(Command::new(env!("CARGO_BIN_EXE_multi-rhoso")).arg("rules"))?;
    let names: Vec<&str> = listed.stdout.lines().filter_map(|line| line.split(' ').next()).collect();
    if names != rules::rules().map(|rule| rule.name).collect::<Vec<_>>() {
        return Err(listed.complain("every rule in its order expected"));
    }
    for name in [names.first(), names.last()].into_iter().flatten() {
        let ran = process::expect_code(explain(Path::new(PROJECT), &[name])?, 0)?;
        let paragraphs = rules::explanations()[name];
        if paragraphs.is_empty() || !ran.stdout.starts_with(name) || !ran.stdout.contains(paragraphs) {
            return Err(ran.complain("the paragraphs of docs/rules.md expected"));
        }
    }
    let all = rules::explanations();
    let bare = names.iter().find(|name| all.get(**name).is_none_or(|paragraphs| paragraphs.is_empty()));
    match bare {
        Some(name) => Err(format!("{name} has no paragraph").into()),
        None => Ok(()),
    }
}
