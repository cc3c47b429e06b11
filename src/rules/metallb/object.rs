//! Objects that MetalLB does not read at all.

use std::collections::BTreeSet;

use crate::catalogue::kinds::{METALLB, METALLB_KINDS};
use crate::find::place;
use crate::krm::Item;
use crate::model::Model;
use crate::path;
use crate::rules::Report;

/// MetalLB dropped `AddressPool` in v0.14.2.
pub(crate) fn address_pool_removed(model: &Model<'_>, report: &mut Report) {
    for pool in &model.legacy_pools {
        let message = "MetalLB no longer reads AddressPool (removed in v0.14.2); write an IPAddressPool with the same \
                       addresses, and an L2Advertisement (protocol layer2) or a BGPAdvertisement (protocol bgp) for it";
        report.on(pool, message);
    }
}

/// MetalLB reads only its own namespace, and its webhook rejects its objects elsewhere.
///
/// An error: with the webhook the apply fails, without it the object has no effect. MetalLB's namespace is the
/// config's, and any that holds a `MetalLB` object, from which the operator deploys it.
pub(crate) fn outside_its_namespace(model: &Model<'_>, report: &mut Report) {
    let right = model.metallb_namespace.as_str();
    let items = || model.objects.iter().filter(|item| item.group() == METALLB);
    let operands = items().filter(|item| item.kind == "MetalLB").filter_map(Item::namespace);
    let known: BTreeSet<&str> = operands.chain([right]).collect();
    for item in items().filter(|item| METALLB_KINDS.contains(&item.kind)) {
        if item.namespace().is_some_and(|namespace| !known.contains(namespace)) {
            let message =
                format!("MetalLB reads {right} only; move the object there, or set spec.metallb.namespace");
            let place = &place(path!("metadata.namespace"));
            report.add(report.finding(message).at(item, place).proposing(right));
        }
    }
}
