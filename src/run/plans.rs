//! The address plans of a list: each is checked in every run, and one completes the config that names it.

use super::failure::at_field;
use crate::config::{ADDRESS_PLAN, GROUP, Planned, Spec, complete, nearest, read_plan};
use crate::krm::{Finding, Item};
use crate::plan::Plan;
use crate::rules::{self, Levels, said};

/// The plans of a list.
pub(super) fn plans<'i, 'a>(items: &'i [Item<'a>]) -> impl Iterator<Item = &'i Item<'a>> {
    items.iter().filter(|item| item.is(GROUP, ADDRESS_PLAN.kind))
}

/// What there is to say of every plan of a list.
pub(super) fn findings(items: &[Item<'_>], levels: &Levels) -> Vec<Finding> {
    let of_plan = |item: &Item<'_>| match ready(item) {
        Ok(plan) => rules::check_plan(&plan, item, levels),
        Err(findings) => findings,
    };
    plans(items).flat_map(of_plan).collect()
}

/// A plan read, or all that is wrong with it.
fn ready(item: &Item<'_>) -> Result<Plan, Vec<Finding>> {
    let (plan, mut wrong) = read_plan(item.node);
    match Plan::new(&plan) {
        Ok(plan) if wrong.is_empty() => return Ok(plan),
        Ok(_) => {}
        Err(more) => wrong.extend(more),
    }
    Err(wrong.iter().map(|error| at_field(said::PLAN, item, error)).collect())
}

/// The config that a plan of the list completes.
pub(super) fn completed(planned: &Planned, items: &[Item<'_>]) -> Result<Spec, Vec<Finding>> {
    let wanted = planned.spec.plan.as_deref().unwrap_or_default();
    let Some(item) = plans(items).find(|item| item.name() == wanted) else {
        return Err(vec![missing(wanted, items)]);
    };
    let of_plan =
        |wrong: Vec<_>| wrong.iter().map(|error| at_field(said::PLAN, item, error)).collect::<Vec<_>>();
    let spec = ready(item)?.spec(&planned.name, &planned.written).map_err(of_plan)?;
    complete(&spec).map_err(of_plan)
}

fn missing(wanted: &str, items: &[Item<'_>]) -> Finding {
    let near = nearest(wanted, plans(items).map(Item::name));
    let near = near.map_or_else(String::new, |near| format!(" (did you mean {near:?}?)"));
    let message = format!(
        "function config: spec.plan: the list has no {} {wanted:?}{near}; include it in the base, with the annotation \
         config.kubernetes.io/local-config: \"true\"",
        ADDRESS_PLAN.kind
    );
    said::PLAN.finding(message)
}

/// A plan that the config does not name.
pub(super) fn unnamed(items: &[Item<'_>], name: &str) -> Option<Finding> {
    let item = plans(items).next()?;
    let message = format!(
        "the list has this plan, and the function config of {name} does not name it, so that what it says of {name} does not \
         hold; write spec.plan: {}, and what differs beside it",
        item.name()
    );
    Some(said::PLAN_UNNAMED.finding(message).on(item))
}
