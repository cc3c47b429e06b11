//! `plan` as a process: its four forms, its exit codes, the long config of an instance, and an older plan.
//!
//! `fixtures/plan-table-<case>/` holds `plan.yaml` and what each form prints: `text`, `json`, `markdown`, `html`, with
//! `stderr` and `exit`. A fixture with `was.yaml` is held against that. `UPDATE=1` rewrites them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::{Failed, Trial};

use crate::corpus::PROJECT;
use crate::e2e::process::{self, Ran};
use crate::golden::compare;

const FORMS: [&str; 4] = ["text", "json", "markdown", "html"];

/// A test for each case and form, for each fixture with an older plan, and those of the ways to ask.
pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = vec![
        Trial::test("plan::without_one_it_says_what_to_write", none),
        Trial::test("plan::of_several_one_is_asked_for", several),
        Trial::test("plan::of_errors_no_config_is_made", no_config),
        Trial::test("plan::the_long_config_gives_the_same_bytes", long_config),
        Trial::test("plan::its_page_needs_nothing_else", alone),
    ];
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    for case in cases() {
        for form in FORMS {
            let (case, name) = (case.clone(), name(&case));
            trials.push(Trial::test(format!("plan::{name}::{form}"), move || printed(&case, form)));
        }
    }
    for case in directories().into_iter().filter(|path| path.join("was.yaml").is_file()) {
        trials.push(Trial::test(format!("plan::{}", name(&case)), move || again(&case)));
    }
    trials
}

fn directories() -> Vec<PathBuf> {
    let entries = fs::read_dir(Path::new(PROJECT).join("fixtures")).expect("fixtures/");
    let mut directories: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    directories.sort();
    directories
}

fn cases() -> Vec<PathBuf> {
    let is_case = |path: &PathBuf| {
        path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("plan-table-"))
    };
    directories().into_iter().filter(is_case).collect()
}

fn plan(directory: &Path, arguments: &[&str]) -> Result<Ran, Failed> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_multi-rhoso"));
    process::run(command.current_dir(directory).arg("plan").args(arguments))
}

fn ended(case: &Path, ran: &Ran) -> Result<(), Failed> {
    let code = ran.code.map_or_else(|| "killed".to_owned(), |code| code.to_string());
    compare(&case.join("stderr"), &ran.stderr)?;
    compare(&case.join("exit"), &if code == "0" { String::new() } else { format!("{code}\n") })
}

fn printed(case: &Path, form: &str) -> Result<(), Failed> {
    let ran = plan(case, &["plan.yaml", "--output", form])?;
    ended(case, &ran)?;
    let wide = |line: &&str| line.chars().count() > 100 && line.starts_with(' ');
    if let Some(line) = ran.stdout.lines().find(wide).filter(|_| form == "text") {
        return Err(format!("wider than a terminal: {line}").into());
    }
    compare(&case.join(form), &ran.stdout)
}

fn again(case: &Path) -> Result<(), Failed> {
    ended(case, &plan(case, &["manifests.yaml", "--was", "was.yaml"])?)
}

/// No script, nothing from elsewhere.
fn alone() -> Result<(), Failed> {
    for case in cases() {
        let page = plan(&case, &["plan.yaml", "-o", "html"])?.stdout;
        let found = ["<script", "://", "href", "src=", "@import", "url("]
            .into_iter()
            .find(|mark| page.contains(mark));
        if let Some(mark) = found {
            return Err(format!("{}: {mark}", case.display()).into());
        }
    }
    Ok(())
}

fn written(texts: &[(&str, &str)]) -> Result<tempfile::TempDir, Failed> {
    let directory = tempfile::tempdir()?;
    for (name, text) in texts {
        fs::write(directory.path().join(name), text)?;
    }
    Ok(directory)
}

fn could_not(ran: &Ran, words: &[&str]) -> Result<(), Failed> {
    let is_said = words.iter().all(|word| ran.stderr.contains(word));
    if ran.code == Some(2) && ran.stdout.is_empty() && ran.stderr.starts_with("error: ") && is_said {
        return Ok(());
    }
    Err(ran.complain(&format!("exit code 2 and {words:?} expected")))
}

const NAMESPACE: &str = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n";

fn named(name: &str) -> String {
    format!(
        "apiVersion: multi-rhoso.dev/v1alpha1\nkind: AddressPlan\nmetadata: {{name: {name}}}\nspec: {{instances: {{one: 1}}}}\n"
    )
}

