//! `import` as a process and as a function: what comes out of live objects, that nothing of the cluster's is left in it,
//! and that no value of a Secret is ever printed.
//!
//! `fixtures/import-<case>/` holds `live.yaml` or `live.json` and perhaps `arguments`; `output.yaml` is stdout, `stderr`
//! stderr with `-v`, `exit` the exit code where it is not 0. `UPDATE=1` writes the three.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::{Failed, Trial};
use multi_rhoso::import::{Imported, Secrets, import};
use multi_rhoso::krm::Source;
use multi_rhoso::run;
use multi_rhoso::yaml;
use serde_json::{Value, json};

use crate::corpus::{self, PROJECT};
use crate::e2e::process::{self, Ran};
use crate::golden::compare;

/// What stands for a secret in the fixtures, and in base64.
const SECRET_WORDS: [&str; 2] = ["secret-word", "c2VjcmV0LXdvcmQ="];

/// All tests of imports.
pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = vec![
        Trial::test("import::of_an_import_is_the_same", again),
        Trial::test("import::leaves_nothing_of_the_clusters", nothing_written),
        Trial::test("import::prints_no_value_of_a_secret", no_secret),
        Trial::test("import::writes_a_directory_all_or_nothing", directory),
        Trial::test("import::can_be_piped_into_plan_and_new", piped),
    ];
    for case in cases() {
        let name = case.file_name().unwrap_or_default().to_string_lossy().into_owned();
        trials.push(Trial::test(format!("import::{name}"), move || printed(&case)));
    }
    trials
}

fn cases() -> Vec<PathBuf> {
    let entries = fs::read_dir(Path::new(PROJECT).join("fixtures")).expect("fixtures/");
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    cases.retain(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("import-")));
    cases.sort();
    cases
}

fn live(case: &Path) -> &'static str {
    if case.join("live.json").is_file() { "live.json" } else { "live.yaml" }
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_multi-rhoso"));
    command.arg("import").args(arguments);
    command
}

fn run_case(case: &Path, more: &[&str]) -> Result<Ran, Failed> {
    let arguments = fs::read_to_string(case.join("arguments")).unwrap_or_default();
    let arguments: Vec<&str> =
        [live(case)].into_iter().chain(arguments.split_whitespace()).chain(more.iter().copied()).collect();
    process::run(command(&arguments).current_dir(case))
}

fn printed(case: &Path) -> Result<(), Failed> {
    let ran = run_case(case, &["-v"])?;
    let code = ran.code.map_or_else(|| "killed".to_owned(), |code| code.to_string());
    let exit = if code == "0" { String::new() } else { format!("{code}\n") };
    for (name, got) in [("output.yaml", &ran.stdout), ("stderr", &ran.stderr), ("exit", &exit)] {
        compare(&case.join(name), got)?;
    }
    Ok(())
}

/// The documents of a text's import, as they are printed.
pub(crate) fn imported(text: &str) -> Result<Imported, Failed> {
    let sources = [Source::parse(None, text).map_err(|error| error.to_string())?];
    let items = run::items(&sources).map_err(|findings| format!("{findings:?}"))?;
    Ok(import(&items, Secrets::Stub).map_err(|wrong| wrong.to_string())?)
}

pub(crate) fn text(imported: &Imported) -> String {
    imported.documents.iter().map(|document| document.text.as_str()).collect::<Vec<_>>().join("---\n")
}

/// All texts that hold objects: of the fixtures, the project's own bases and the corpus.
fn texts() -> Result<Vec<(PathBuf, String)>, Failed> {
    let own = cases().into_iter().map(|case| case.join(live(&case))).collect();
    let bases =
        ["overlays/base", "overlays/base-ipv6"].map(|base| corpus::files(&Path::new(PROJECT).join(base)));
    let real = ["architecture", "install_yamls", "samples", "openstackoid"].map(|part| {
        let directory = corpus::directory().map(|corpus| corpus.join(part));
        directory.filter(|path| path.is_dir()).map(|path| corpus::files(&path)).unwrap_or_default()
    });
    let paths = [own].into_iter().chain(bases).chain(real).flatten();
    paths.map(|path| Ok((path.clone(), fs::read_to_string(&path)?))).collect()
}

