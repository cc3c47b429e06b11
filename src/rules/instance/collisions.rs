//! `name-collision`: two objects that a rename makes one.

use std::collections::BTreeMap;

use crate::catalogue::kinds::METALLB;
use crate::change::Changes;
use crate::context::Context;
use crate::krm::{Finding, Item};
use crate::yaml::Pointer;

/// Group, kind, namespace, name.
type Identity<'p> = (&'p str, &'p str, &'p str, &'p str);

pub(super) fn check(context: &Context<'_>, changes: &mut Changes) {
    let mut seen: BTreeMap<Identity<'_>, &Item<'_>> = BTreeMap::new();
    let mut findings = Vec::new();
    let objects = context.inventory.own.iter().chain(&context.inventory.shared);
    for item in objects.filter(|item| !item.is(METALLB, "IPAddressPool") && !item.name().is_empty()) {
        let identity = identity(item, changes);
        match seen.get(&identity) {
            Some(first) if was(first) != was(item) => findings.push(collision(first, item, &identity)),
            Some(_) => {}
            None => {
                seen.insert(identity, item);
            }
        }
    }
    changes.report_all(findings);
}

fn identity<'p>(item: &Item<'p>, changes: &'p Changes) -> Identity<'p> {
    (item.group(), item.kind, changes.namespace(item).unwrap_or_default(), changes.name(item))
}

fn was<'a>(item: &Item<'a>) -> (Option<&'a str>, &'a str) {
    (item.namespace(), item.name())
}

fn collision(first: &Item<'_>, item: &Item<'_>, (_, kind, namespace, name): &Identity<'_>) -> Finding {
    let place = if namespace.is_empty() { (*name).to_owned() } else { format!("{namespace}/{name}") };
    let message = format!(
        "{} and {} would both be {kind} {place}, and one would overwrite the other; rename one in the base",
        first.reference(),
        item.reference()
    );
    Finding::error("name-collision", message).at(item, Pointer::from_static("/metadata/name"))
}