fn none() -> Result<(), Failed> {
    let directory = written(&[("a.yaml", NAMESPACE)])?;
    could_not(&plan(directory.path(), &["a.yaml"])?, &["kind: AddressPlan", "--init"])?;
    could_not(&plan(directory.path(), &["--init", "a.yaml"])?, &["no manifest states a network"])?;
    could_not(&plan(directory.path(), &["nowhere"])?, &["nowhere"])
}

fn several() -> Result<(), Failed> {
    let directory = written(&[("a.yaml", &named("one")), ("b.yaml", &named("other"))])?;
    could_not(&plan(directory.path(), &["."])?, &["one\" in ./a.yaml", "other\" in ./b.yaml", "--name"])?;
    could_not(
        &plan(directory.path(), &[".", "--name", "third"])?,
        &["no plan \"third\"", "\"one\" and \"other\""],
    )?;
    let ran = plan(directory.path(), &[".", "--name", "other"])?;
    if ran.code != Some(0) || !ran.stdout.contains("Address plan other") {
        return Err(ran.complain("the plan of the name expected"));
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_multi-rhoso"));
    let ran = process::fed(command.args(["plan", "-"]), &named("piped"))?;
    if ran.stdout.contains("Address plan piped") {
        Ok(())
    } else {
        Err(ran.complain("the plan of stdin expected"))
    }
}

/// An instance that is not there, or a plan with an error, gives a finding and no config.
fn no_config() -> Result<(), Failed> {
    let taken = named("plan").replace("{one: 1}", "{one: 1, two: 1}");
    let directory = written(&[("good.yaml", &named("plan")), ("bad.yaml", &taken)])?;
    for (file, instance, words) in
        [("good.yaml", "two", "error[plan]"), ("bad.yaml", "two", "error[plan-slot]")]
    {
        let ran = plan(directory.path(), &[file, "--instance", instance])?;
        if ran.code != Some(1) || !ran.stdout.is_empty() || !ran.stderr.contains(words) {
            return Err(ran.complain(words));
        }
    }
    Ok(())
}

/// Over the base, by the plan that is written from it, with what a plan can say beside. Nobody has slot 1, so that nobody
/// leaves to it what all share, which a config without a plan cannot say.
fn long_config() -> Result<(), Failed> {
    let bare = tempfile::tempdir()?;
    let files = crate::corpus::files(&Path::new(PROJECT).join("overlays/base"));
    for file in files.iter().filter(|file| !file.ends_with(crate::corpus::PLAN)) {
        fs::copy(file, bare.path().join(file.file_name().unwrap_or_default()))?;
    }
    let base = bare.path().display().to_string();
    let plan_text = plan(Path::new(PROJECT), &["--init", &base])?.stdout;
    let more = [
        "  defaults:",
        "    endpoints: {loadBalancerIPs: {glance.edge1: 172.17.0.81}}",
        "  interfaces: [{from: enp6s0, to: [enp8s0, enp9s0]}]",
        "  instances:",
        "    second: 2",
        "    third: {slot: 3, nodePolicies: keep, names: {pool: \"{name}-{namespace}\"}}",
        "",
    ];
    let more = more.join("\n");
    let plan_text = plan_text.replace("    openstack: 1\n", "").replace("  instances:\n", &more);
    let directory = written(&[("plan.yaml", &plan_text)])?;
    for name in ["second", "third"] {
        let config = format!(
            "apiVersion: multi-rhoso.dev/v1alpha1\nkind: OpenStackInstance\nmetadata:\n  name: {name}\nspec:\n  plan: plan\n"
        );
        fs::write(directory.path().join("short"), config)?;
        let ran = plan(directory.path(), &["plan.yaml", "--instance", name])?;
        if ran.stdout.contains("  plan:") {
            return Err(ran.complain("a config without a plan expected"));
        }
        fs::write(directory.path().join("long"), &process::expect_code(ran, 0)?.stdout)?;
        let eval = |arguments: &[&str]| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_multi-rhoso"));
            process::ok(
                command.current_dir(directory.path()).args(["eval", &base, "--config"]).args(arguments),
            )
        };
        let (short, long) = (eval(&["short", "plan.yaml"])?, eval(&["long"])?);
        // What is left of a plan that is taken out is the line before it.
        let rest = short.stdout.strip_prefix(&long.stdout).unwrap_or("other bytes");
        if !rest.trim_matches(['-', '\n']).is_empty() || !short.stdout.contains(&format!("namespace: {name}"))
        {
            return Err(long.complain("the bytes that the plan gives expected"));
        }
    }
    Ok(())
}