/// Texts that cannot be imported are no part of a law; most must be.
fn of_all(law: impl Fn(&str, &Imported) -> Result<(), Failed>) -> Result<(), Failed> {
    let (mut held, mut refused) = (0, Vec::new());
    for (path, text) in texts()? {
        match imported(&text) {
            Ok(imported) => {
                law(&text, &imported).map_err(|error| format!("{}: {error:?}", path.display()))?;
                held += 1;
            }
            Err(error) => refused.push(format!("{}: {error:?}", path.display())),
        }
    }
    if held > 5 * refused.len() { Ok(()) } else { Err(format!("{held} held, refused: {refused:#?}").into()) }
}

fn again() -> Result<(), Failed> {
    of_all(|_, first| {
        let second = imported(&text(first))?;
        let taken: Vec<_> = second.documents.iter().flat_map(|document| &document.taken).collect();
        if text(&second) == text(first) && second.left_out.is_empty() && taken.is_empty() {
            return Ok(());
        }
        Err(format!("the second import takes {taken:?} and leaves out {:?}", second.left_out).into())
    })
}

/// What an API server adds to every object.
fn planted(mut value: Value) -> Value {
    let more = json!({
        "uid": "5e6f7a8b-1111-4222-8333-444455556666", "resourceVersion": "17", "generation": 2,
        "creationTimestamp": "2026-03-01T08:00:00Z", "selfLink": "/api/x", "finalizers": ["openstack.org/x"],
        "managedFields": [{"manager": "kubectl", "operation": "Apply"}],
        "ownerReferences": [{"apiVersion": "v1", "kind": "Widget", "name": "a", "uid": "x"}],
    });
    for (key, one) in more.as_object().into_iter().flatten() {
        if value["metadata"].get(key).is_none() {
            value["metadata"][key] = one.clone();
        }
    }
    if !value["metadata"]["annotations"].is_object() {
        value["metadata"]["annotations"] = json!({});
    }
    value["metadata"]["annotations"]["kubectl.kubernetes.io/last-applied-configuration"] = json!("{}");
    value["status"] = json!({"conditions": []});
    if value["kind"] == "Service" && value["apiVersion"] == "v1" {
        value["spec"]["clusterIP"] = json!("10.96.0.7");
        value["spec"]["clusterIPs"] = json!(["10.96.0.7"]);
        value["spec"]["ipFamilies"] = json!(["IPv4"]);
    }
    value
}

/// Each object with what a server writes, in any order of its documents, is imported as it is without.
fn nothing_written() -> Result<(), Failed> {
    of_all(|_, imported| {
        // A headless Service has no address to plant, and what is null nobody's server prints.
        let is_odd = |text: &str| text.contains("clusterIP: None") || text.contains("annotations: null");
        let texts = imported.documents.iter().map(|document| document.text.as_str());
        let expected: Vec<&str> = texts.filter(|text| !is_odd(text)).collect();
        let live = expected.iter().rev().map(|text| Ok(yaml::document(&planted(value(text)?))));
        let got = self::imported(&live.collect::<Result<Vec<_>, Failed>>()?.join("---\n"))?;
        compare_texts(&expected.join("---\n"), &text(&got))
    })
}

fn value(text: &str) -> Result<Value, Failed> {
    let documents = yaml::parse(text).map_err(|error| error.to_string())?;
    Ok(documents.first().ok_or("no document")?.to_value())
}

fn compare_texts(expected: &str, got: &str) -> Result<(), Failed> {
    let lines = expected.lines().zip(got.lines()).enumerate();
    let differing =
        lines.filter(|(_, (one, other))| one != other).map(|(line, pair)| format!("{line}: {pair:?}"));
    let differing: Vec<String> = differing.take(5).collect();
    if expected == got { Ok(()) } else { Err(format!("not the same: {differing:#?}").into()) }
}

