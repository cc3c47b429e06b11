//! `catalogue --crd`: what it says of CRDs that differ from the tables, and of those that do not; and that the commands of
//! `docs/upgrade.md` run.
//!
//! `fixtures/catalogue-<case>/` holds `crd.yaml`; `output` is stdout, `stderr` stderr, `exit` the exit code where it is not
//! 0. `UPDATE=1` writes the three.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::{Failed, Trial};
use serde_json::{Value, json};

use crate::corpus::{self, PROJECT};
use crate::e2e::process;
use crate::golden::compare;

const PAGE: &str = "docs/upgrade.md";
const FILE: &str = "crds.yaml";

/// All tests of upgraded operators.
pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = vec![
        Trial::test("upgrade::the_commands_of_the_page_run", page),
        Trial::test("upgrade::stdin_is_read_once", stdin_once),
    ];
    for case in cases() {
        let name = case.file_name().unwrap_or_default().to_string_lossy().into_owned();
        trials.push(Trial::test(format!("upgrade::{name}"), move || printed(&case)));
    }
    if let Some(directory) = corpus::directory() {
        let again = directory.clone();
        trials.push(Trial::test("upgrade::the_tables_know_the_crds_that_they_are_of", move || {
            known(&directory)
        }));
        trials.push(Trial::test("upgrade::a_changed_control_plane_is_told", move || changed(&again)));
    }
    trials
}

fn cases() -> Vec<PathBuf> {
    let entries = fs::read_dir(Path::new(PROJECT).join("fixtures")).expect("fixtures/");
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    cases
        .retain(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("catalogue-")));
    cases.sort();
    cases
}

fn catalogue(directory: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_multi-rhoso"));
    command.current_dir(directory).args(["catalogue", "--crd"]);
    command
}

fn printed(case: &Path) -> Result<(), Failed> {
    let ran = process::run(catalogue(case).arg("crd.yaml"))?;
    let code = ran.code.map_or_else(|| "killed".to_owned(), |code| code.to_string());
    let exit = if code == "0" { String::new() } else { format!("{code}\n") };
    for (name, got) in [("output", &ran.stdout), ("stderr", &ran.stderr), ("exit", &exit)] {
        compare(&case.join(name), got)?;
    }
    Ok(())
}

fn known(corpus: &Path) -> Result<(), Failed> {
    let ran = process::run(catalogue(corpus).arg("crds"))?;
    let ran = process::expect_code(ran, 0)?;
    if ran.stderr.contains("OpenStackControlPlane") {
        Ok(())
    } else {
        Err(ran.complain("nothing was compared"))
    }
}

/// One service more, one override less, one field and one switch with another name: each is said, and nothing else.
fn changed(corpus: &Path) -> Result<(), Failed> {
    let text = fs::read_to_string(corpus.join("crds/core.openstack.org_openstackcontrolplanes.yaml"))?;
    let mut crd: Value = serde_yaml::from_str(&text)?;
    let spec = "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties";
    let at = |path: &str| format!("{spec}/{path}");
    let properties = |crd: &mut Value, path: &str, change: &dyn Fn(&mut serde_json::Map<String, Value>)| {
        change(crd.pointer_mut(&at(path)).and_then(Value::as_object_mut).expect(path));
    };
    let service = json!({"properties": {"template": {"properties": {"override": {"properties": {
        "service": {"additionalProperties": {"type": "object", "properties": {"endpointURL": {"type": "string"}}}}}}}}}});
    crd.pointer_mut(spec).expect("a spec")["zaqar"] = service;
    properties(&mut crd, "swift/properties/template/properties/swiftProxy/properties", &|map| {
        map.shift_remove("override");
    });
    properties(&mut crd, "octavia/properties/template/properties/lbMgmtNetwork/properties", &|map| {
        let gateway = map.shift_remove("lbMgmtRouterGateway").expect("a field of octavia");
        map.insert("routerGateway".to_owned(), gateway);
    });
    properties(&mut crd, "heat/properties", &|map| {
        map.shift_remove("enabled");
    });
    let place = tempfile::tempdir()?;
    fs::write(place.path().join(FILE), crd.to_string())?;
    let ran = process::expect_code(process::run(catalogue(place.path()).arg(FILE))?, 1)?;
    let told = |line: &str| line.split(": ").skip(1).take(2).collect::<Vec<_>>().join(": ");
    let mut lines: Vec<String> = ran.stdout.lines().map(told).collect();
    lines.sort();
    let expected = [
        "spec.heat.enabled: a row of the table of switches of endpoints leads nowhere by the CRD",
        "spec.heat.enabled: the CRD has no such field",
        "spec.octavia.template.lbMgmtNetwork.lbMgmtRouterGateway: a row of the table of fields that move leads nowhere by the CRD",
        "spec.octavia.template.lbMgmtNetwork.lbMgmtRouterGateway: the CRD has no such field",
        "spec.octavia.template.lbMgmtNetwork.routerGateway: unknown field",
        "spec.swift.template.swiftProxy.override.service.{}: the CRD has no such override",
        "spec.swift.template.swiftProxy.override: the CRD has no such field",
        "spec.zaqar.template.override.service.{}: unknown override path",
        "spec.zaqar: unknown field",
    ];
    if lines == expected { Ok(()) } else { Err(ran.complain(&format!("not what was changed: {lines:#?}"))) }
}

fn stdin_once() -> Result<(), Failed> {
    let twice = process::run(catalogue(Path::new(PROJECT)).args(["-", "--crd", "-"]))?;
    process::says(twice, 2, "stdin is asked for twice").map(drop)
}

/// Each of our own commands on the page, with what it reads in its place.
fn page() -> Result<(), Failed> {
    let page = fs::read_to_string(Path::new(PROJECT).join(PAGE))?;
    let crd = fs::read_to_string(Path::new(PROJECT).join("fixtures/catalogue-known/crd.yaml"))?;
    let blocks = page.split("```sh\n").skip(1).filter_map(|block| block.split("```").next());
    let mut ran = 0;
    for line in blocks.flat_map(str::lines) {
        let Some(own) = line.trim().split(" | ").find_map(|part| part.strip_prefix("multi-rhoso ")) else {
            continue;
        };
        let place = tempfile::tempdir()?;
        fs::write(place.path().join(FILE), &crd)?;
        fs::copy(Path::new(PROJECT).join("overlays/base/pools.yaml"), place.path().join("openstack2.yaml"))?;
        let input = if own.starts_with("catalogue") {
            crd.clone()
        } else {
            fs::read_to_string(place.path().join("openstack2.yaml"))?
        };
        let mut command = Command::new(env!("CARGO_BIN_EXE_multi-rhoso"));
        let own = own.split(" > ").next().unwrap_or_default();
        command.current_dir(place.path()).args(own.split(' '));
        process::expect_code(process::fed(&mut command, &input)?, 0)?;
        ran += 1;
    }
    if ran > 2 { Ok(()) } else { Err(format!("{PAGE} has {ran} commands of ours").into()) }
}
