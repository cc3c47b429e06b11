//! `verify` as a process: what it says of rendered manifests and a live list, in each form, and when it cannot run.
//!
//! `fixtures/verify-<case>/` holds `rendered.yaml`, `live.yaml`, where there is one `endpoints.json`, and what comes out:
//! `text`, `json`, `github`, `get` (the command) and `exit`. `UPDATE=1` rewrites them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::{Failed, Trial};
use multi_rhoso::verify::ROWS;
use serde_json::Value;

use crate::corpus::PROJECT;
use crate::e2e::process::{self, Ran};
use crate::golden::compare;

const FORMS: [&str; 3] = ["text", "json", "github"];
/// Values of Secrets in the fixtures, as they are rendered, as they are live, and in base64.
const UNTOLD: [&str; 4] = ["not-to-be-told", "nor-this", "another-secret", "YW5vdGhlci1zZWNyZXQ"];

/// A test for each case and form, and those of all cases.
pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = vec![
        Trial::test("verify::every_finding_has_its_fixture_and_its_line", every_row),
        Trial::test("verify::rendered_manifests_are_what_they_are", itself),
        Trial::test("verify::a_json_list_is_read_as_a_yaml_one", as_json),
        Trial::test("verify::what_it_cannot_run_on", refusals),
        Trial::test("verify::whose_endpoints_must_be_said", whose_endpoints),
    ];
    for case in cases() {
        let name = case.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for form in FORMS {
            let case = case.clone();
            trials.push(Trial::test(format!("verify::{name}::{form}"), move || printed(&case, form)));
        }
        trials.push(Trial::test(format!("verify::{name}::get"), move || {
            let ran = process::expect_code(verify(&case, &["rendered.yaml", "--get"])?, 0)?;
            compare(&case.join("get"), &ran.stdout)
        }));
    }
    trials
}

fn cases() -> Vec<PathBuf> {
    let entries = fs::read_dir(Path::new(PROJECT).join("fixtures")).expect("fixtures/");
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    cases.retain(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("verify-")));
    cases.sort();
    cases
}

fn verify(directory: &Path, arguments: &[&str]) -> Result<Ran, Failed> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_multi-rhoso"));
    process::run(command.current_dir(directory).arg("verify").args(arguments))
}

/// The whole of it: notes too.
fn compared(case: &Path, live: &str, form: &str) -> Result<Ran, Failed> {
    let list: &[&str] =
        if case.join("endpoints.json").is_file() { &["--endpoints", "endpoints.json"] } else { &[] };
    verify(case, &[&["rendered.yaml", "--live", live, "-v", "-o", form], list].concat())
}

fn printed(case: &Path, form: &str) -> Result<(), Failed> {
    let ran = compared(case, "live.yaml", form)?;
    if let Some(value) = UNTOLD.iter().find(|value| ran.stdout.contains(**value)) {
        return Err(ran.complain(&format!("the value of a Secret is told: {value}")));
    }
    compare(&case.join(form), &ran.stdout)?;
    compare(&case.join("exit"), &format!("{}\n", ran.code.unwrap_or_default()))
}

/// The results of every case.
fn results() -> Result<Vec<Value>, Failed> {
    let mut all = Vec::new();
    for case in cases() {
        let page: Value = serde_json::from_str(&compared(&case, "live.yaml", "json")?.stdout)?;
        all.extend(page["results"].as_array().cloned().unwrap_or_default());
    }
    Ok(all)
}

