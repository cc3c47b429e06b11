//! The image: built around a static binary, run as kustomize and kpt run it.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use libtest_mimic::Failed;
use serde_json::Value;

use super::process::{self, Ran};
use super::sandbox::PROJECT;
use super::tools::{self, Tool};
use super::{Case, Outcome};

/// The image's name, as `overlays/mechanism/container` has it.
pub(crate) const IMAGE: &str = "localhost/multi-rhoso:latest";

/// Where a test's image says that its sources are.
const SOURCE: &str = "https://example.com/multi-rhoso";

/// The largest image that we want to ship.
const MAX_BYTES: u64 = 7_000_000;

/// Machines on which a limit may not be raised refuse podman's own limits.
const CONTAINERS_CONF: &str = "\
[containers]
default_ulimits = [\"nofile=1024:1024\", \"nproc=1024:1024\"]
";

const RESOURCE_LIST: &str = "\
apiVersion: config.kubernetes.io/v1
kind: ResourceList
items:
- apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  metadata:
    name: internalapi # kept
    namespace: metallb-system
  spec:
    addresses:
    - 172.17.0.80-172.17.0.90
functionConfig:
  apiVersion: multi-rhoso.dev/v1alpha1
  kind: OpenStackInstance
  metadata:
    name: openstack2
  spec:
    namespace: openstack2
    from:
      namespace: openstack
";

const NEEDS: [Tool; 2] = [Tool::Podman, Tool::StaticBinary];

/// What is tested here.
pub(crate) fn cases() -> Vec<Case> {
    vec![
        Case::new("podman::runs_locked_down", &NEEDS, runs_locked_down),
        Case::new("podman::help", &NEEDS, help),
        Case::new("podman::refuses_a_wrong_config", &NEEDS, refuses),
        Case::new("podman::image_is_small_and_labelled", &NEEDS, small_and_labelled),
    ]
}

/// podman with settings and storage of its own, below `target`: a test leaves nothing else on the machine.
pub(crate) struct Engine {
    directory: PathBuf,
}

/// The engine, with the image in it. Made once.
pub(crate) fn engine() -> Result<&'static Engine, Failed> {
    static ENGINE: OnceLock<Result<Engine, String>> = OnceLock::new();
    let made = ENGINE
        .get_or_init(|| Engine::start().map_err(|error| error.message().unwrap_or_default().to_owned()));
    made.as_ref().map_err(|error| error.clone().into())
}

impl Engine {
    fn start() -> Result<Self, Failed> {
        let engine = Self { directory: Path::new(env!("CARGO_TARGET_TMPDIR")).join("podman") };
        let root = engine.directory.display();
        let storage =
            format!("[storage]\ndriver = \"vfs\"\ngraphroot = \"{root}/graph\"\nrunroot = \"{root}/run\"\n");
        fs::create_dir_all(&engine.directory)?;
        fs::write(engine.directory.join("containers.conf"), CONTAINERS_CONF)?;
        fs::write(engine.directory.join("storage.conf"), storage)?;
        engine.build_image()?;
        Ok(engine)
    }

    /// What `make image` does when the binary is there. Nothing is pulled.
    fn build_image(&self) -> Result<(), Failed> {
        let mut make = Command::new("make");
        make.args(["--directory", PROJECT, "image-around", &format!("SOURCE={SOURCE}")]);
        make.arg(format!("BINARY={}", tools::path(Tool::StaticBinary)?.display()));
        make.arg(format!("ENGINE={}", tools::path(Tool::Podman)?.display()));
        // A make above this test has its own wishes.
        make.env_remove("MAKEFLAGS").env_remove("MAKELEVEL");
        self.settle(&mut make);
        process::ok(&mut make).map(drop)
    }

    /// A podman command.
    pub(crate) fn podman(&self) -> Result<Command, Failed> {
        let mut command = Command::new(tools::path(Tool::Podman)?);
        self.settle(&mut command);
        Ok(command)
    }

