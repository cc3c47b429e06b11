//! The ways in that need no orchestrator's help, and what `make run` falls back on.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

use libtest_mimic::Failed;

use super::kustomize::{OVERLAYS, expected};
use super::objects;
use super::process::{self, Ran};
use super::sandbox::{BINARY, Mechanism, PROJECT, Sandbox};
use super::tools::{self, Tool};
use super::{Case, Outcome};

/// What is tested here.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = vec![
        Case::new("plugin_install::puts_the_binary_in_its_place", &[], plugin_install),
        Case::new("plugin_install::finds_kustomizes_own_home", &[], plugin_home),
        Case::new("render::kustomize_on_path", &[Tool::Kustomize], || {
            render_with(Tool::Kustomize, "kustomize")
        }),
        Case::new("render::kubectl_on_path", &[Tool::Kubectl], || render_with(Tool::Kubectl, "kubectl")),
        Case::new("render::pinned_kustomize", &[Tool::Kustomize], render_pinned),
        Case::new("render::nothing_but_the_binary", &[], render_without_kustomize),
    ];
    let eval = |(overlay, base)| Case::new(format!("eval::{overlay}"), &[], move || eval(overlay, base));
    cases.extend(OVERLAYS.map(eval));
    cases
}

/// Without any other program the same objects come out as with kustomize.
fn eval(overlay: &str, base: &str) -> Outcome {
    let base = format!("overlays/{base}");
    let config = format!("overlays/{overlay}/instance/{overlay}.yaml");
    let mut command = Command::new(BINARY);
    command.current_dir(PROJECT).args(["eval", &base, "--config", &config]);
    let ran = process::ok(&mut command)?;
    objects::same(&objects::objects(&expected(overlay)?)?, &objects::objects(&ran.stdout)?)
}

/// kustomize's path of a plugin, below its plugin directory.
const PLUGIN: &str = "multi-rhoso.dev/v1alpha1/openstackinstance/OpenStackInstance";

fn plugin_install() -> Outcome {
    let directory = tempfile::tempdir()?;
    process::ok(Command::new(BINARY).args(["plugin", "install", "--home"]).arg(directory.path()))?;
    is_the_binary(&directory.path().join(PLUGIN))?;
    // Again, over what is there: an update.
    process::ok(Command::new(BINARY).args(["plugin", "install", "--home"]).arg(directory.path()))?;
    is_the_binary(&directory.path().join(PLUGIN))
}

/// Where kustomize looks: the first of these that is set.
fn plugin_home() -> Outcome {
    for (variable, below) in [
        ("KUSTOMIZE_PLUGIN_HOME", ""),
        ("XDG_CONFIG_HOME", "kustomize/plugin"),
        ("HOME", ".config/kustomize/plugin"),
    ] {
        let directory = tempfile::tempdir()?;
        let mut install = Command::new(BINARY);
        for other in ["KUSTOMIZE_PLUGIN_HOME", "XDG_CONFIG_HOME", "HOME"] {
            install.env_remove(other);
        }
        process::ok(install.args(["plugin", "install"]).env(variable, directory.path()))?;
        is_the_binary(&directory.path().join(below).join(PLUGIN))?;
    }
    Ok(())
}

fn is_the_binary(path: &Path) -> Outcome {
    let mode =
        fs::metadata(path).map_err(|error| format!("{}: {error}", path.display()))?.permissions().mode();
    if mode & 0o111 != 0o111 {
        return Err(format!("{} cannot be run by everybody: {mode:o}", path.display()).into());
    }
    if fs::read(path)? == fs::read(BINARY)? { Ok(()) } else { Err("another program is installed".into()) }
}

/// A machine with one kustomize on its PATH.
fn render_with(tool: Tool, name: &str) -> Outcome {
    let sandbox = Sandbox::new(Mechanism::Plugin)?;
    symlink(tools::path(tool)?, sandbox.path("bin").join(name))?;
    let ran = render(&sandbox, Path::new("/nonexistent"))?;
    gives_the_instance(&ran, &format!("by {name}"))
}

/// A machine on which `make` built one.
fn render_pinned() -> Outcome {
    let sandbox = Sandbox::new(Mechanism::Plugin)?;
    let pinned = tools::path(Tool::Kustomize)?.parent().ok_or("kustomize is in a directory")?;
    let ran = render(&sandbox, pinned)?;
    gives_the_instance(&ran, "by the pinned kustomize")
}

/// A machine with nothing. What comes out must be an instance all the same, and the way must be told.
fn render_without_kustomize() -> Outcome {
    let sandbox = Sandbox::new(Mechanism::Plugin)?;
    let ran = render(&sandbox, Path::new("/nonexistent"))?;
    gives_the_instance(&ran, "no kustomize, no kubectl and no Go")
}

/// `tools/render.sh`, the script behind `make run`, with nothing on PATH but the sandbox's programs.
fn render(sandbox: &Sandbox, pinned: &Path) -> Result<Ran, Failed> {
    let mut command = sandbox.command("/bin/sh")?;
    command.env("PATH", sandbox.path("bin")).env("BINARY", BINARY).env("TOOLS", pinned);
    process::ok(command.arg(Path::new(PROJECT).join("tools/render.sh")).arg("openstack2"))
}

fn gives_the_instance(ran: &Ran, told: &str) -> Outcome {
    if !ran.stderr.contains(told) {
        return Err(ran.complain(&format!("`{told}` is not told")));
    }
    objects::same(&objects::objects(&expected("openstack2")?)?, &objects::objects(&ran.stdout)?)
}
