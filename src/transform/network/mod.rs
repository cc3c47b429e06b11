//! Addresses, host interfaces, VLANs and DNS domains: everything that a network of the instance has of its own.
//!
//! Fields are rewritten by the table, never by value: `storage` is a pool, an interface and a network at once.

mod cni;
mod field;
mod vlan;

use crate::catalogue::annotations::Meaning;
use crate::catalogue::fields::{BGP_EXTRAS, FIELDS, Field, When};
use crate::change::Changes;
use crate::config::NodePolicies;
use crate::context::Context;
use crate::find::Part;
use crate::krm::{Finding, Item};
use crate::transform::ownership::mark_moved;
use crate::yaml::PointerBuf;

pub(crate) use field::applies;
use field::{Change, Editor};

pub(super) fn transform(context: &Context<'_>, changes: &mut Changes) {
    if context.instance.network.is_empty() {
        return;
    }
    let items = context.inventory.own.iter().filter(|item| !context.is_moved(item));
    for item in items.filter(|item| !context.is_of_shared_pools(item)) {
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

/// Whether a row's fields are the instance's own in this object.
pub(super) fn is_on(context: &Context<'_>, field: &Field, item: &Item<'_>) -> bool {
    let own_peers = context.instance.has_own_peers();
    match field.when {
        When::Always => !is_shared_text(context, item),
        When::OwnPeers => own_peers,
        When::OwnNodePolicies => context.instance.node_policies() == NodePolicies::Replace,
    }
}

/// Whether an object is the text that MetalLB adds to the configuration of all instances' BGP peers.
pub(super) fn is_shared_text(context: &Context<'_>, item: &Item<'_>) -> bool {
    !context.instance.has_own_peers() && item.is("", "ConfigMap") && item.name() == BGP_EXTRAS
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
    let shared = context.addresses_of_shared_pools(item);
    let mut moves = false;
    for annotation in context.annotated(item) {
        let is_ips =
            annotation.key.meaning == Meaning::LoadBalancerIps && !shared.contains(&annotation.pointer);
        if is_ips && changes.planned(item, &annotation.pointer).is_none() {
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
