//! `new`: one instance more in a tree of overlays, or a tree around manifests. Exit 0: it is there, 1: the plan has
//! errors, 2: it could not be made; but for 0 nothing is changed.

use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::{Failure, files, init, note, print, sentence, tell, tree, wants_colour};
use crate::krm::{Finding, Severity};
use crate::layout::{self, OneMore, Tree};
use crate::plan::Plan;
use crate::report::{self, Format};
use crate::run;

#[derive(Debug, Args)]
pub(super) struct NewArguments {
    /// The instance's name, which is its namespace
    #[arg(value_name = "NAME")]
    pub(super) name: String,
    /// Where the overlays are: a directory, with all below it and all that its kustomizations lead to. Default:
    /// overlays, where it is there, else the current directory
    #[arg(value_name = "PATH", conflicts_with = "init")]
    path: Option<PathBuf>,
    /// The slot of the plan. Default: the lowest free one
    #[arg(long, value_name = "N", conflicts_with = "init")]
    slot: Option<u32>,
    /// The plan's file, where the tree has several plans
    #[arg(long, value_name = "FILE", conflicts_with = "init")]
    plan: Option<PathBuf>,
    /// Lay out a tree around manifests: files, directories, or - for stdin
    #[arg(long, value_name = "MANIFESTS", num_args = 1.., requires = "to")]
    pub(super) init: Vec<PathBuf>,
    /// The directory of that tree
    #[arg(long, value_name = "DIR", requires = "init")]
    pub(super) to: Option<PathBuf>,
}

pub(super) fn run(arguments: &NewArguments) -> Result<ExitCode, Failure> {
    if let Some(to) = &arguments.to {
        return init::run(&arguments.init, to, &arguments.name);
    }
    let name = &arguments.name;
    let loaded = tree::load(&tree::place(arguments.path.as_deref()))?;
    let tree = Tree::new(&loaded.files, &loaded.links)?;
    let place = tree.plan(real(arguments.plan.as_deref())?.as_deref())?;
    let plan = match run::read_ready(&place.item, None) {
        Ok((plan, findings)) if !has_errors(&findings) => plan,
        Ok((_, findings)) | Err(findings) => {
            return refused((place.shown(), place.text()), &findings, "has errors; mend them first");
        }
    };
    let others =
        tree.plans_beside(&place).filter_map(|other| Some(run::read_ready(&other.item, None).ok()?.0));
    let slot = layout::free(&plan, &others.collect::<Vec<_>>(), name, arguments.slot)?;
    let more = layout::one_more(&tree, &place, name, slot)?;
    if let Some(home) = more.homes.iter().find(|home| home.symlink_metadata().is_ok()) {
        return Err(format!(
            "{} is there already; take it away, or give the instance another name",
            tree::shown(home)
        ));
    }
    let text = more.change.edited.first().map(|(_, text)| text.as_str()).unwrap_or_default();
    let findings = planned(place.shown(), text, place.item.name(), &plan)?;
    if has_errors(&findings) {
        return refused((place.shown(), text), &findings, &format!("would have errors with {name} in it"));
    }
    tree::make(&more.change)?;
    told(place.shown(), text, &findings)?;
    tree::tell(&more.notes);
    Ok(print(&said(name, slot, place.shown(), &more)))
}

/// A path with no link on the way, as the tree's files have theirs.
pub(super) fn real(path: Option<&Path>) -> Result<Option<PathBuf>, Failure> {
    let real = |path: &Path| fs::canonicalize(path).map_err(|error| format!("{}: {error}", path.display()));
    path.map(real).transpose()
}

/// What there is to say of a plan's new text, beside what it was.
fn planned(shown: &str, text: &str, name: &str, was: &Plan) -> Result<Vec<Finding>, Failure> {
    let sources = [files::parse(shown, text)?];
    let items = run::items(&sources).map_err(|findings| sentence(&findings))?;
    let item = run::plan_item(&items, Some(name))?;
    Ok(run::read_ready(item, Some(was)).map_or_else(|findings| findings, |(_, findings)| findings))
}

/// The errors of a plan, by which nothing is made.
pub(super) fn refused(plan: (&str, &str), findings: &[Finding], what: &str) -> Result<ExitCode, Failure> {
    told(plan.0, plan.1, findings)?;
    note(&format!("error: {} {what}; nothing was changed", plan.0));
    Ok(ExitCode::FAILURE)
}

/// Says what there is to say of a plan.
pub(super) fn told(shown: &str, text: &str, findings: &[Finding]) -> Result<(), Failure> {
    let colour = wants_colour(io::stderr().is_terminal());
    tell(&report::print(findings, &[files::parse(shown, text)?], Format::Text { colour }));
    Ok(())
}

pub(super) fn has_errors(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}

/// What was done, and the commands that come next.
fn said(name: &str, slot: u32, plan: &str, more: &OneMore) -> String {
    let mut lines =
        vec![format!("{name} has slot {slot} of {plan}, and an overlay like that of {}.", more.pattern)];
    lines.extend(more.change.written.iter().map(|(path, _)| format!("  written  {}", tree::shown(path))));
    lines.extend(more.change.edited.iter().map(|(path, _)| format!("  edited   {}", tree::shown(path))));
    lines.push(String::new());
    let build = |directory: &PathBuf| build(directory, more.by_exec);
    lines.push("Render it:".to_owned());
    lines.extend(more.overlays.iter().map(|overlay| format!("  {}", build(overlay))));
    lines.push("Check it beside all others:".to_owned());
    match more.fleets.as_slice() {
        [] => {
            note("note: no kustomization takes the instances in together, so none was told of this one");
            let each: Vec<String> = more.others.iter().chain(&more.overlays).map(build).collect();
            lines.push(format!("  ({}) | multi-rhoso check -", each.join("; echo ---; ")));
        }
        fleets => lines.extend(fleets.iter().map(|fleet| {
            let check = if more.is_checked { "" } else { " | multi-rhoso check -" };
            format!("  {}{check}", build(fleet))
        })),
    }
    lines.join("\n") + "\n"
}

/// The command that renders a directory.
pub(super) fn build(directory: &Path, by_exec: bool) -> String {
    let exec = if by_exec { " --enable-exec" } else { "" };
    format!("kustomize build --enable-alpha-plugins{exec} {}", tree::shown(directory))
}
