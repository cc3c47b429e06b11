//! `map`: manifests from files, the map of their addresses on stdout.

use std::path::PathBuf;

use clap::ValueEnum;

use super::{Failure, files, note, sentence};
use crate::config::{ADDRESS_PLAN, GROUP};
use crate::krm::Item;
use crate::map;
use crate::model::Model;
use crate::plan::Plan;
use crate::report::shown;
use crate::run;

/// What is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum OutputFormat {
    /// Bars of letters, with a table of all ranges
    Text,
    /// One page that needs nothing else
    Html,
    /// A picture that needs nothing else
    Svg,
}

/// The plan among the manifests; the map can be drawn without one that cannot be read.
fn plan(items: &[Item<'_>]) -> Option<Plan> {
    items.iter().find(|item| item.is(GROUP, ADDRESS_PLAN.kind))?;
    let ready = run::plan_item(items, None)
        .and_then(|item| run::read_ready(item, None).map_err(|findings| sentence(&findings)));
    let without = |why: String| note(&format!("the overview is of the manifests alone: {why}"));
    ready.map_err(without).ok().map(|(plan, _)| plan)
}

pub(super) fn run(paths: &[PathBuf], form: OutputFormat) -> Result<String, Failure> {
    let manifests = files::manifests(paths, None)?;
    let sources = files::sources(&manifests)?;
    let items = run::items(&sources).map_err(|findings| sentence(&findings))?;
    let plan = plan(&items);
    let atlas = map::planned(&Model::new(&items), plan.as_ref());
    if atlas.networks.is_empty() {
        return Err(
            "no manifest states an address: no pool, VIP, NAD, NetConfig or node policy is there".to_owned()
        );
    }
    let format = match form {
        OutputFormat::Text => map::Format::Text,
        OutputFormat::Html => map::Format::Html,
        OutputFormat::Svg => map::Format::Svg,
    };
    let printed = map::print(&atlas, format);
    // A terminal and a log read the text.
    Ok(if form == OutputFormat::Text { shown(&printed).into_owned() } else { printed })
}
