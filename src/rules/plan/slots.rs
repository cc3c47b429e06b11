//! The register of instances.

use std::collections::BTreeMap;

use crate::config::check_namespace;
use crate::krm::Item;
use crate::plan::Plan;
use crate::rules::Report;

use super::say;

/// Two instances of one slot; an instance whose name is no namespace; slot 1 that is not the base's.
pub(crate) fn taken(plan: &Plan, item: &Item<'_>, report: &mut Report) {
    let mut takers: BTreeMap<u32, &str> = BTreeMap::new();
    for (name, registered) in &plan.instances {
        let namespace = registered.spec.get("namespace").and_then(|one| one.as_str()).unwrap_or(name);
        if let Err(error) = check_namespace("", namespace) {
            say(item, &["instances", name], error.message, report);
        }
        if let Some(first) = takers.insert(registered.slot, name) {
            let message = format!(
                "slot {} is {first}'s already; give {name} one of its own, {} is free",
                registered.slot,
                plan.free_slot()
            );
            say(item, &["instances", name], message, report);
        }
        let is_base = plan.from.as_deref().is_none_or(|from| from == namespace);
        if registered.slot == 1 && !is_base {
            let message = format!(
                "slot 1 is the base's own, {}, and {name} would have all of its addresses; give {name} slot {} or later",
                plan.from.as_deref().unwrap_or_default(),
                plan.free_slot().max(2)
            );
            say(item, &["instances", name], message, report);
        }
    }
}
