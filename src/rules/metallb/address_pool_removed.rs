//! `address-pool-removed`: MetalLB dropped `AddressPool` in v0.14.2.

use crate::krm::Severity;
use crate::model::Model;
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "address-pool-removed",
    severity: Severity::Error,
    summary: "MetalLB no longer reads AddressPool.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    for pool in &model.legacy_pools {
        let message = "MetalLB no longer reads AddressPool (removed in v0.14.2); write an IPAddressPool with the same \
                       addresses, and an L2Advertisement (protocol layer2) or a BGPAdvertisement (protocol bgp) for it";
        report.on(pool, message);
    }
}
