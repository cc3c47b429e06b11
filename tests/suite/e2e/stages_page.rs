//! The commands of `docs/stages.md` are run as they stand there, beside a tree that is laid out as upstream's clone is.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use libtest_mimic::Failed;

use super::objects;
use super::process;
use super::sandbox::{BINARY, Mechanism, PROJECT, Sandbox};
use super::stages::STAGES;
use super::tools::{self, Tool};
use super::{Case, Outcome};

/// Where upstream has our stages.
const UPSTREAM: [&str; 5] = [
    "control-plane/networking/nncp",
    "control-plane/networking",
    "control-plane",
    "edpm-pre-ceph/nodeset",
    "edpm-pre-ceph/deployment",
];

/// What is tested here.
pub(crate) fn cases() -> Vec<Case> {
    vec![Case::new("pages::stages", &[Tool::Kustomize], stages)]
}

/// The blocks of commands of a page, without the indentation of the list that they stand in.
fn commands(page: &str) -> Result<String, Failed> {
    let text = fs::read_to_string(Path::new(PROJECT).join("docs").join(page))?;
    let mut script = String::from("set -eux\n");
    let mut indent = None;
    for line in text.lines() {
        let trimmed = line.trim_start();
        match indent {
            None if trimmed == "```sh" => indent = Some(line.len() - trimmed.len()),
            Some(_) if trimmed == "```" => indent = None,
            Some(width) => script = script + line.get(width..).unwrap_or_default() + "\n",
            None => {}
        }
    }
    Ok(script)
}

/// A tree like upstream's, of the project's own manifests. Each stage has values beside them that are never applied.
fn clone(sandbox: &Sandbox) -> Outcome {
    let values = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: values\n  annotations:\n    \
                  config.kubernetes.io/local-config: \"true\"\ndata:\n  ctlplane: {mtu: 1500}\n";
    for (stage, upstream) in STAGES.into_iter().zip(UPSTREAM) {
        let to = format!("architecture/examples/va/hci/{upstream}");
        for file in objects::files(&Path::new(PROJECT).join("overlays/staged/base").join(stage))? {
            let name = file.file_name().and_then(|name| name.to_str()).ok_or("a path is no text")?.to_owned();
            let text = fs::read_to_string(&file)?;
            let text =
                text.replace("namespace: cloud\n", "namespace: openstack\n").replace("enp20s0", "enp6s0");
            let text = text.replace("name: cloud\n", "name: openstack\n");
            let more = if name == "kustomization.yaml" { "- values.yaml\n" } else { "" };
            sandbox.write(&format!("{to}/{name}"), &(text + more))?;
        }
        sandbox.write(&format!("{to}/values.yaml"), values)?;
    }
    Ok(())
}

fn stages() -> Outcome {
    let sandbox = Sandbox::new(Mechanism::Plugin)?;
    fs::remove_dir_all(sandbox.path("overlays"))?;
    symlink(BINARY, sandbox.path("bin/multi-rhoso"))?;
    symlink(tools::path(Tool::Kustomize)?, sandbox.path("bin/kustomize"))?;
    clone(&sandbox)?;
    let ran = process::ok(sandbox.command("sh")?.arg("-c").arg(commands("stages.md")?))?;
    if !ran.stdout.contains("19 objects of 1 instance") || !ran.stdout.contains("warning[pool-open]") {
        return Err(ran.complain("the checks do not say what the page says"));
    }
    if count(&sandbox.path("openstack2"))? + count(&sandbox.path("plan"))? != 9 {
        return Err("there are not nine files".into());
    }
    // The third instance is a whole one as well.
    for stage in STAGES {
        let mut build = sandbox.command(tools::path(Tool::Kustomize)?)?;
        build.args(["build", "--enable-alpha-plugins"]).arg(format!("openstack3/{stage}"));
        let built = process::ok(&mut build)?;
        if !built.stdout.contains("openstack3") {
            return Err(built.complain("this is another instance"));
        }
    }
    Ok(())
}

/// How many files there are below a directory.
fn count(directory: &Path) -> Result<usize, Failed> {
    let mut files = objects::files(directory)?.len();
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        if path.is_dir() {
            files += count(&path)?;
        }
    }
    Ok(files)
}
