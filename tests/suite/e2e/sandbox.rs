//! A copy of `overlays/` for one test, with a PATH and a plugin directory of its own.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::Failed;
use tempfile::TempDir;

use super::podman;
use super::process;

/// The binary under test.
pub(crate) const BINARY: &str = env!("CARGO_BIN_EXE_multi-rhoso");

/// The project.
pub(crate) const PROJECT: &str = env!("CARGO_MANIFEST_DIR");

/// How kustomize reaches the function: the word in `overlays/mechanism/kustomization.yaml`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mechanism {
    Plugin,
    Container,
    Exec,
}

impl Mechanism {
    /// The word.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Plugin => "plugin",
            Self::Container => "container",
            Self::Exec => "exec",
        }
    }
}

/// One test's own directory.
pub(crate) struct Sandbox {
    directory: TempDir,
}

impl Sandbox {
    /// The overlays as they are in the project, reached by `mechanism`.
    pub(crate) fn new(mechanism: Mechanism) -> Result<Self, Failed> {
        let sandbox = Self { directory: tempfile::tempdir()? };
        copy_directory(&Path::new(PROJECT).join("overlays"), &sandbox.path("overlays"))?;
        fs::create_dir(sandbox.path("bin"))?;
        sandbox.choose(mechanism)?;
        match mechanism {
            Mechanism::Plugin => sandbox.install_plugin()?,
            Mechanism::Exec => symlink(BINARY, sandbox.path("bin/multi-rhoso"))?,
            Mechanism::Container => podman::engine()?.put_docker_in(&sandbox.path("bin"))?,
        }
        Ok(sandbox)
    }

    /// A path below the sandbox.
    pub(crate) fn path(&self, below: impl AsRef<Path>) -> PathBuf {
        self.directory.path().join(below)
    }

    /// A command that sees this sandbox's programs first, and no plugin but this sandbox's.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Result<Command, Failed> {
        let mut command = Command::new(program);
        command.current_dir(self.directory.path());
        command.env("PATH", self.search_path()?);
        command.env("KUSTOMIZE_PLUGIN_HOME", self.path("plugins"));
        Ok(command)
    }

    /// Writes a file, and the directories above it.
    pub(crate) fn write(&self, below: &str, text: &str) -> Result<(), Failed> {
        let path = self.path(below);
        fs::create_dir_all(path.parent().ok_or("a file has a directory")?)?;
        Ok(fs::write(path, text)?)
    }

    /// Changes the one word.
    fn choose(&self, mechanism: Mechanism) -> Result<(), Failed> {
        let file = self.path("overlays/mechanism/kustomization.yaml");
        let text = fs::read_to_string(&file)?;
        let word = format!("\n- {}\n", mechanism.word());
        if !text.contains("\n- plugin\n") {
            return Err("the project's overlays should use the plugin".into());
        }
        Ok(fs::write(file, text.replace("\n- plugin\n", &word))?)
    }

    fn install_plugin(&self) -> Result<(), Failed> {
        let mut install = Command::new(BINARY);
        install.args(["plugin", "install", "--home"]).arg(self.path("plugins"));
        process::ok(&mut install).map(drop)
    }

    fn search_path(&self) -> Result<OsString, Failed> {
        let inherited = env::var_os("PATH").unwrap_or_default();
        let directories = std::iter::once(self.path("bin")).chain(env::split_paths(&inherited));
        Ok(env::join_paths(directories)?)
    }
}

/// Copies a directory and everything below it.
pub(crate) fn copy_directory(from: &Path, to: &Path) -> Result<(), Failed> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_directory(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
