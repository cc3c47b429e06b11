//! Every overlay, by every mechanism, with every kustomize: the same bytes, and they are committed.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::Failed;

use super::objects;
use super::process::{self, Ran};
use super::sandbox::{Mechanism, PROJECT, Sandbox};
use super::tools::{self, Tool};
use super::{Case, Outcome};

/// The overlays of the project, each with what it is made from.
pub(crate) const OVERLAYS: [(&str, &str); 4] =
    [("openstack", "base"), ("openstack2", "base"), ("openstack3", "base"), ("openstack-ipv6", "base-ipv6")];

/// The way whose output is committed.
const WRITER: (Tool, Mechanism) = (Tool::Kustomize, Mechanism::Plugin);

/// The ways in which a kustomize can reach the function. kubectl has no `--enable-exec`.
pub(crate) const WAYS: [(Tool, Mechanism); 5] = [
    WRITER,
    (Tool::Kustomize, Mechanism::Container),
    (Tool::Kustomize, Mechanism::Exec),
    (Tool::Kubectl, Mechanism::Plugin),
    (Tool::Kubectl, Mechanism::Container),
];

/// What is tested here.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = vec![
        Case::new("kustomize::pinned_version", &[Tool::Kustomize], pinned_version),
        Case::new("kustomize::forgotten_flag_is_loud", &[Tool::Kustomize], || {
            forgotten_flag(Tool::Kustomize)
        }),
        Case::new("kubectl::forgotten_flag_is_loud", &[Tool::Kubectl], || forgotten_flag(Tool::Kubectl)),
        Case::new("kustomize::exec_without_its_flag_does_nothing", &[Tool::Kustomize], exec_without_flag),
        Case::new("kustomize::own_output_as_base", &[Tool::Kustomize], own_output_as_base),
    ];
    for (overlay, _) in OVERLAYS {
        for (tool, mechanism) in WAYS {
            let name = format!("{}::{overlay}::{}", short(tool), mechanism.word());
            cases.push(Case::new(name, &needs(tool, mechanism), move || builds(overlay, tool, mechanism)));
        }
    }
    cases
}

/// What a build by `mechanism` cannot do without.
pub(crate) fn needs(tool: Tool, mechanism: Mechanism) -> Vec<Tool> {
    match mechanism {
        Mechanism::Container => vec![tool, Tool::Podman, Tool::StaticBinary],
        Mechanism::Plugin | Mechanism::Exec => vec![tool],
    }
}

/// Builds a directory of the sandbox.
pub(crate) fn build(sandbox: &Sandbox, tool: Tool, mechanism: Mechanism, below: &str) -> Result<Ran, Failed> {
    let mut command = command(sandbox, tool)?;
    command.arg("--enable-alpha-plugins").arg(below);
    if mechanism == Mechanism::Exec {
        command.arg("--enable-exec");
    }
    process::ok(&mut command)
}

/// The name of a kustomize in a test's name.
pub(crate) fn short(tool: Tool) -> &'static str {
    if tool == Tool::Kubectl { "kubectl" } else { "kustomize" }
}

/// What an overlay builds to, as committed.
pub(crate) fn expected(overlay: &str) -> Result<String, Failed> {
    let path = expected_path(overlay);
    fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()).into())
}

fn expected_path(overlay: &str) -> PathBuf {
    Path::new(PROJECT).join("fixtures/overlays").join(format!("{overlay}.yaml"))
}

fn builds(overlay: &str, tool: Tool, mechanism: Mechanism) -> Outcome {
    let sandbox = Sandbox::new(mechanism)?;
    let ran = build(&sandbox, tool, mechanism, &format!("overlays/{overlay}"))?;
    // One way writes; the others are compared with what it wrote.
    if (tool, mechanism) == WRITER && env::var_os("UPDATE").is_some() {
        let path = expected_path(overlay);
        fs::create_dir_all(path.parent().ok_or("a file has a directory")?)?;
        return Ok(fs::write(path, ran.stdout)?);
    }
    if ran.stdout == expected(overlay)? {
        return Ok(());
    }
    let got = sandbox.path("got.yaml");
    fs::write(&got, &ran.stdout)?;
    let difference = process::run(Command::new("diff").arg("-u").arg(expected_path(overlay)).arg(got))?;
    Err(difference.complain("not what is committed; UPDATE=1 accepts it"))
}

/// Without the flag kustomize must refuse: a build that goes on would give instance 2 the pools of the base.
fn forgotten_flag(tool: Tool) -> Outcome {
    let sandbox = Sandbox::new(Mechanism::Plugin)?;
    let mut command = command(&sandbox, tool)?;
    process::fails(command.arg("overlays/openstack2"), "external plugins disabled").map(drop)
}

/// Why `exec` is not the default: here a forgotten flag is no error, and the base comes out as it is.
fn exec_without_flag() -> Outcome {
    let sandbox = Sandbox::new(Mechanism::Exec)?;
    let ran = build(&sandbox, Tool::Kustomize, Mechanism::Plugin, "overlays/openstack2")?;
    let untouched = objects::in_directory(&sandbox.path("overlays/base"))?;
    objects::same(&untouched, &objects::objects(&ran.stdout)?)
}

/// What the overlay of instance 1 prints is as good a base for instance 2 as the base itself.
fn own_output_as_base() -> Outcome {
    let sandbox = Sandbox::new(Mechanism::Plugin)?;
    sandbox.write("overlays/base/kustomization.yaml", "resources: [rendered.yaml, plan.yaml]\n")?;
    sandbox.write("overlays/base/rendered.yaml", &expected("openstack")?)?;
    let ran = build(&sandbox, Tool::Kustomize, Mechanism::Plugin, "overlays/openstack2")?;
    if ran.stdout == expected("openstack2")? {
        Ok(())
    } else {
        Err(ran.complain("another instance came out"))
    }
}

fn pinned_version() -> Outcome {
    let pin = fs::read_to_string(Path::new(PROJECT).join("tools/go.mod"))?;
    let ran = process::ok(Command::new(tools::path(Tool::Kustomize)?).arg("version"))?;
    let wanted = format!("sigs.k8s.io/kustomize/kustomize/v5 {}", ran.stdout.trim());
    let pinned = pin.lines().any(|line| line.trim().starts_with(&wanted));
    if pinned { Ok(()) } else { Err(ran.complain("tools/go.mod pins another version")) }
}

pub(crate) fn command(sandbox: &Sandbox, tool: Tool) -> Result<Command, Failed> {
    let mut command = sandbox.command(tools::path(tool)?)?;
    command.arg(if tool == Tool::Kubectl { "kustomize" } else { "build" });
    Ok(command)
}
