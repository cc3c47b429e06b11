//! `package/`: the package for each instance, and the examples in the catalog's layout, by the real kpt.
//!
//! As the catalog's harness does it: each directory with `.expected/config.yaml` runs twice, and both times the difference to
//! what is checked in is `.expected/diff.patch`, and the results are `.expected/results.yaml`. `UPDATE=1` writes both.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::Failed;
use serde::Deserialize;
use tempfile::TempDir;

use super::objects;
use super::podman::engine;
use super::process::{self, Ran};
use super::sandbox::{BINARY, PROJECT, copy_directory};
use super::tools::{self, Tool};
use super::{Case, Outcome};

/// Directories below `package/` with `.expected/`.
const EXAMPLES: [&str; 4] =
    ["openstack", "examples/plan-flat", "examples/one-config", "examples/fleet-check"];

/// The line of a Kptfile that names the image.
const IMAGE: &str = "image: localhost/multi-rhoso:latest";

/// What is tested here.
pub(crate) fn cases() -> Vec<Case> {
    let (exec, image) = ([Tool::Kpt, Tool::Git], [Tool::Kpt, Tool::Git, Tool::Podman, Tool::StaticBinary]);
    let example = |name: &'static str| Case::new(format!("kpt::{name}"), &exec, move || example(name));
    let mut cases: Vec<Case> = EXAMPLES.into_iter().map(example).collect();
    cases.extend([
        Case::new("kpt::variant_exec", &exec, || variant(Runs::Exec)),
        Case::new("kpt::variant_image", &image, || variant(Runs::Image)),
        Case::new("kpt::variant_beyond_the_plan", &exec, beyond_the_plan),
        Case::new("kpt::variant_updated", &exec, updated),
        Case::new("kpt::source_and_sink", &exec, source_and_sink),
        Case::new("kpt::doc", &image, documentation),
    ]);
    cases
}

/// `.expected/config.yaml`, as far as the examples use it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Expected {
    test_type: String,
    #[serde(default)]
    exit_code: i32,
    #[serde(default)]
    image: Option<String>,
    #[serde(default)]
    args: BTreeMap<String, String>,
}

/// By what kpt runs the function.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Runs {
    Exec,
    Image,
}

/// A directory of a test's own.
struct Place {
    directory: TempDir,
}

impl Place {
    fn new() -> Result<Self, Failed> {
        Ok(Self { directory: tempfile::tempdir()? })
    }

    fn path(&self, below: &str) -> PathBuf {
        self.directory.path().join(below)
    }

    fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.directory.path());
        command
    }

    fn kpt(&self, arguments: &[&str]) -> Result<Command, Failed> {
        let mut command = self.command(tools::path(Tool::Kpt)?);
        command.args(arguments);
        Ok(command)
    }

    fn git(&self, below: &str, arguments: &[&str]) -> Result<Ran, Failed> {
        let mut command = self.command(tools::path(Tool::Git)?);
        let who = ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "core.pager=cat"];
        process::ok(command.arg("-C").arg(self.path(below)).args(who).args(arguments))
    }

    /// A git repository of what stands below a directory.
    fn commit(&self, below: &str) -> Outcome {
        self.git(below, &["init", "--quiet", "--initial-branch=main"])?;
        self.git(below, &["add", "--all"])?;
        self.git(below, &["commit", "--quiet", "--message=as it is"]).map(drop)
    }

    /// A package of the project in the repository `upstream`.
    fn upstream(&self, runs: Runs) -> Outcome {
        copy_directory(&Path::new(PROJECT).join("package/openstack"), &self.path("upstream/openstack"))?;
        if runs == Runs::Exec {
            by_exec(&self.path("upstream/openstack/Kptfile"))?;
        }
        self.commit("upstream")
    }

    fn get(&self, name: &str) -> Result<Ran, Failed> {
        let repository = format!("file://{}/.git/openstack@main", self.path("upstream").display());
        process::ok(&mut self.kpt(&["pkg", "get", &repository, name, "--for-deployment"])?)
    }

    fn render(&self, name: &str, more: &[&str]) -> Result<Command, Failed> {
        let mut command = self.kpt(&["fn", "render", name, "--allow-exec"])?;
        command.args(more).envs([("KPT_FN_RUNTIME", "podman"), ("KRM_FN_RUNTIME", "podman")]);
        Ok(command)
    }
}

