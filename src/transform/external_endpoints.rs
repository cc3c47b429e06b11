//! `externalEndpoints[]` and `externalEndpoint` of control planes from before September 2023.
//!
//! Source: openstack-operator history (36becc79, 377725cc, 0975f619): `ipAddressPool`, `sharedIPKey` (default: the pool).

use crate::catalogue::kinds;
use crate::change::Changes;
use crate::context::Context;
use crate::krm::Item;
use crate::rules::said;
use crate::yaml::{Kind, Node, PointerBuf};

pub(super) fn transform(context: &Context<'_>, changes: &mut Changes) {
    for item in context.inventory.own.iter().filter(|item| kinds::is_openstack(item.group())) {
        let mut found = Vec::new();
        visit(item.node, &mut PointerBuf::root(), &mut found);
        for (pointer, fields) in found {
            rewrite(context, item, &pointer, fields, changes);
        }
    }
}

type Found<'a> = Vec<(PointerBuf, &'a Node<'a>)>;

fn visit<'a>(node: &'a Node<'a>, pointer: &mut PointerBuf, found: &mut Found<'a>) {
    match &node.kind {
        Kind::Mapping(entries) => {
            for entry in entries {
                let key = entry.key.text().unwrap_or_default();
                pointer.push_back(key);
                match key {
                    "externalEndpoints" => {
                        each_item(&entry.value, pointer, |place, node| found.push((place, node)));
                    }
                    "externalEndpoint" => found.push((pointer.clone(), &entry.value)),
                    _ => visit(&entry.value, pointer, found),
                }
                pointer.pop_back();
            }
        }
        Kind::Sequence(_) => {
            each_item(node, &pointer.clone(), |mut place, node| visit(node, &mut place, found));
        }
        _ => {}
    }
}

fn each_item<'a>(list: &'a Node<'a>, pointer: &PointerBuf, mut act: impl FnMut(PointerBuf, &'a Node<'a>)) {
    for (index, item) in list.items().iter().enumerate() {
        let mut place = pointer.clone();
        place.push_back(index);
        act(place, item);
    }
}

fn rewrite(
    context: &Context<'_>,
    item: &Item<'_>,
    pointer: &PointerBuf,
    fields: &Node<'_>,
    changes: &mut Changes,
) {
    let Some(pool) = fields.get("ipAddressPool").and_then(Node::as_str) else { return };
    let place = |field: &str| {
        let mut place = pointer.clone();
        place.push_back(field);
        place
    };
    changes.set(item, place("ipAddressPool"), context.pool_name(pool));
    if let Some(key) = fields.get("sharedIPKey").and_then(Node::as_str)
        && (key == pool || context.is_pool_name(key))
    {
        changes.set(item, place("sharedIPKey"), context.pool_name(key));
    }
    let message = "operators since September 2023 drop this field; write override.service.internal.metadata.annotations";
    changes.report(said::EXTERNAL_ENDPOINTS_REMOVED.finding(message).at(item, &place("ipAddressPool")));
}
