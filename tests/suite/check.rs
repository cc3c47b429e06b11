//! `check` as a process: its four forms, its exit codes, and SARIF against the published schema.
//!
//! `fixtures/check-<case>/` holds `manifests.yaml` and what each form prints: `text`, `json`, `sarif`, `github`, and
//! `exit`. `crd.yaml`, where it is there, is given with `--crd`. `UPDATE=1` rewrites them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::{Failed, Trial};
use serde_json::Value;

use crate::corpus::PROJECT;
use crate::e2e::process::{self, Ran};
use crate::golden::compare;

const FORMS: [&str; 4] = ["text", "json", "sarif", "github"];

/// A test for each case and form, and those of the exit codes.
pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = vec![
        Trial::test("check::could_not_run_is_two", could_not_run),
        Trial::test("check::stdin_and_directories", stdin_and_directories),
        Trial::test("check::levels_of_a_config", levels),
        Trial::test("check::a_later_stage_takes_an_earlier_ones_place", stages),
        Trial::test("check::overlays_have_no_error", overlays),
    ];
    for case in cases() {
        let name = case.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for form in FORMS {
            let case = case.clone();
            trials.push(Trial::test(format!("check::{name}::{form}"), move || printed(&case, form)));
        }
    }
    trials
}

fn cases() -> Vec<PathBuf> {
    let entries = fs::read_dir(Path::new(PROJECT).join("fixtures")).expect("fixtures/");
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    cases.retain(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("check-")));
    cases.sort();
    cases
}

fn check(directory: &Path, arguments: &[&str]) -> Result<Ran, Failed> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_multi-rhoso"));
    process::run(command.current_dir(directory).arg("check").args(arguments))
}

fn printed(case: &Path, form: &str) -> Result<(), Failed> {
    let mut arguments = vec!["manifests.yaml", "--output", form];
    if case.join("crd.yaml").is_file() {
        arguments.extend(["--crd", "crd.yaml"]);
    }
    let ran = check(case, &arguments)?;
    let code = ran.code.map_or_else(|| "killed".to_owned(), |code| code.to_string());
    compare(&case.join("exit"), &if code == "0" { String::new() } else { format!("{code}\n") })?;
    compare(&case.join(form), &ran.stdout)?;
    if form == "sarif" { conforms(&ran.stdout) } else { Ok(()) }
}

fn conforms(sarif: &str) -> Result<(), Failed> {
    let schema = Path::new(PROJECT).join("fixtures/sarif/sarif-schema-2.1.0.json");
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    let index = compiler
        .compile(&schema.display().to_string(), &mut schemas)
        .map_err(|error| format!("the published schema: {error}"))?;
    let value: Value = serde_json::from_str(sarif)?;
    schemas.validate(&value, index).map_err(|error| format!("{error:#}"))?;
    indices(&value["runs"][0])
}

/// Each result says which rule by name and by place, and each rule is explained.
fn indices(run: &Value) -> Result<(), Failed> {
    let rules = &run["tool"]["driver"]["rules"];
    for result in run["results"].as_array().into_iter().flatten() {
        let index = usize::try_from(result["ruleIndex"].as_u64().ok_or("no ruleIndex")?)?;
        let rule = &rules[index];
        if rule["id"] != result["ruleId"] || rule["help"]["markdown"].as_str().is_none() {
            return Err(format!("{result} is not of {rule}").into());
        }
    }
    Ok(())
}

fn could_not_run() -> Result<(), Failed> {
    for arguments in [&["nowhere"][..], &["manifests.yaml"], &["-c", "nowhere", "input.yaml"]] {
        let directory = tempfile::tempdir()?;
        fs::write(directory.path().join("manifests.yaml"), "a: [")?;
        let ran = check(directory.path(), arguments)?;
        if ran.code != Some(2) || !ran.stdout.is_empty() || !ran.stderr.starts_with("error: ") {
            return Err(ran.complain("exit code 2, a reason and nothing else expected"));
        }
    }
    Ok(())
}

