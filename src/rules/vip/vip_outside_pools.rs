//! `vip-outside-pools`: an address in no pool. Runs only where the list holds every pool that is known to exist.
//!
//! A shared pool that the list lacks may have any address.

use crate::krm::Severity;
use crate::model::Model;
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "vip-outside-pools",
    severity: Severity::Error,
    summary: "A Service asks for an address that no pool of the list has.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    if model.pools.is_empty() || model.known_pools.iter().any(|name| model.pool(name).is_none()) {
        return;
    }
    for vip in model.vips.iter().filter(|vip| vip.is_certain() && vip.pool().is_none()) {
        for (pointer, ip) in vip.wanted() {
            if model.pool_of(ip).is_none() {
                let message = format!(
                    "{ip} of {} is given out by no IPAddressPool of the list, so MetalLB would leave the Service pending; \
                     ask for an address of a pool, or widen one",
                    vip.title()
                );
                report.at(&vip.item, &pointer, message);
            }
        }
    }
}