    /// Lets every podman that `command` starts use this engine.
    pub(crate) fn settle(&self, command: &mut Command) {
        command.env("CONTAINERS_CONF", self.directory.join("containers.conf"));
        command.env("CONTAINERS_STORAGE_CONF", self.directory.join("storage.conf"));
    }

    /// Puts a `docker` that is this podman into a directory: kustomize knows no other name.
    pub(crate) fn put_docker_in(&self, directory: &Path) -> Outcome {
        let (settings, podman) = (self.directory.display(), tools::path(Tool::Podman)?.display());
        let script = format!(
            "#!/bin/sh\nexport CONTAINERS_CONF='{settings}/containers.conf'\n\
             export CONTAINERS_STORAGE_CONF='{settings}/storage.conf'\nexec '{podman}' \"$@\"\n"
        );
        let docker = directory.join("docker");
        fs::write(&docker, script)?;
        Ok(fs::set_permissions(docker, Permissions::from_mode(0o755))?)
    }

    /// Runs the image on a text, with everything taken away that can be taken away.
    fn run_on(&self, input: &str) -> Result<Ran, Failed> {
        let mut run = self.podman()?;
        run.args([
            "run",
            "--rm",
            "-i",
            "--network",
            "none",
            "--user",
            "nobody",
            "--read-only",
            "--cap-drop=ALL",
        ]);
        process::fed(run.arg(IMAGE), input)
    }
}

fn runs_locked_down() -> Outcome {
    let ran = process::expect_code(engine()?.run_on(RESOURCE_LIST)?, 0)?;
    let wanted = RESOURCE_LIST.replacen("name: internalapi # kept", "name: openstack2-internalapi # kept", 1);
    let head = wanted.split("  spec:").next().unwrap_or_default();
    if ran.stdout.starts_with(head) {
        Ok(())
    } else {
        Err(ran.complain("the pool was not renamed, or more was"))
    }
}

fn refuses() -> Outcome {
    let wrong = RESOURCE_LIST.replacen("    namespace: openstack2\n", "    namespaces: openstack2\n", 1);
    let ran = process::expect_code(engine()?.run_on(&wrong)?, 1)?;
    if ran.stderr.contains("namespaces") { Ok(()) } else { Err(ran.complain("the wrong field is not named")) }
}

/// `kpt fn doc` asks an image for its documentation like this.
fn help() -> Outcome {
    let ran = process::ok(engine()?.podman()?.args(["run", "--rm", "-i", IMAGE, "--help"]))?;
    if ran.stdout.contains("plugin") && ran.stdout.contains("eval") {
        return Ok(());
    }
    Err(ran.complain("--help does not tell of the subcommands on stdout"))
}

fn small_and_labelled() -> Outcome {
    let ran = process::ok(engine()?.podman()?.args(["image", "inspect", IMAGE]))?;
    let images: Value = serde_json::from_str(&ran.stdout)?;
    let bytes = images.pointer("/0/Size").and_then(Value::as_u64).ok_or("the image has no size")?;
    if bytes > MAX_BYTES {
        return Err(format!("the image has {bytes} bytes, {MAX_BYTES} are allowed").into());
    }
    let revision = process::ok(Command::new("git").args([
        "-C",
        PROJECT,
        "describe",
        "--always",
        "--dirty",
        "--abbrev=40",
        "--exclude=*",
    ]))?;
    let wanted = [
        ("title", "multi-rhoso"),
        ("licenses", "Apache-2.0"),
        ("version", env!("CARGO_PKG_VERSION")),
        ("source", SOURCE),
        ("revision", revision.stdout.trim()),
    ];
    if images.pointer("/0/Config/User").is_none_or(|user| user != "65534:65534") {
        return Err(ran.complain("the image's user is not nobody"));
    }
    let label = |name: &str| images.pointer(&format!("/0/Labels/org.opencontainers.image.{name}"));
    let wrong = wanted.iter().find(|(name, value)| label(name).is_none_or(|label| label != value));
    let Some((name, value)) = wrong else { return Ok(()) };
    Err(ran.complain(&format!("the label {name} is not {value}")))
}
