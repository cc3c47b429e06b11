//! `new --init`: a tree around manifests that a person brings.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::new::{build, told};
use super::{Failure, files, print, read_stdin, sentence, tree, unbuilt};
use crate::config::{ADDRESS_PLAN, GROUP, check_namespace};
use crate::draft;
use crate::krm::{Item, Source};
use crate::layout::{self, Brought, Change, File, Tree};
use crate::model::Model;
use crate::run;

pub(super) fn run(paths: &[PathBuf], to: &Path, name: &str) -> Result<ExitCode, Failure> {
    check_namespace("NAME", name).map_err(|error| error.message)?;
    unbuilt::refuse(paths, &format!("new {name} --to {} --init", to.display()))?;
    let to = absolute(to)?;
    if let Some(there) =
        ["base", "mechanism", "fleet", name].map(|part| to.join(part)).iter().find(|path| path.exists())
    {
        return Err(format!("{} is there already; give another directory by --to", tree::shown(there)));
    }
    let brought = Brought::new(&to, name, brought(paths)?)?;
    let files = brought.files.clone();
    let tree = Tree::new(&files, &[])?;
    let manifests = brought.manifests(&tree);
    let sources = manifests.iter().map(|(path, text)| files::parse(path, text));
    let sources = sources.collect::<Result<Vec<Source<'_>>, _>>()?;
    let items = run::items(&sources).map_err(|findings| sentence(&findings))?;
    refuse(&items)?;
    let plan = draft::plan(&Model::new(&items))?;
    let change = layout::fresh(brought, &plan, name)?;
    tree::make(&change)?;
    drafted(&to.join("base/plan.yaml"), &change)?;
    Ok(print(&said(&to, name, files.len(), &change)))
}

/// A path that may not be there, with no link on the way to what is.
fn absolute(path: &Path) -> Result<PathBuf, Failure> {
    let failed = |error| format!("{}: {error}", path.display());
    let whole = std::path::absolute(path).map_err(failed)?;
    let there = whole.ancestors().find(|above| above.exists()).unwrap_or(&whole);
    let rest = whole.strip_prefix(there).unwrap_or(Path::new(""));
    Ok(fs::canonicalize(there).map_err(failed)?.join(rest))
}

/// The files that the paths name, by their paths below the base.
fn brought(paths: &[PathBuf]) -> Result<Vec<File>, Failure> {
    let mut found = Vec::new();
    for path in paths {
        let failed = |error| format!("{}: {error}", path.display());
        if path.as_os_str() == "-" {
            let bytes = read_stdin()?.into_bytes();
            found.push(File { path: "manifests.yaml".into(), shown: "stdin".to_owned(), bytes });
            continue;
        }
        // Beside others a directory keeps its name.
        let real = fs::canonicalize(path).map_err(failed)?;
        let above = if paths.len() > 1 || real.is_file() { real.parent() } else { Some(real.as_path()) };
        let above = above.unwrap_or(&real);
        for file in tree::everything(&real).map_err(failed)? {
            let below = file.strip_prefix(above).unwrap_or(&file).to_owned();
            let is_hidden = |part: &std::ffi::OsStr| part.to_string_lossy().starts_with('.');
            if !below.iter().any(is_hidden) {
                let bytes = fs::read(&file).map_err(|error| format!("{}: {error}", tree::shown(&file)))?;
                found.push(File { path: below, shown: tree::shown(&file), bytes });
            }
        }
    }
    Ok(found)
}

/// What a base cannot have: a plan already, or an object twice, which kustomize takes for a mistake.
fn refuse(items: &[Item<'_>]) -> Result<(), Failure> {
    if let Some(plan) = items.iter().find(|item| item.is(GROUP, ADDRESS_PLAN.kind)) {
        return Err(format!(
            "{} has an {} already; a tree that has one gets an instance by multi-rhoso new NAME PATH",
            plan.path.unwrap_or("stdin"),
            ADDRESS_PLAN.kind
        ));
    }
    for (index, item) in items.iter().enumerate() {
        let known = items.iter().take(index).find(|known| known.reference() == item.reference());
        if let Some(known) = known {
            return Err(format!(
                "{} stands in {} and in {}, and one kustomization cannot hold both; bring one of them, or the stages of an \
                 instance each by itself",
                item.reference(),
                known.path.unwrap_or("stdin"),
                item.path.unwrap_or("stdin")
            ));
        }
    }
    Ok(())
}

/// What was laid out, what a person must decide, and the commands that come next.
fn said(to: &Path, name: &str, brought: usize, change: &Change) -> String {
    let plan_path = to.join("base").join("plan.yaml");
    let plan = change.written.iter().find(|(path, _)| *path == plan_path);
    let plan_text = plan.map(|(_, bytes)| String::from_utf8_lossy(bytes)).unwrap_or_default();
    let shown = |path: &Path| tree::shown(path);
    let base = shown(&to.join("base"));
    let mut lines = vec![format!("{base} has the manifests, and {name} is the instance that they are of.")];
    lines.push(format!("  written  {base}, of what was brought"));
    lines.extend(change.written.iter().skip(brought).map(|(path, _)| format!("  written  {}", shown(path))));
    let decide = plan_text.lines().enumerate().filter(|(_, line)| line.contains("# decide"));
    lines.extend([String::new(), format!("Decide what is marked in {}:", shown(&plan_path))]);
    lines.extend(decide.map(|(index, line)| format!("  {}: {}", index + 1, line.trim())));
    let then = "Then see every slot, render the instance, and check the fleet:";
    lines.extend([String::new(), then.to_owned(), format!("  multi-rhoso plan {}", shown(&plan_path))]);
    lines.extend([name, "fleet"].map(|part| format!("  {}", build(&to.join(part), false))));
    lines.push("kustomize finds the function once it is installed: multi-rhoso plugin install".to_owned());
    lines.push(format!("One instance more: multi-rhoso new NAME {}", shown(to)));
    lines.join("\n") + "\n"
}

/// What there is to say of the drafted plan: that, too, is for a person to decide.
fn drafted(path: &Path, change: &Change) -> Result<(), Failure> {
    let text = change.written.iter().find(|(written, _)| written == path);
    let text = text.and_then(|(_, bytes)| std::str::from_utf8(bytes).ok()).unwrap_or_default();
    let shown = tree::shown(path);
    let sources = [files::parse(&shown, text)?];
    let items = run::items(&sources).map_err(|findings| sentence(&findings))?;
    let ready = run::read_ready(run::plan_item(&items, None)?, None);
    told(&shown, text, &ready.map_or_else(|wrong| wrong, |(_, findings)| findings))
}
