//! `L2Advertisement` and `BGPAdvertisement`: names, and which pools and peers they announce.

use serde_json::Value;

use crate::catalogue::kinds;
use crate::change::Changes;
use crate::context::Context;
use crate::find::{Part, place, under};
use crate::krm::Item;
use crate::path;
use crate::path::Path;

/// The label that keeps an advertisement's selector to the pools of its instance.
pub(super) const INSTANCE_LABEL: &str = "multi-rhoso.dev/instance";

const POOLS: Path = path!("spec.ipAddressPools.[]");
const SELECTORS: Path = path!("spec.ipAddressPoolSelectors.[]");
const PEERS: Path = path!("spec.peers.[]");

pub(super) fn transform(context: &Context<'_>, changes: &mut Changes) {
    for kind in ["L2Advertisement", "BGPAdvertisement"] {
        for advertisement in context.inventory.of(kinds::METALLB, kind) {
            let name = context.new_name(advertisement);
            changes.rename(advertisement, name);
            pools(context, advertisement, changes);
        }
    }
    for advertisement in context.inventory.of(kinds::METALLB, "BGPAdvertisement") {
        peers(context, advertisement, changes);
        rename(advertisement, path!("spec.communities.[]"), changes, |word| {
            community(context, advertisement, word)
        });
    }
}

/// Whether an advertisement finds pools by label.
pub(super) fn selects_by_label(item: &Item<'_>) -> bool {
    let advertisement =
        item.is(kinds::METALLB, "L2Advertisement") || item.is(kinds::METALLB, "BGPAdvertisement");
    advertisement && !item.part().each(SELECTORS).is_empty()
}

/// Renames the words that a path leads to, each in its place.
fn rename(item: &Item<'_>, path: Path, changes: &mut Changes, new: impl Fn(&str) -> String) {
    for Part { pointer, node, .. } in item.part().each(path) {
        if let Some(word) = node.text() {
            changes.set(item, pointer, new(word));
        }
    }
}

/// An advertisement without pools announces every pool of every instance (`config.go`): it gets this instance's.
fn pools(context: &Context<'_>, advertisement: &Item<'_>, changes: &mut Changes) {
    rename(advertisement, POOLS, changes, |word| context.pool_asked_for(advertisement, word));
    for selector in advertisement.part().each(SELECTORS) {
        let label = under(&selector.pointer, &["matchLabels", INSTANCE_LABEL]);
        changes.set(advertisement, label, context.instance.namespace.as_str());
    }
    if advertisement.part().each(POOLS).is_empty() && !selects_by_label(advertisement) {
        fill(context, advertisement, changes);
    }
}

fn fill(context: &Context<'_>, advertisement: &Item<'_>, changes: &mut Changes) {
    let names: Vec<Value> =
        context.inventory.all_pools().map(|pool| context.pool_name(context.base_name(pool)).into()).collect();
    if !names.is_empty() {
        changes.set(advertisement, place(POOLS), names);
    }
}

/// Peers by name follow the template; none means all peers, which is wrong once each instance has its own.
fn peers(context: &Context<'_>, advertisement: &Item<'_>, changes: &mut Changes) {
    rename(advertisement, PEERS, changes, |word| reference(context, advertisement, word));
    let own: Vec<Value> =
        context.inventory.of(kinds::METALLB, "BGPPeer").map(|peer| context.new_name(peer).into()).collect();
    let per_instance = !context.instance.spec.names.peer.is_identity();
    if per_instance && !own.is_empty() && advertisement.part().each(PEERS).is_empty() {
        changes.set(advertisement, place(PEERS), own);
    }
}

/// A community is a literal (`65535:65282`, `large:…`) or an alias, and an alias is renamed with the peers.
fn community(context: &Context<'_>, advertisement: &Item<'_>, word: &str) -> String {
    if word.contains(':') { word.to_owned() } else { reference(context, advertisement, word) }
}

fn reference(context: &Context<'_>, advertisement: &Item<'_>, word: &str) -> String {
    context.new_reference(advertisement, word, &context.instance.peer).into_owned()
}
