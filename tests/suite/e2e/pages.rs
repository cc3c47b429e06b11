//! The commands of the pages: every `sh` block of the README and of `docs/` is run, in order, by a shell in a copy of what a
//! person has who cloned the repository.
//!
//! A command fails a page by its exit code; a line with `--diff` may end with 1, which says that there is one. A block that
//! needs a cluster is marked `sh cluster`, and `make prove` runs it; one that is about this repository alone, `make …`, is looked up in the
//! Makefile.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::Failed;
use tempfile::TempDir;

use super::podman::engine;
use super::process;
use super::sandbox::{BINARY, PROJECT, copy_directory};
use super::tools::{self, Tool};
use super::{Case, Outcome};

/// What a page's commands may call.
const NEEDS: [Tool; 6] =
    [Tool::Kustomize, Tool::Kubectl, Tool::Kpt, Tool::Git, Tool::Podman, Tool::StaticBinary];

/// Pages whose commands need another tree beside them, and have a test of their own (`stages_page`, `install`, `upgrade`).
const OF_THEIR_OWN: [&str; 3] = ["docs/install.md", "docs/stages.md", "docs/upgrade.md"];

/// What is tested here: a test for each page that has such blocks, and that every link leads somewhere.
pub(crate) fn cases() -> Vec<Case> {
    let is_here = |page: &PathBuf| !OF_THEIR_OWN.iter().any(|own| page.ends_with(own));
    let pages = pages().into_iter().filter(|page| is_here(page) && !blocks(&text(page)).is_empty());
    let page = |page: PathBuf| {
        let name = page.strip_prefix(PROJECT).unwrap_or(&page).display().to_string();
        Case::new(format!("pages::{name}"), &NEEDS, move || runs(&page))
    };
    pages.map(page).chain([Case::new("pages::links_lead_somewhere", &[], links)]).collect()
}

/// The README, what stands beside it, and all of `docs/`.
fn pages() -> Vec<PathBuf> {
    let project = Path::new(PROJECT);
    let mut pages =
        vec![project.join("README.md"), project.join("CONTRIBUTING.md"), project.join("ARCHITECTURE.md")];
    let docs = fs::read_dir(project.join("docs")).into_iter().flatten().flatten();
    pages.extend(
        docs.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|kind| kind == "md")),
    );
    pages.sort();
    pages
}

fn text(page: &Path) -> String {
    fs::read_to_string(page).unwrap_or_default()
}

/// The blocks that a shell runs, each with its commands.
fn blocks(page: &str) -> Vec<Vec<String>> {
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if line.trim() == "```sh" {
            let block: Vec<&str> = lines.by_ref().take_while(|line| line.trim() != "```").collect();
            blocks.push(commands(&block));
        }
    }
    blocks
}

/// The commands of a block: a line each, with those that a backslash or a document in the shell (`<<`) joins to it.
fn commands(block: &[&str]) -> Vec<String> {
    let mut commands: Vec<String> = Vec::new();
    let mut until: Option<String> = None;
    let mut is_joined = false;
    for line in block {
        match commands.last_mut().filter(|_| is_joined || until.is_some()) {
            Some(command) => command.extend(["\n", line]),
            None => commands.push((*line).to_owned()),
        }
        if until.as_deref() == Some(line.trim()) {
            until = None;
        } else if let Some((_, word)) = line.split_once("<<") {
            until = Some(word.trim().trim_matches('\'').to_owned());
        }
        is_joined = line.ends_with('\\');
    }
    commands.retain(|command| !command.trim().is_empty() && !command.trim_start().starts_with('#'));
    commands
}

fn runs(page: &Path) -> Outcome {
    let clone = clone()?;
    let commands: Vec<String> = blocks(&text(page)).into_iter().flatten().collect();
    for command in commands {
        if let Some(target) = command.strip_prefix("make ").or_else(|| command.strip_prefix("UPDATE=1 make "))
        {
            is_target(target)?;
            continue;
        }
        if command.starts_with("cargo ") {
            continue;
        }
        let ran = process::run(&mut shell(clone.path(), &command)?)?;
        let may_differ = command.contains("--diff") && ran.code == Some(1) && !ran.stderr.contains("error:");
        if ran.code != Some(0) && !may_differ {
            return Err(ran.complain(&format!("{}: `{command}` fails", page.display())));
        }
    }
    Ok(())
}

