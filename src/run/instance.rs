//! One instance: planned, applied, read again and checked.

use super::settle::settle;
use super::{Made, has_errors, items};
use crate::catalogue::kinds;
use crate::change::{Changes, Proven, Refused, edited, proven};
use crate::config::{Instance, Spec};
use crate::context::Context;
use crate::inventory::Inventory;
use crate::krm::{Finding, Item, Source};
use crate::model::Model;
use crate::rules::{self, Levels, said};
use crate::transform::TRANSFORMS;
use crate::yaml::Splice;

/// Plans, applies and reads again; an error gives the findings alone.
pub(super) fn transform(spec: Spec, levels: &Levels, sources: &[Source<'_>]) -> Result<Made, Vec<Finding>> {
    let items = items(sources)?;
    let inventory = Inventory::new(&items);
    let instance = settle(spec, &inventory)?;
    let context = Context::new(&instance, &inventory);
    let mut changes = Changes::default();
    for step in TRANSFORMS {
        step(&context, &mut changes);
    }
    let mut findings = levels.applied(changes.take_findings());
    findings.extend(rules::check_run(&context, &changes, levels));
    findings.extend(levels.silenced());
    if has_errors(&findings) {
        return Err(findings);
    }
    // No rule looks at data, and there may be much of it.
    let edited = edited(&changes, sources, &items, |item| !kinds::is_data(item.kind)).map_err(refusals)?;
    let proven = proven(&edited).map_err(refusals)?;
    findings.extend(said_of(&renewed(&items, &proven), &instance, levels));
    if has_errors(&findings) { Err(findings) } else { Ok((by_source(sources, &proven), findings)) }
}

fn refusals(refused: Vec<Refused<'_>>) -> Vec<Finding> {
    let each = refused.into_iter();
    each.map(|Refused { item, error }| said::CANNOT_EDIT.finding(error.to_string()).on(&item)).collect()
}

/// The list as it will be printed, but for data.
fn renewed<'a>(items: &[Item<'a>], proven: &'a [Proven<'a>]) -> Vec<Item<'a>> {
    let mut renewed = items.to_vec();
    for Proven { item, node, .. } in proven {
        if let (Some(place), Some(node)) = (renewed.get_mut(item.index), node) {
            place.node = node;
        }
    }
    renewed
}

/// The splices of each source.
fn by_source(sources: &[Source<'_>], proven: &[Proven<'_>]) -> Vec<Vec<Splice>> {
    let mut all: Vec<Vec<Splice>> = sources.iter().map(|_| Vec::new()).collect();
    for Proven { item, splices, .. } in proven {
        if let Some(place) = all.get_mut(item.source) {
            place.extend_from_slice(splices);
        }
    }
    all
}

/// What the rules say of the list as it will be printed.
fn said_of(items: &[Item<'_>], instance: &Instance, levels: &Levels) -> Vec<Finding> {
    let metallb = &instance.spec.metallb;
    rules::check(&Model::new(items).knowing(&metallb.namespace, &metallb.shared_pools), levels)
}
