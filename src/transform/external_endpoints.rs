//! `externalEndpoints[]` and `externalEndpoint` of control planes from before September 2023.
//!
//! Source: openstack-operator history (36becc79, 377725cc, 0975f619): `ipAddressPool`, `sharedIPKey` (default: the pool).

use crate::catalogue::kinds;
use crate::change::Changes;
use crate::context::Context;
use crate::find::{Part, select, under};
use crate::krm::Item;
use crate::path;
use crate::path::Path;
use crate::rules::said;
use crate::yaml::Node;

/// The list, and what it was before it was one.
const PLACES: [Path; 2] = [path!("**.externalEndpoints.[]"), path!("**.externalEndpoint")];

pub(super) fn transform(context: &Context<'_>, changes: &mut Changes) {
    for item in context.inventory.own.iter().filter(|item| kinds::is_openstack(item.group())) {
        for fields in PLACES.into_iter().flat_map(|path| select(item.node, path)) {
            rewrite(context, item, &fields, changes);
        }
    }
}

fn rewrite(context: &Context<'_>, item: &Item<'_>, fields: &Part<'_>, changes: &mut Changes) {
    let word = |field| fields.node.get(field).and_then(Node::as_str);
    let place = |field| under(&fields.pointer, &[field]);
    let Some(pool) = word("ipAddressPool") else { return };
    changes.set(item, place("ipAddressPool"), context.pool_asked_for(item, pool));
    if let Some(key) = word("sharedIPKey")
        && (key == pool || context.is_pool_name(key))
    {
        changes.set(item, place("sharedIPKey"), context.pool_asked_for(item, key));
    }
    let message = "operators since September 2023 drop this field; write override.service.internal.metadata.annotations";
    changes.report(said::EXTERNAL_ENDPOINTS_REMOVED.finding(message).at(item, &place("ipAddressPool")));
}