fn stdin_and_directories() -> Result<(), Failed> {
    let case = cases().into_iter().next().ok_or("no case")?;
    let text = fs::read_to_string(case.join("manifests.yaml"))?;
    let mut command = Command::new(env!("CARGO_BIN_EXE_multi-rhoso"));
    let ran = process::fed(command.args(["check", "-", "-o", "json"]), &text)?;
    let directory = check(&case, &[".", "-o", "json"])?;
    let results = |ran: &Ran| Ok::<_, Failed>(serde_json::from_str::<Value>(&ran.stdout)?["results"].clone());
    let count = |value: &Value| value.as_array().map(Vec::len);
    let (one, other) = (results(&ran)?, results(&directory)?);
    if count(&one).is_some_and(|count| count > 0) && count(&one) == count(&other) {
        return Ok(());
    }
    Err(directory.complain("stdin and the directory gave different results"))
}

fn levels() -> Result<(), Failed> {
    let case = cases().into_iter().next().ok_or("no case")?;
    let text = fs::read_to_string(case.join("manifests.yaml"))?;
    let found: Value = serde_json::from_str(&fs::read_to_string(case.join("json"))?)?;
    let errors =
        found["results"].as_array().into_iter().flatten().filter(|result| result["severity"] == "error");
    let rules: Vec<&str> = errors.filter_map(|result| result["tags"]["rule"].as_str()).collect();
    let directory = tempfile::tempdir()?;
    let lowered: Vec<String> = rules.iter().map(|rule| format!("{rule}: warning")).collect();
    let config = format!(
        "apiVersion: multi-rhoso.dev/v1alpha1\nkind: FleetCheck\nspec:\n  rules: {{{}}}\n",
        lowered.join(", ")
    );
    fs::write(directory.path().join("fleet.yaml"), config)?;
    fs::write(directory.path().join("manifests.yaml"), text)?;
    let ran = check(directory.path(), &["manifests.yaml", "-c", "fleet.yaml"])?;
    if ran.code == Some(0) && ran.stdout.contains("warning") {
        return Ok(());
    }
    Err(ran.complain("the config's levels were not taken"))
}

/// What the last stage says counts, in the order of the arguments; within a stage an object twice is a fault.
fn stages() -> Result<(), Failed> {
    // One domain is none that the webhook takes.
    let networks = |domain: &str| {
        format!(
            "apiVersion: network.openstack.org/v1beta1\nkind: NetConfig\nmetadata: {{name: n, namespace: openstack}}\n\
             spec: {{networks: [{{name: ctlplane, dnsDomain: {domain}, subnets: []}}]}}\n"
        )
    };
    let directory = tempfile::tempdir()?;
    fs::create_dir(directory.path().join("third"))?;
    for (name, domain) in [
        ("first.yaml", "ctlplane"),
        ("second.yaml", "ctlplane.example.com"),
        ("third/a.yaml", "ctlplane.example.com"),
        ("third/b.yaml", "ctlplane3.example.com"),
    ] {
        fs::write(directory.path().join(name), networks(domain))?;
    }
    for (arguments, found) in [
        (&["first.yaml", "second.yaml"][..], &["netconfig-name", "object-twice"][..]),
        (&["--stages", "first.yaml", "second.yaml"], &[]),
        (&["--stages", "second.yaml", "first.yaml"], &["netconfig-name"]),
        (&["--stages", "first.yaml", "second.yaml", "third"], &["object-twice"]),
        (&["--stages", "third", "second.yaml"], &[]),
    ] {
        let ran = check(directory.path(), arguments)?;
        let said = ["netconfig-name", "object-twice"].into_iter().filter(|rule| ran.stdout.contains(rule));
        if said.collect::<Vec<_>>() != found || ran.stdout.starts_with("1 object") != found.is_empty() {
            return Err(ran.complain(&format!("{arguments:?}: want {found:?}")));
        }
    }
    Ok(())
}

/// What the project shows as an example is without fault by its own rules.
fn overlays() -> Result<(), Failed> {
    let rendered = Path::new(PROJECT).join("fixtures/overlays");
    for overlay in ["openstack.yaml", "openstack2.yaml", "openstack3.yaml", "openstack-ipv6.yaml"] {
        let ran = check(&rendered, &[overlay])?;
        if ran.code != Some(0) {
            return Err(ran.complain("an overlay of ours has errors"));
        }
    }
    Ok(())
}
