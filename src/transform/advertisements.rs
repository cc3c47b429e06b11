//! `L2Advertisement` and `BGPAdvertisement`: names, and which pools and peers they announce.

use serde_json::Value;

use crate::catalogue::kinds;
use crate::change::Changes;
use crate::context::Context;
use crate::krm::Item;
use crate::yaml::{Node, PointerBuf};

/// The label that keeps an advertisement's selector to the pools of its instance.
pub(super) const INSTANCE_LABEL: &str = "multi-rhoso.dev/instance";

pub(super) fn transform(context: &Context<'_>, changes: &mut Changes) {
    for kind in ["L2Advertisement", "BGPAdvertisement"] {
        for advertisement in context.inventory.of(kinds::METALLB, kind) {
            let name = context.instance.advertisement_name(advertisement.name());
            changes.rename(advertisement, name);
            pools(context, advertisement, changes);
        }
    }
    for advertisement in context.inventory.of(kinds::METALLB, "BGPAdvertisement") {
        peers(context, advertisement, changes);
        rename(advertisement, "communities", changes, |word| community(context, word));
    }
}

/// Whether an advertisement finds pools by label.
pub(super) fn selects_by_label(item: &Item<'_>) -> bool {
    let advertisement =
        item.is(kinds::METALLB, "L2Advertisement") || item.is(kinds::METALLB, "BGPAdvertisement");
    advertisement && !list(item, "ipAddressPoolSelectors").is_empty()
}

fn list<'a>(item: &Item<'a>, field: &str) -> &'a [Node<'a>] {
    item.node.path(&["spec", field]).map(Node::items).unwrap_or_default()
}

/// Renames the words of a list in `spec`, each in its place.
fn rename(item: &Item<'_>, field: &str, changes: &mut Changes, new: impl Fn(&str) -> String) {
    for (index, node) in list(item, field).iter().enumerate() {
        if let Some(word) = node.text() {
            let mut pointer = PointerBuf::from_tokens(["spec", field]);
            pointer.push_back(index);
            changes.set(item, pointer, new(word));
        }
    }
}

/// An advertisement without pools announces every pool of every instance (`config.go`): it gets this instance's.
fn pools(context: &Context<'_>, advertisement: &Item<'_>, changes: &mut Changes) {
    rename(advertisement, "ipAddressPools", changes, |word| context.pool_name(word));
    for index in 0..list(advertisement, "ipAddressPoolSelectors").len() {
        let mut pointer = PointerBuf::from_tokens(["spec", "ipAddressPoolSelectors"]);
        pointer.push_back(index);
        pointer.push_back("matchLabels");
        pointer.push_back(INSTANCE_LABEL);
        changes.set(advertisement, pointer, context.instance.namespace.as_str());
    }
    if list(advertisement, "ipAddressPools").is_empty() && !selects_by_label(advertisement) {
        fill(context, advertisement, changes);
    }
}

fn fill(context: &Context<'_>, advertisement: &Item<'_>, changes: &mut Changes) {
    let pointer = PointerBuf::from_tokens(["spec", "ipAddressPools"]);
    let names: Vec<Value> =
        context.inventory.all_pools().map(|pool| context.pool_name(pool.name()).into()).collect();
    if !names.is_empty() {
        changes.set(advertisement, pointer, names);
    }
}

/// Peers by name follow the template; none means all peers, which is wrong once each instance has its own.
fn peers(context: &Context<'_>, advertisement: &Item<'_>, changes: &mut Changes) {
    rename(advertisement, "peers", changes, |word| context.instance.peer_name(word));
    let own: Vec<Value> = context
        .inventory
        .of(kinds::METALLB, "BGPPeer")
        .map(|peer| context.instance.peer_name(peer.name()).into())
        .collect();
    let per_instance = !context.instance.spec.names.peer.is_identity();
    if per_instance && !own.is_empty() && list(advertisement, "peers").is_empty() {
        changes.set(advertisement, PointerBuf::from_tokens(["spec", "peers"]), own);
    }
}

/// A community is a literal (`65535:65282`, `large:…`) or an alias, and an alias is renamed with the peers.
fn community(context: &Context<'_>, word: &str) -> String {
    if word.contains(':') { word.to_owned() } else { context.instance.peer_name(word) }
}
