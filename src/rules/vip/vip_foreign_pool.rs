//! `vip-foreign-pool`: an endpoint of a control plane that asks for a pool, or an address of one, which is closed to its namespace.

use crate::krm::Severity;
use crate::model::{Model, Vip};
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "vip-foreign-pool",
    severity: Severity::Error,
    summary: "An endpoint draws on a pool of another instance.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    // A Service that is switched off asks for nothing, whatever stands there.
    let asking = |vip: &&Vip<'_>| vip.endpoint.is_some() && vip.is_load_balancer() && vip.is_used();
    for vip in model.vips.iter().filter(asking) {
        let Some(namespace) = vip.namespace else { continue };
        let named = vip.pool().and_then(|fact| Some((model.pool(fact.text)?, fact.pointer)));
        let held = vip.wanted().into_iter().find_map(|(pointer, ip)| Some((model.pool_of(ip)?, pointer)));
        let Some((pool, pointer)) = named.or(held) else { continue };
        if pool.admits(namespace) == Some(false) {
            let message = format!(
                "IPAddressPool {} is open to {} only, and the Service of {} is in {namespace}, so MetalLB would leave it \
                 pending; name a pool of {namespace}",
                pool.name,
                pool.scope().unwrap_or_default().join(", "),
                vip.title()
            );
            report.at(&vip.item, &pointer, message);
        }
    }
}
