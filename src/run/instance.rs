//! One instance: planned, applied, read again, checked and printed.

use super::left_out::LeftOut;
use super::print::{self, Printed};
use super::settle::settle;
use super::{Made, has_errors, items, plans};
use crate::catalogue::kinds;
use crate::change::{Changes, Proven, Refused, edited, proven};
use crate::config::{Instance, Sharing, Spec};
use crate::context::Context;
use crate::inventory::Inventory;
use crate::krm::{Finding, ITEMS, Item, Source};
use crate::model::Model;
use crate::rules::{self, Levels, said};
use crate::transform::TRANSFORMS;
use crate::yaml::Around;

/// Plans, applies, reads again and prints, with what was said before; an error gives the findings alone.
pub(super) fn transform(
    (spec, sharing): (Spec, Sharing),
    levels: &Levels,
    sources: &[Source<'_>],
    printed: Printed,
    said: Vec<Finding>,
) -> Result<Made, Vec<Finding>> {
    let items = items(sources)?;
    let inventory = Inventory::new(&items);
    let instance = settle(spec, &inventory)?.sharing(sharing);
    let context = Context::new(&instance, &inventory);
    let mut changes = Changes::default();
    for step in TRANSFORMS {
        (step.run)(&context, &mut changes);
    }
    // The checks look at what has been said, too.
    let checked = rules::check_run(&context, &changes, levels);
    let mut findings = said;
    findings.extend(plans::findings(&items, levels));
    findings.extend(levels.applied(changes.take_findings()));
    findings.extend(checked);
    findings.extend(levels.silenced());
    made(changes, sources, &items, printed, findings, |items| said_of(items, &instance, levels))
}

/// Applies what is planned, reads it again, has it checked and prints it, unless there are errors.
pub(super) fn made(
    mut changes: Changes,
    sources: &[Source<'_>],
    items: &[Item<'_>],
    printed: Printed,
    mut findings: Vec<Finding>,
    check: impl Fn(&[Item<'_>]) -> Vec<Finding>,
) -> Result<Made, Vec<Finding>> {
    if has_errors(&findings) {
        return Err(findings);
    }
    let left = LeftOut::new(sources, items, &mut changes);
    let edited = edited(changes, sources, items, looks_again(sources)).map_err(refusals)?;
    let proven = proven(&edited).map_err(refusals)?;
    let mut checked = renewed(items, &proven);
    checked.retain(|item| !left.is_nobodys(item));
    findings.extend(check(&checked));
    if has_errors(&findings) {
        return Err(findings);
    }
    Ok((print::texts(printed, sources, &proven, &left, &findings)?, findings))
}

/// Whether anyone looks at an item again: the rules at all but data, of which there may be much, unless it gets its first
/// namespace, and the proof of a list at what runs into the text behind it.
fn looks_again<'a>(sources: &'a [Source<'_>]) -> impl Fn(&Item<'a>) -> bool {
    let around = |source: &'a Source<'_>| Some(Around::new(source.text, source.list()?, ITEMS));
    let lists: Vec<Option<Around<'a>>> = sources.iter().map(around).collect();
    move |item| {
        let list = lists.get(item.source).and_then(Option::as_ref);
        !kinds::is_data(item.kind)
            || item.namespace().is_none()
            || list.is_some_and(|list| list.looks_at(item.node))
    }
}

fn refusals(refused: Vec<Refused<'_>>) -> Vec<Finding> {
    let each = refused.into_iter();
    each.map(|Refused { item, error }| said::CANNOT_EDIT.finding(error.to_string()).on(&item)).collect()
}

/// The list as it will be printed, but for data that nobody looks at.
fn renewed<'a>(items: &[Item<'a>], proven: &'a [Proven<'a>]) -> Vec<Item<'a>> {
    let mut renewed = items.to_vec();
    for Proven { item, node, .. } in proven {
        if let (Some(place), Some(node)) = (renewed.get_mut(item.index), node) {
            *place = place.renewed(node);
        }
    }
    renewed
}

/// What the rules say of the list as it will be printed.
fn said_of(items: &[Item<'_>], instance: &Instance, levels: &Levels) -> Vec<Finding> {
    let metallb = &instance.spec.metallb;
    let model = Model::new(items).knowing(&metallb.namespace, &metallb.shared_pools);
    rules::check_made(instance, &model, levels)
}
