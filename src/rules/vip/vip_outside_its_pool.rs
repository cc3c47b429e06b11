//! `vip-outside-its-pool`: the address is not of the pool that the same Service asks for.

use crate::krm::Severity;
use crate::model::Model;
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "vip-outside-its-pool",
    severity: Severity::Error,
    summary: "A Service asks for an address that the pool it names does not have.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    for vip in model.vips.iter().filter(|vip| vip.is_certain()) {
        let Some(pool) = vip.pool().and_then(|name| model.pool(name.text)) else { continue };
        for (pointer, ip) in vip.wanted() {
            if !pool.contains(ip) {
                let message = format!(
                    "{ip} of {} is none that IPAddressPool {} gives out, so MetalLB would leave the Service pending; ask \
                     for an address of that pool, or name the one that has it",
                    vip.title(),
                    pool.name
                );
                report.at(&vip.item, &pointer, message);
            }
        }
    }
}
