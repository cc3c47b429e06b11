//! `patch` as a process: its forms, its exit codes, its directory. What its documents do: `patch_laws`.
//!
//! `fixtures/patch-<case>/` holds `manifests.yaml`, `config.yaml` and what each form prints: `text`, `sh`, `json`.
//! `UPDATE=1` rewrites them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::{Failed, Trial};
use serde_json::Value;

use crate::corpus::PROJECT;
use crate::e2e::process::{self, Ran};
use crate::golden::compare;

const FORMS: [(&str, &[&str]); 3] = [("text", &[]), ("sh", &["-o", "sh"]), ("json", &["-o", "json"])];

/// A test for each case and form, and those of all cases.
pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = vec![
        Trial::test("patch::what_fails_has_no_steps", failures),
        Trial::test("patch::a_directory_gets_all_or_nothing", directory),
        Trial::test("patch::a_shell_reads_the_script", scripts),
    ];
    for case in cases("patch-") {
        let name = case.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for (form, arguments) in FORMS {
            let case = case.clone();
            trials.push(Trial::test(format!("patch::{name}::{form}"), move || {
                let ran =
                    patch(&case, &[&["manifests.yaml", "--config", "config.yaml"], arguments].concat())?;
                compare(&case.join(form), &process::expect_code(ran, 0)?.stdout)
            }));
        }
    }
    trials
}

pub(crate) fn cases(prefix: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(Path::new(PROJECT).join("fixtures")).expect("fixtures/");
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    cases.retain(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(prefix)));
    cases.sort();
    cases
}

fn patch(directory: &Path, arguments: &[&str]) -> Result<Ran, Failed> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_multi-rhoso"));
    process::run(command.current_dir(directory).arg("patch").args(arguments))
}

/// What a run refuses has no steps, and nothing is written.
fn failures() -> Result<(), Failed> {
    let directory = tempfile::tempdir()?;
    let case = Path::new(PROJECT).join("fixtures/patch-live");
    fs::copy(case.join("manifests.yaml"), directory.path().join("m.yaml"))?;
    fs::copy(case.join("config.yaml"), directory.path().join("c.yaml"))?;
    let other = "{apiVersion: multi-rhoso.dev/v1alpha1, kind: OpenStackInstance, metadata: {name: b}, \
                 spec: {rules: {service-dependency: off}, namespace: openstack2, from: {namespace: openstack}}}";
    fs::write(directory.path().join("other.yaml"), other)?;
    fs::write(directory.path().join("empty.yaml"), "")?;
    let cases: [(&[&str], i32, &str); 4] = [
        (&["m.yaml", "-c", "other.yaml"], 1, "would be a new object of instance openstack2"),
        (&["m.yaml", "-c", "empty.yaml"], 1, "there is no function config"),
        (&["m.yaml", "-c", "nowhere.yaml"], 2, "nowhere.yaml"),
        (&["m.yaml", "-c", "c.yaml", "--output", "."], 2, "nothing was changed"),
    ];
    for (arguments, code, words) in cases {
        let ran = patch(directory.path(), &[arguments, &["--output", "out"]].concat());
        let ran = if arguments.contains(&"--output") { patch(directory.path(), arguments)? } else { ran? };
        if ran.code != Some(code) || !ran.stderr.contains(words) || !ran.stdout.is_empty() {
            return Err(ran.complain(&format!("exit code {code} and {words:?} expected")));
        }
        if directory.path().join("out").exists() || fs::read_dir(directory.path())?.count() != 4 {
            return Err(ran.complain("nothing should have been written"));
        }
    }
    Ok(())
}

/// Every document is a file, each file is in the script, and a second run finds them as they are.
fn directory() -> Result<(), Failed> {
    let directory = tempfile::tempdir()?;
    let case = Path::new(PROJECT).join("fixtures/patch-renamed");
    let out = directory.path().join("out");
    let arguments = ["manifests.yaml", "-c", "config.yaml", "--output", &out.to_string_lossy()];
    let first = process::expect_code(patch(&case, &arguments)?, 0)?;
    let script = fs::read_to_string(out.join("steps.sh"))?;
    let mut documents = 0;
    for entry in fs::read_dir(&out)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name == "steps.sh" {
            continue;
        }
        documents += 1;
        let document: Value = serde_json::from_str(&fs::read_to_string(out.join(&name))?)?;
        if document.is_null()
            || !script.contains(&format!("={name}\n"))
            || !first.stdout.contains(&format!("/{name}\n"))
        {
            return Err(first.complain(&format!("{name} should be in the plan and in the script")));
        }
    }
    let again = process::expect_code(patch(&case, &arguments)?, 0)?;
    if documents < 5 || again.stdout != first.stdout {
        return Err(again.complain(&format!("{documents} documents, and the second run as the first")));
    }
    Ok(())
}

/// Of every case, with its documents and without.
fn scripts() -> Result<(), Failed> {
    for case in cases("patch-") {
        let script = fs::read_to_string(case.join("sh"))?;
        process::ok(Command::new("sh").args(["-n", "-c", &script]))?;
    }
    Ok(())
}
