//! Addresses, host interfaces, VLANs and DNS domains: everything that a network of the instance has of its own.
//!
//! Fields are rewritten by the table, never by value: `storage` is a pool, an interface and a network at once.

mod base64;
mod cni;
mod field;
mod vlan;

use crate::catalogue::annotations::Meaning;
use crate::catalogue::fields::{BGP_EXTRAS, FIELDS, Field, When};
use crate::catalogue::kinds::METALLB;
use crate::change::Changes;
use crate::config::NodePolicies;
use crate::context::Context;
use crate::find::{Part, select};
use crate::krm::{Finding, Item};
use crate::path;
use crate::transform::ownership::mark_moved;
use crate::yaml::PointerBuf;

pub(crate) use field::applies;
use field::{Change, Editor};

pub(super) fn transform(context: &Context<'_>, changes: &mut Changes) {
    if context.instance.network.is_empty() {
        return;
    }
    let items = context.inventory.own.iter().filter(|item| !context.is_moved(item));
    for item in items.filter(|item| !is_of_shared_pools(context, item)) {
        let in_annotations = annotations(context, item, changes);
        if fields(context, item, changes) || in_annotations {
            mark_moved(context, item, changes);
        }
    }
}

/// The fields of the table; whether any moves.
fn fields(context: &Context<'_>, item: &Item<'_>, changes: &mut Changes) -> bool {
    let editor = Editor::of(context.instance, item);
    let mut moves = false;
    for field in FIELDS.iter().filter(|field| applies(field, item) && is_on(context, field, item)) {
        let present = |part: &Part<'_>| changes.text_here(item, &part.pointer, part.node).map(str::to_owned);
        for change in editor.changes(item.node, field.path, field.syntax, present) {
            moves |= matches!(change, Change::Set(..));
            carry_out(item, change, changes);
        }
    }
    moves
}

/// A pool that all instances use, and an advertisement of nothing else, stay where they are.
fn is_of_shared_pools(context: &Context<'_>, item: &Item<'_>) -> bool {
    if item.is(METALLB, "IPAddressPool") {
        return context.is_shared_pool(item.name());
    }
    let pools = select(item.node, path!("spec.ipAddressPools.[]"));
    let is_shared = |pool: Option<&str>| pool.is_some_and(|pool| context.is_shared_pool(pool));
    item.is(METALLB, "L2Advertisement")
        && !pools.is_empty()
        && pools.iter().all(|pool| is_shared(pool.node.text()))
}

fn is_on(context: &Context<'_>, field: &Field, item: &Item<'_>) -> bool {
    let own_peers = context.instance.has_own_peers();
    match field.when {
        When::Always => own_peers || !(item.is("", "ConfigMap") && item.name() == BGP_EXTRAS),
        When::OwnPeers => own_peers,
        When::OwnNodePolicies => context.instance.node_policies() == NodePolicies::Replace,
    }
}

fn carry_out(item: &Item<'_>, change: Change, changes: &mut Changes) {
    match change {
        Change::Set(pointer, value) => changes.set(item, pointer, value),
        // What the instance's policy leaves to the base's is none of its business.
        Change::Report(_, pointer) if changes.is_taken_out(item, &pointer) => {}
        Change::Report(finding, pointer) => changes.report(finding.at(item, &pointer)),
    }
}

/// `loadBalancerIPs` wherever it stands; whether any moves. One that the config pins is the instance's already; one of a
/// shared pool stays.
fn annotations(context: &Context<'_>, item: &Item<'_>, changes: &mut Changes) -> bool {
    let all = context.annotated(item);
    let mut moves = false;
    for annotation in all {
        let is_ips = annotation.key.meaning == Meaning::LoadBalancerIps;
        let is_shared = || {
            all.iter().any(|other| {
                other.map == annotation.map
                    && other.key.meaning == Meaning::AddressPool
                    && context.is_shared_pool(other.value)
            })
        };
        if is_ips && !is_shared() && changes.planned(item, &annotation.pointer).is_none() {
            let (text, findings) = field::moved_text(annotation.value, &context.instance.network);
            if let Some(text) = text {
                changes.set(item, annotation.pointer.clone(), text);
                moves = true;
            }
            report(item, &annotation.pointer, findings, changes);
        }
    }
    moves
}

fn report(item: &Item<'_>, pointer: &PointerBuf, findings: Vec<Finding>, changes: &mut Changes) {
    changes.report_all(findings.into_iter().map(|finding| finding.at(item, pointer)).collect());
}