/// The binary under test in place of the image.
fn by_exec(kptfile: &Path) -> Outcome {
    let text = fs::read_to_string(kptfile)?;
    Ok(fs::write(kptfile, text.replace(IMAGE, &format!("exec: {BINARY}")))?)
}

fn example(name: &str) -> Outcome {
    let source = Path::new(PROJECT).join("package").join(name);
    let expected: Expected =
        serde_yaml::from_str(&fs::read_to_string(source.join(".expected/config.yaml"))?)?;
    let place = Place::new()?;
    copy_directory(&source, &place.path("package"))?;
    by_exec(&place.path("package/Kptfile"))?;
    place.commit("package")?;
    for _ in 0..2 {
        let ran = process::run(&mut asked(&place, &expected)?)?;
        let ran = process::expect_code(ran, expected.exit_code)?;
        let diff = place.git("package", &["diff", "--no-color"])?.stdout;
        compare(&source.join(".expected/diff.patch"), &without_hashes(&diff), &ran)?;
        let results = fs::read_to_string(place.path("results/results.yaml"))?;
        let results = results.replace(&format!("exec: {BINARY}"), IMAGE);
        compare(&source.join(".expected/results.yaml"), &results, &ran)?;
    }
    Ok(())
}

/// What an example asks kpt for.
fn asked(place: &Place, expected: &Expected) -> Result<Command, Failed> {
    let mut command = match (expected.test_type.as_str(), &expected.image) {
        ("render", None) => place.render("package", &[])?,
        ("eval", Some(_)) => place.kpt(&["fn", "eval", "package", "--exec", BINARY])?,
        _ => return Err("an example renders, or evaluates an image".into()),
    };
    command.args(["--results-dir", "results"]);
    if !expected.args.is_empty() {
        command.arg("--").args(expected.args.iter().map(|(key, value)| format!("{key}={value}")));
    }
    Ok(command)
}

/// A diff without what git calls its texts.
fn without_hashes(diff: &str) -> String {
    diff.split_inclusive('\n').filter(|line| !line.starts_with("index ")).collect()
}

fn compare(file: &Path, got: &str, ran: &Ran) -> Outcome {
    if env::var_os("UPDATE").is_some() {
        return Ok(fs::write(file, got)?);
    }
    let wanted = fs::read_to_string(file).unwrap_or_default();
    if wanted == got {
        return Ok(());
    }
    Err(ran.complain(&format!("{}: wanted\n{wanted}\ngot\n{got}", file.display())))
}

/// The second instance, without a config written by hand: the objects that its config beside the plan gives.
fn variant(runs: Runs) -> Outcome {
    let place = Place::new()?;
    place.upstream(runs)?;
    place.get("openstack2")?;
    let mut render = place.render("openstack2", &[])?;
    if runs == Runs::Image {
        engine()?.settle(&mut render);
    }
    process::ok(&mut render)?;
    let once = objects::in_directory(&place.path("openstack2"))?;
    objects::same(&by_config(&place)?, &without_kpts_own(once.clone()))?;
    let mut render = place.render("openstack2", &[])?;
    if runs == Runs::Image {
        engine()?.settle(&mut render);
    }
    process::ok(&mut render)?;
    objects::same(&once, &objects::in_directory(&place.path("openstack2"))?)
}

/// What `eval` makes of the same manifests by a config that names the plan.
fn by_config(place: &Place) -> Result<objects::Objects, Failed> {
    let config = "apiVersion: multi-rhoso.dev/v1alpha1\nkind: OpenStackInstance\nmetadata: {name: openstack2}\n\
                  spec: {plan: plan}\n";
    fs::write(place.path("config.yaml"), config)?;
    let mut eval = place.command(BINARY);
    let ran = process::ok(eval.args(["eval", "upstream/openstack", "--config", "config.yaml"]))?;
    objects::objects(&ran.stdout)
}

