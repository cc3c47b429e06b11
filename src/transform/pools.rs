//! `IPAddressPool`: its name, who may use it, whether it serves whoever asks for nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::endpoints::{LOGGING_NAMESPACE, LOGGING_NAMESPACE_DEFAULT};
use crate::change::Changes;
use crate::config::AutoAssign;
use crate::context::Context;
use crate::find::{place, under, value};
use crate::krm::Item;
use crate::path;
use crate::transform::advertisements::{INSTANCE_LABEL, selects_by_label};
use crate::transform::inject::logging_pool;
use crate::yaml::Node;

pub(super) fn transform(context: &Context<'_>, changes: &mut Changes) {
    let instance = context.instance;
    let labelled = context.inventory.own.iter().any(selects_by_label);
    let logging = logging_namespaces(context);
    for pool in context.inventory.pools() {
        if instance.shares_pool(pool.name()) {
            continue;
        }
        changes.rename(pool, context.new_name(pool));
        if labelled {
            let label = under(&place(path!("metadata.labels")), &[INSTANCE_LABEL]);
            changes.set(pool, label, instance.namespace.as_str());
        }
        if instance.spec.metallb.scope {
            scope(context, pool, &logging, changes);
        }
        if let AutoAssign::Set(value) = instance.spec.metallb.auto_assign {
            changes.set(pool, place(path!("spec.autoAssign")), value);
        }
    }
}

/// `spec.serviceAllocation.namespaces`: the instance's, with what the base lets in besides its own.
fn scope(context: &Context<'_>, pool: &Item<'_>, logging: &BTreeMap<String, String>, changes: &mut Changes) {
    let instance = context.instance;
    let pointer = place(path!("spec.serviceAllocation.namespaces"));
    let present = pool.node.at(&pointer).map(Node::items).unwrap_or_default();
    let guests = present.iter().filter_map(Node::text).filter(|name| Some(*name) != instance.from.as_deref());
    let mut seen = BTreeSet::new();
    let namespaces: Vec<String> = std::iter::once(instance.namespace.clone())
        .chain(guests.map(str::to_owned))
        .chain(logging.get(&context.new_name(pool)).cloned())
        .filter(|namespace| seen.insert(namespace.clone()))
        .collect();
    let same: BTreeSet<_> = present.iter().filter_map(Node::text).map(str::to_owned).collect();
    if same != seen {
        changes.set(pool, pointer, namespaces);
    }
}

/// The logging Service lives in a namespace of its own, which its pool must let in: by the pool's new name.
fn logging_namespaces(context: &Context<'_>) -> BTreeMap<String, String> {
    let mut namespaces = BTreeMap::new();
    for plane in context.control_planes() {
        let Some(pool) = logging_pool(context, plane) else { continue };
        let namespace = value(plane.item.node, LOGGING_NAMESPACE).and_then(Node::as_str);
        let namespace = namespace.unwrap_or(LOGGING_NAMESPACE_DEFAULT).to_owned();
        namespaces.entry(pool).or_insert(namespace);
    }
    namespaces
}