/// Each row is found in some case, ends with a command, and has its line in the document, in the table's order.
fn every_row() -> Result<(), Failed> {
    let results = results()?;
    for result in &results {
        let (message, command) = (result["message"].as_str(), result["command"].as_str());
        let ends = message.zip(command).is_some_and(|(message, command)| message.ends_with(command));
        if !ends || command.is_none_or(|command| command.split_once(' ').is_none()) {
            return Err(format!("it ends with no command: {result}").into());
        }
    }
    let found: BTreeSet<&str> = results.iter().filter_map(|result| result["tags"]["rule"].as_str()).collect();
    let names: Vec<&str> = ROWS.iter().map(|row| row.name).collect();
    if let Some(name) = names.iter().find(|name| !found.contains(**name)) {
        return Err(format!("no fixture finds {name}").into());
    }
    let page = fs::read_to_string(Path::new(PROJECT).join("docs/verify.md"))?;
    let told: Vec<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `live-").and_then(|_| line.split('`').nth(1)))
        .collect();
    if told == names { Ok(()) } else { Err(format!("docs/verify.md has {told:?}, not {names:?}").into()) }
}

/// Manifests as the live list: only what the operators make is missing. A cluster holds no object twice.
fn itself() -> Result<(), Failed> {
    for case in cases().into_iter().filter(|case| !case.ends_with("verify-defined-twice")) {
        let ran = verify(&case, &["rendered.yaml", "--live", "rendered.yaml", "-o", "json"])?;
        let page: Value = serde_json::from_str(&ran.stdout)?;
        let rules: Vec<&str> = page["results"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|r| r["tags"]["rule"].as_str())
            .collect();
        if rules.iter().any(|rule| *rule != "live-service-missing") {
            return Err(ran.complain("manifests are not what they are"));
        }
    }
    Ok(())
}

fn as_json() -> Result<(), Failed> {
    let place = tempfile::tempdir()?;
    for case in cases() {
        let value: Value = serde_yaml::from_str(&fs::read_to_string(case.join("live.yaml"))?)?;
        let file = place.path().join("live.json");
        fs::write(&file, value.to_string())?;
        let (yaml, json) =
            (compared(&case, "live.yaml", "json")?, compared(&case, &file.to_string_lossy(), "json")?);
        if yaml.stdout != json.stdout {
            return Err(json.complain("YAML and JSON of one list differ"));
        }
    }
    Ok(())
}

fn refusals() -> Result<(), Failed> {
    let case = Path::new(PROJECT).join("fixtures/verify-clean");
    let place = tempfile::tempdir()?;
    let empty = place.path().join("empty");
    fs::write(&empty, "\n")?;
    let empty = empty.to_string_lossy().into_owned();
    let says = |arguments: &[&str], words| process::says(verify(&case, arguments)?, 2, words).map(drop);
    says(&["rendered.yaml"], "--live <FILE>")?;
    says(&["-", "--live", "-"], "stdin is asked for more than once")?;
    says(&["rendered.yaml", "--live", &empty], "it is empty, so kubectl has failed")?;
    says(&[&empty, "--live", "live.yaml"], "there is no object to compare")?;
    says(
        &["rendered.yaml", "--live", "live.yaml", "--endpoints", "live.yaml"],
        "openstack endpoint list -f json",
    )
}

/// Of several instances the list is one's.
fn whose_endpoints() -> Result<(), Failed> {
    let case = Path::new(PROJECT).join("fixtures/verify-endpoints");
    let place = tempfile::tempdir()?;
    let text = fs::read_to_string(case.join("rendered.yaml"))?;
    let both = place.path().join("both.yaml");
    fs::write(&both, format!("{text}---\n{}", text.replace("openstack2", "openstack")))?;
    let both = both.to_string_lossy().into_owned();
    let arguments = [&both, "--live", "live.yaml", "--endpoints", "endpoints.json"];
    process::says(verify(&case, &arguments)?, 2, "--namespace, one of openstack2, openstack")?;
    process::says(verify(&case, &[&arguments[..], &["-n", "other"]].concat())?, 2, "--namespace, one of")?;
    let ran = verify(&case, &[&arguments[..], &["-n", "openstack", "-o", "json"]].concat())?;
    let ran = process::expect_code(ran, 1)?;
    let words = "keystone-internal.openstack2.svc, which is of openstack2";
    if ran.stdout.contains(words) { Ok(()) } else { Err(ran.complain(words)) }
}