fn no_secret() -> Result<(), Failed> {
    let mut seen = 0;
    for case in cases() {
        let live = fs::read_to_string(case.join(live(&case)))?;
        seen += SECRET_WORDS.iter().filter(|word| live.contains(**word)).count();
        for more in [&["-v"][..], &["-v", "--secrets", "stub"]] {
            if case.join("arguments").is_file() && more.len() > 1 {
                continue;
            }
            let ran = run_case(&case, more)?;
            if SECRET_WORDS.iter().any(|word| ran.stdout.contains(word) || ran.stderr.contains(word)) {
                return Err(ran.complain("the value of a Secret is printed"));
            }
        }
    }
    if seen > 1 { Ok(()) } else { Err("no fixture has the value of a Secret".into()) }
}

fn directory() -> Result<(), Failed> {
    let place = tempfile::tempdir()?;
    let live = Path::new(PROJECT).join("fixtures/import-instance/live.yaml");
    let live = live.to_str().ok_or("a path")?;
    let to = place.path().join("base");
    let to = to.to_str().ok_or("a path")?;
    let ran = process::ok(&mut command(&[live, "--output", to]))?;
    let names =
        ["nncp.yaml", "networking.yaml", "control-plane.yaml", "data-plane.yaml", "kustomization.yaml"];
    if ran.stdout.lines().count() != names.len() || !names.iter().all(|name| ran.stdout.contains(name)) {
        return Err(ran.complain("not the files of the stages"));
    }
    let all = names.iter().take(4).map(|name| fs::read_to_string(Path::new(to).join(name)));
    let all = all.collect::<Result<Vec<_>, _>>()?.join("---\n");
    compare_texts(&process::ok(&mut command(&[live]))?.stdout, &all)?;
    let again = process::ok(&mut command(&[live, "--output", to]))?;
    if !again.stdout.is_empty() {
        return Err(again.complain("the second run wrote something"));
    }
    fs::write(Path::new(to).join("nncp.yaml"), "a: 1\n")?;
    fs::remove_file(Path::new(to).join("data-plane.yaml"))?;
    let refused = process::fails(&mut command(&[live, "--output", to]), "nothing was changed")?;
    if Path::new(to).join("data-plane.yaml").exists() {
        return Err(refused.complain("a file was written though another one is in the way"));
    }
    let within = Path::new(PROJECT).join("fixtures/import-json");
    let within = [within.to_str().ok_or("a path")?, "--output"].map(str::to_owned);
    process::fails(&mut command(&[&within[0], "--output", &format!("{}/x", within[0])]), "it is within")?;
    Ok(())
}

/// A live base gives the plan that the base itself gives, and a tree of overlays.
fn piped() -> Result<(), Failed> {
    let files = corpus::files(&Path::new(PROJECT).join("overlays/base"));
    let mut manifests = Vec::new();
    for file in
        files.iter().filter(|file| !file.ends_with("kustomization.yaml") && !file.ends_with(corpus::PLAN))
    {
        manifests.push(fs::read_to_string(file)?);
    }
    let documents = manifests.join("---\n");
    let documents = yaml::parse(&documents).map_err(|error| error.to_string())?;
    let live = documents
        .iter()
        .map(yaml::Node::to_value)
        .filter(|value| !value.is_null() && value["kind"] != "Secret");
    let live: Vec<Value> = live.map(planted).collect();
    let live = json!({"apiVersion": "v1", "kind": "List", "items": live}).to_string();
    let base = process::expect_code(process::fed(&mut command(&["-"]), &live)?, 0)?.stdout;
    let binary = || Command::new(env!("CARGO_BIN_EXE_multi-rhoso"));
    let plan = |input: &str| {
        let ran = process::fed(binary().args(["plan", "--init", "-"]), input)?;
        Ok::<_, Failed>(process::expect_code(ran, 0)?.stdout)
    };
    compare_texts(&plan(&manifests.join("---\n"))?, &plan(&base)?)?;
    let place = tempfile::tempdir()?;
    let to = place.path().join("tree");
    let mut new = binary();
    new.args(["new", "openstack", "--to"]).arg(&to).args(["--init", "-"]);
    process::expect_code(process::fed(&mut new, &base)?, 0)?;
    compare_texts(&base, &fs::read_to_string(to.join("base/manifests.yaml"))?)
}