/// Objects without the annotation by which kpt finds them upstream.
fn without_kpts_own(mut objects: objects::Objects) -> objects::Objects {
    for object in objects.values_mut() {
        let Some(metadata) = object.pointer_mut("/metadata").and_then(serde_json::Value::as_object_mut)
        else {
            continue;
        };
        if let Some(annotations) = metadata.get_mut("annotations").and_then(serde_json::Value::as_object_mut)
        {
            annotations.remove("internal.kpt.dev/upstream-identifier");
            if annotations.is_empty() {
                metadata.remove("annotations");
            }
        }
    }
    objects
}

/// A name that the plan does not have: nothing is changed, and what to write is said.
fn beyond_the_plan() -> Outcome {
    let place = Place::new()?;
    place.upstream(Runs::Exec)?;
    place.get("openstack9")?;
    place.commit("openstack9")?;
    process::fails(&mut place.render("openstack9", &[])?, "the plan has no instance")?;
    let diff = place.git("openstack9", &["diff", "--exit-code"])?;
    if diff.stdout.is_empty() { Ok(()) } else { Err(diff.complain("a failed run changed a file")) }
}

/// What an update brings: into a package that is rendered elsewhere, all of it; into an object of one that was rendered in
/// place, an address of the base, which is refused.
fn updated() -> Outcome {
    let place = Place::new()?;
    place.upstream(Runs::Exec)?;
    for name in ["openstack2", "openstack3"] {
        place.get(name)?;
    }
    process::ok(&mut place.render("openstack3", &[])?)?;
    place.commit(".")?;
    let pools = place.path("upstream/openstack/pools.yaml");
    let text = fs::read_to_string(&pools)?;
    fs::write(&pools, text.replace("172.17.0.80-172.17.0.90", "172.17.0.80-172.17.0.95"))?;
    place.git("upstream", &["commit", "--quiet", "--all", "--message=more addresses"])?;
    for name in ["openstack2", "openstack3"] {
        process::ok(&mut place.kpt(&["pkg", "update", &format!("{name}@main")])?)?;
    }
    process::ok(&mut place.render("openstack2", &["--output", "rendered"])?)?;
    let rendered = fs::read_to_string(place.path("rendered/pools.yaml"))?;
    if !rendered.contains("172.17.1.80-172.17.1.95") {
        return Err(format!("the update did not arrive:\n{rendered}").into());
    }
    process::fails(&mut place.render("openstack3", &[])?, "moved-back").map(drop)
}

/// `kpt fn source`, the function, `kpt fn sink`: the package as `kpt fn render` makes it.
fn source_and_sink() -> Outcome {
    let place = Place::new()?;
    place.upstream(Runs::Exec)?;
    place.get("openstack2")?;
    let config = place.path("openstack2/package-context.yaml").display().to_string();
    let list = process::ok(&mut place.kpt(&["fn", "source", "openstack2", "--fn-config", &config])?)?;
    let made = process::expect_code(process::fed(&mut place.command(BINARY), &list.stdout)?, 0)?;
    process::expect_code(process::fed(&mut place.kpt(&["fn", "sink", "made"])?, &made.stdout)?, 0)?;
    process::ok(&mut place.render("openstack2", &[])?)?;
    objects::same(
        &objects::in_directory(&place.path("openstack2"))?,
        &objects::in_directory(&place.path("made"))?,
    )
}

/// `kpt fn doc` shows what the image says of itself.
fn documentation() -> Outcome {
    let place = Place::new()?;
    let mut command = place.kpt(&["fn", "doc", "--image", "localhost/multi-rhoso:latest"])?;
    command.envs([("KPT_FN_RUNTIME", "podman"), ("KRM_FN_RUNTIME", "podman")]);
    engine()?.settle(&mut command);
    let ran = process::ok(&mut command)?;
    if ran.stdout.contains("KRM function") { Ok(()) } else { Err(ran.complain("it says nothing of itself")) }
}
