//! `instances-overlap`: what two namespaces give out or use is one address.
//!
//! A warning: two instances may share a network by intent, and two networks of one plan may never meet.

use crate::address::{Block, Index};
use crate::krm::Item;
use crate::model::{Attachment, Model};
use crate::rules::Report;
use crate::rules::network::given::{allocations, attached, common, shown};
use crate::yaml::PointerBuf;

/// Addresses that one instance has.
#[derive(Clone)]
struct Held<'m, 'a> {
    block: Block,
    item: &'m Item<'a>,
    namespace: &'a str,
    place: PointerBuf,
    what: String,
}

pub(super) fn check(model: &Model<'_>, report: &mut Report) {
    let held = held(model);
    let namespace = held.first().map(|one| one.namespace);
    if held.iter().all(|one| Some(one.namespace) == namespace) {
        return;
    }
    let index = Index::new(held.iter().map(|one| (one.block, one)));
    for one in &held {
        for (block, other) in index.meeting(one.block) {
            let Some(common) = common(&one.block, block).filter(|_| other.namespace < one.namespace) else {
                continue;
            };
            let message = format!(
                "{} is in {} and in {} of {}, so two instances use one address; give each instance its own, unless they \
                 share the network by intent",
                shown(&common),
                one.what,
                other.what,
                other.item.reference()
            );
            report.add(report.finding(message).at(one.item, &one.place).without_current());
        }
    }
}

fn held<'m, 'a>(model: &'m Model<'a>) -> Vec<Held<'m, 'a>> {
    let mut held = Vec::new();
    let mut put = |block: Block, item: &'m Item<'a>, place: &PointerBuf, what: String| {
        if let Some(namespace) = item.namespace() {
            held.push(Held { block, item, namespace, place: place.clone(), what });
        }
    };
    for (block, allocation) in allocations(model) {
        let what = format!("the allocation range {block} of the network {}", allocation.network);
        put(block, &allocation.config.item, &allocation.subnet.pointer, what);
    }
    for one in attached(model) {
        let attachment: &Attachment<'_> = one.attachment;
        let Some(config) = &attachment.config else { continue };
        let what = format!("the range {} of the attachment {}", shown(&one.block), attachment.name);
        put(one.block, &attachment.item, &config.pointer, what);
    }
    for set in &model.networks.node_sets {
        for node in &set.nodes {
            for address in node.addresses() {
                let what = format!("the addresses of the node {}", node.name);
                address.value.into_iter().for_each(|ip| {
                    put(Block::from(ip), &set.item, &address.pointer, what.clone());
                });
            }
        }
    }
    held
}
