//! `remove`: one instance less in a tree of overlays. Exit 0: it is gone, 1: the plan has errors, 2: it could not be; but
//! for 0 nothing is changed.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::new::{real, refused};
use super::{Failure, print, tree};
use crate::krm::listed;
use crate::layout::{self, Change, Gone, Tree};
use crate::plan::Plan;
use crate::run;

#[derive(Debug, Args)]
pub(super) struct RemoveArguments {
    /// The instance's name
    #[arg(value_name = "NAME")]
    name: String,
    /// Where the overlays are, as for `new`
    #[arg(value_name = "PATH")]
    path: Option<PathBuf>,
    /// The plan's file, where the tree has several plans
    #[arg(long, value_name = "FILE")]
    plan: Option<PathBuf>,
}

pub(super) fn run(arguments: &RemoveArguments) -> Result<ExitCode, Failure> {
    let name = &arguments.name;
    let loaded = tree::load(&tree::place(arguments.path.as_deref()))?;
    let tree = Tree::new(&loaded.files, &loaded.links)?;
    let place = tree.plan(real(arguments.plan.as_deref())?.as_deref())?;
    let gone = layout::gone(&tree, &place, name)?;
    refuse_others(name, &gone)?;
    let plan = match run::read_ready(&place.item, None) {
        Ok((plan, _)) => plan,
        // What would stay on the cluster stands in the plan.
        Err(findings) => {
            return refused((place.shown(), place.text()), &findings, "cannot be read so; mend it first");
        }
    };
    tree::make(&gone.change)?;
    Ok(print(&said(name, &plan, &gone.change)))
}

/// What stands in the instance's directories and was not put there by `new` keeps it from going.
fn refuse_others(name: &str, gone: &Gone) -> Result<(), Failure> {
    let mut others = Vec::new();
    for home in &gone.homes {
        let all = tree::everything(home).map_err(|error| format!("{}: {error}", tree::shown(home)))?;
        let is_other = |path: &PathBuf| !gone.change.removed.contains(path);
        others.extend(all.into_iter().filter(is_other).map(|path| tree::shown(&path)));
    }
    if others.is_empty() {
        return Ok(());
    }
    Err(format!(
        "{} beside what new writes for {name}; look at it, and move it away or delete it; nothing was changed",
        match others.as_slice() {
            [one] => format!("{one} is there"),
            several => format!("{} are there", listed(several)),
        }
    ))
}

/// What was done, and what it does not do.
fn said(name: &str, plan: &Plan, change: &Change) -> String {
    let mut lines = vec![format!("{name} is gone from these files.")];
    lines.extend(change.edited.iter().map(|(path, _)| format!("  edited   {}", tree::shown(path))));
    lines.extend(change.removed.iter().map(|path| format!("  removed  {}", tree::shown(path))));
    lines.push(String::new());
    lines.push("What was applied stays on the cluster until it is deleted there:".to_owned());
    let Some(registered) = plan.instances.get(name) else { return lines.join("\n") + "\n" };
    let namespace = registered.spec.get("namespace").and_then(|one| one.as_str()).unwrap_or(name);
    lines.push(format!("  the Namespace {namespace} and all that is in it"));
    lines.push(
        "  its pools, advertisements, node policies and other objects outside of its namespace".to_owned(),
    );
    lines.extend(on_nodes(plan, name, registered.slot));
    if !plan.instances.iter().any(|(other, one)| other != name && one.slot == registered.slot) {
        let slot = registered.slot;
        lines.push(format!("Slot {slot} is free: delete what stays before another instance takes it."));
    }
    lines.join("\n") + "\n"
}

/// The slot's own interfaces of the nodes.
fn on_nodes(plan: &Plan, name: &str, slot: u32) -> Option<String> {
    let seat = plan.seat(slot, name);
    let networks = plan.slot_networks(seat).unwrap_or_default();
    let own = plan.networks.iter().zip(networks).filter(|(network, _)| slot == 1 || network.is_own(seat));
    let interfaces: Vec<String> = own.filter_map(|(_, network)| network.interface).collect();
    (!interfaces.is_empty()).then(|| {
        format!(
            "  on the nodes the interfaces {}: nmstate leaves them where a policy is deleted, and takes them away where one \
             says `state: absent`",
            listed(&interfaces)
        )
    })
}