fn is_target(words: &str) -> Outcome {
    let target = words.split_whitespace().next().unwrap_or_default();
    let makefiles = ["Makefile", "tools/prove/prove.mk", "tools/dist/dist.mk"]
        .map(|file| text(&Path::new(PROJECT).join(file)));
    let is_there =
        makefiles.iter().any(|file| file.lines().any(|line| line.starts_with(&format!("{target}:"))));
    if is_there { Ok(()) } else { Err(format!("there is no `make {target}`").into()) }
}

/// A clone of the repository as far as commands look at it, with the plugin installed and the programs on PATH.
pub(crate) fn clone() -> Result<TempDir, Failed> {
    let clone = tempfile::tempdir()?;
    for folder in ["overlays", "fixtures/overlays", "package", "argocd"] {
        let from = Path::new(PROJECT).join(folder);
        if from.is_dir() {
            copy_directory(&from, &clone.path().join(folder))?;
        }
    }
    fs::write(clone.path().join(".gitignore"), "/.tools\n/.home\n/.origin\n/.was\n")?;
    let bin = clone.path().join(".tools");
    fs::create_dir(&bin)?;
    std::os::unix::fs::symlink(BINARY, bin.join("multi-rhoso"))?;
    std::os::unix::fs::symlink(tools::path(Tool::Kustomize)?, bin.join("kustomize"))?;
    let git = "git init --quiet --initial-branch=main && git add --all && git commit --quiet --message=clone";
    process::ok(&mut shell(clone.path(), git)?)?;
    process::ok(&mut shell(clone.path(), "multi-rhoso plugin install")?)?;
    Ok(clone)
}

/// A shell as a person has one, at home in the clone.
pub(crate) fn shell(clone: &Path, command: &str) -> Result<Command, Failed> {
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    let own = std::iter::once(clone.join(".tools"));
    let path = std::env::join_paths(own.chain(std::env::split_paths(&inherited)))?;
    let mut shell = Command::new("bash");
    shell.args(["-euo", "pipefail", "-c", command]).current_dir(clone).env("PATH", path);
    shell.env("HOME", clone.join(".home")).env_remove("XDG_CONFIG_HOME").env_remove("KUSTOMIZE_PLUGIN_HOME");
    for who in ["GIT_AUTHOR", "GIT_COMMITTER"] {
        shell.env(format!("{who}_NAME"), "somebody").env(format!("{who}_EMAIL"), "somebody@example.com");
    }
    shell.envs([("KPT_FN_RUNTIME", "podman"), ("KRM_FN_RUNTIME", "podman")]);
    if tools::path(Tool::Podman).is_ok() {
        engine()?.settle(&mut shell);
    }
    Ok(shell)
}

/// Links between pages, and into the tree: the file is there, and has the heading.
fn links() -> Outcome {
    let broken: Vec<String> = pages().iter().flat_map(|page| broken(page)).collect();
    if broken.is_empty() { Ok(()) } else { Err(broken.join("\n").into()) }
}

fn broken(page: &Path) -> Vec<String> {
    let text = text(page);
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let is_broken = |target: &&str| {
        if target.contains("://") || target.contains(' ') || target.is_empty() {
            return false;
        }
        let (file, heading) = target.split_once('#').unwrap_or((target, ""));
        let path = if file.is_empty() { page.to_owned() } else { page.with_file_name("").join(file) };
        !path.exists()
            || !heading.is_empty()
                && !headings(&fs::read_to_string(&path).unwrap_or_default()).contains(&heading.to_owned())
    };
    targets.filter(is_broken).map(|target| format!("{}: {target} leads nowhere", page.display())).collect()
}

/// The anchors of a page's headings, as they are made of the words.
fn headings(page: &str) -> Vec<String> {
    let words =
        page.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    let anchor = |words: &str| -> String {
        let kept = words
            .to_lowercase()
            .chars()
            .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
            .collect::<String>();
        kept.replace(' ', "-")
    };
    words.map(anchor).collect()
}
