//! What the instances of a plan share, printed by an overlay of its own: whatever any of them leaves out, and nothing else.

use std::collections::BTreeSet;

use super::failure::of_plan;
use super::instance::made;
use super::print::Printed;
use super::{Made, items, plans};
use crate::catalogue::kinds;
use crate::change::Changes;
use crate::config::{ConfigError, Instance, Printer, SharedObjects, Sharing, Spec};
use crate::context::Context;
use crate::inventory::Inventory;
use crate::krm::{Finding, Source};
use crate::model::Model;
use crate::rules::{self, Levels};
use crate::transform::{TRANSFORMS, with_sharers};

/// Prints what is shared, whole.
pub(super) fn transform(
    config: &SharedObjects,
    levels: &Levels,
    sources: &[Source<'_>],
    printed: Printed,
) -> Result<Made, Vec<Finding>> {
    let items = items(sources)?;
    let (plan, item) = plans::named(&config.spec.plan, &items)?;
    let of_plan = |wrong: Vec<ConfigError>| of_plan(item, &wrong);
    if plan.printer() != Some(config.name.as_str()) {
        return Err(of_plan(vec![printed_by_another(plan.printer(), &config.name)]));
    }
    let instances = plans::planned_instances(&plan, None).map_err(of_plan)?;
    let inventory = Inventory::new(&items);
    let left = left_by(&config.name, &instances, &inventory);
    let mut changes = Changes::default();
    let mut kept = 0_usize;
    let base =
        Instance::new(Spec::default(), BASE).map_err(of_plan)?.sharing(Sharing::Own(instances.clone()));
    for item in inventory.own.iter().chain(&inventory.shared) {
        if !left.contains(&item.index) {
            changes.leave_out(item);
            continue;
        }
        kept += 1;
        if item.is(kinds::NMSTATE, kinds::NODE_POLICY) {
            with_sharers(&base, item, &mut changes);
        }
    }
    if kept == 0 {
        let message =
            "no object of the list is shared by the plan's instances; leave out `sharedBy` and the overlay";
        return Err(of_plan(vec![ConfigError::new("spec.sharedBy", message)]));
    }
    let mut findings = plans::findings(&items, levels);
    findings.extend(levels.silenced());
    made(changes, sources, &items, printed, findings, |items| rules::check(&Model::new(items), levels))
}

/// Nothing is named by it: the base prints what it has as it is.
const BASE: &str = "base";

fn printed_by_another(printer: Option<&str>, name: &str) -> ConfigError {
    let now = printer.map_or_else(|| "by nobody".to_owned(), |printer| format!("by {printer}"));
    let message =
        format!("what the instances share is printed {now}, and here again; write `sharedBy: {name}`");
    ConfigError::new("spec.sharedBy", message)
}

/// The places of what any instance leaves out.
fn left_by(name: &str, instances: &[Instance], inventory: &Inventory<'_>) -> BTreeSet<usize> {
    let of_instance = |instance: &Instance| {
        let printer = Printer { name: name.to_owned(), network: None, sharers: Vec::new() };
        let instance = instance.clone().sharing(Sharing::Another(printer));
        let context = Context::new(&instance, inventory);
        let mut changes = Changes::default();
        for step in TRANSFORMS {
            (step.run)(&context, &mut changes);
        }
        let all = inventory.own.iter().chain(&inventory.shared);
        all.filter(|item| changes.leaves_out(item)).map(|item| item.index).collect::<Vec<_>>()
    };
    instances.iter().flat_map(of_instance).collect()
}
