//! `address-pool-removed`: MetalLB dropped `AddressPool` in v0.14.2.

use crate::catalogue::kinds::METALLB;
use crate::context::Context;
use crate::krm::Finding;
use crate::plan::Plan;

pub(super) fn check(context: &Context<'_>, plan: &mut Plan) {
    for pool in context.inventory.of(METALLB, "AddressPool") {
        let message = "MetalLB no longer reads AddressPool (removed in v0.14.2); write an IPAddressPool with the same \
                       addresses, and an L2Advertisement (protocol layer2) or a BGPAdvertisement (protocol bgp) for it";
        plan.report(Finding::error("address-pool-removed", message).on(pool));
    }
}
