//! Finds the programs that the tests start, and accounts for the tests that a missing program keeps from running.

use std::collections::BTreeMap;
use std::env;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// A program that somebody else made, or a build of ours that not every machine can make.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tool {
    /// The standalone kustomize, in the version that `tools/go.mod` pins.
    Kustomize,
    /// kubectl, with the kustomize that is built into it.
    Kubectl,
    /// kpt, as it is on PATH.
    Kpt,
    /// podman, and a runtime below it.
    Podman,
    /// pre-commit, in the version that the Makefile pins.
    PreCommit,
    /// What asks nmstate's own library, in the version that `tools/nmstate/Cargo.lock` pins.
    Nmstate,
    /// Argo CD's repo-server and plugin server, in the version that `tools/argocd/go.mod` pins, and what asks them.
    ArgoCd,
    /// git, which Argo CD runs.
    Git,
    /// Our own binary, linked statically: the only one that can live in an image of nothing else.
    StaticBinary,
}

impl Tool {
    /// What a person calls it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Kustomize => "the pinned kustomize",
            Self::Kubectl => "kubectl",
            Self::Kpt => "kpt",
            Self::Podman => "podman",
            Self::PreCommit => "pre-commit",
            Self::Nmstate => "nmstate's library",
            Self::ArgoCd => "Argo CD's repo-server",
            Self::Git => "git",
            Self::StaticBinary => "a static build",
        }
    }

    /// Where a person gets it.
    pub(crate) fn source(self) -> &'static str {
        match self {
            Self::Kustomize | Self::ArgoCd => "Go 1.26 or newer, then `make test` builds it",
            Self::Kubectl => "https://kubernetes.io/docs/tasks/tools/",
            Self::Kpt => "https://kpt.dev/installation/",
            Self::Podman => "the distribution's packages `podman` and `runc`",
            Self::PreCommit => "Python 3 with venv, then `make test` installs it",
            Self::Nmstate => "nothing: `make test` builds it, from crates.io",
            Self::Git => "the distribution's package `git`",
            Self::StaticBinary => "glibc's static library (libc6-dev, glibc-static)",
        }
    }
}

/// Where this machine keeps the programs.
pub(crate) struct Tools {
    paths: BTreeMap<Tool, PathBuf>,
    required: bool,
}

impl Tools {
    /// The programs, looked for once; nothing when nobody asked for these tests.
    pub(crate) fn get() -> Option<&'static Self> {
        static TOOLS: OnceLock<Option<Tools>> = OnceLock::new();
        TOOLS.get_or_init(Self::find).as_ref()
    }

    fn find() -> Option<Self> {
        let pinned = PathBuf::from(env::var_os("MULTI_RHOSO_TOOLS")?);
        let found = [
            (Tool::Kustomize, existing(pinned.join("kustomize"))),
            (Tool::Kubectl, on_path("kubectl")),
            (Tool::Kpt, on_path("kpt")),
            (Tool::Podman, on_path("podman")),
            (Tool::PreCommit, existing(pinned.join("pre-commit/bin/pre-commit"))),
            (Tool::Nmstate, existing(pinned.join("nmstate-verdicts"))),
            (Tool::ArgoCd, existing(pinned.join("argocd"))),
            (Tool::Git, on_path("git")),
            (Tool::StaticBinary, env::var_os("MULTI_RHOSO_STATIC").and_then(existing)),
        ];
        let paths = found.into_iter().filter_map(|(tool, path)| Some((tool, path?))).collect();
        Some(Self { paths, required: env::var("CI").is_ok_and(|value| value == "true") })
    }

    /// Where a program is, if it is.
    pub(crate) fn path(&self, tool: Tool) -> Option<&Path> {
        self.paths.get(&tool).map(PathBuf::as_path)
    }

    /// Whether a missing program is a failure.
    pub(crate) fn required(&self) -> bool {
        self.required
    }
}

/// The path of a program, for a test whose needs have been looked at before it started.
pub(crate) fn path(tool: Tool) -> Result<&'static Path, String> {
    let tools = Tools::get().ok_or("MULTI_RHOSO_TOOLS is not set")?;
    tools.path(tool).ok_or_else(|| format!("{} is missing", tool.name()))
}

fn on_path(program: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).find_map(|directory| existing(directory.join(program)))
}

fn existing(path: impl Into<PathBuf>) -> Option<PathBuf> {
    let path = path.into();
    path.is_file().then_some(path)
}

/// The tests that did not run, by the program that they miss. Nothing is skipped without a word.
#[derive(Default)]
pub(crate) struct NotRun {
    by_tool: BTreeMap<Tool, Vec<String>>,
    without_tools: usize,
}

impl NotRun {
    /// Nobody asked for any of these.
    pub(crate) fn without_tools(tests: usize) -> Self {
        Self { without_tools: tests, ..Self::default() }
    }

    /// One more test that misses `tool`.
    pub(crate) fn add(&mut self, tool: Tool, test: &str) {
        self.by_tool.entry(tool).or_default().push(test.to_owned());
    }

    /// Says on stderr what did not run, and what would help.
    pub(crate) fn report(&self) {
        // A closed stderr is no reason to fail a test run.
        let _ = std::io::stderr().write_all(self.text().as_bytes());
    }

    fn text(&self) -> String {
        let missing = self.by_tool.iter().map(|(tool, tests)| {
            let (count, name, source) = (tests.len(), tool.name(), tool.source());
            format!("not run: {count} tests, {name} missing; install: {source}\n  {}\n", tests.join("\n  "))
        });
        let unasked = (self.without_tools > 0)
            .then(|| format!("not run: {} end-to-end tests; `make test` runs them\n", self.without_tools));
        missing.chain(unasked).collect()
    }
}
