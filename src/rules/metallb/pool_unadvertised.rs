//! `pool-unadvertised`: nobody answers for the addresses of a pool that no advertisement announces.
//!
//! Runs only where the list holds an advertisement: else they are another stage's. A warning, as some may be; so says
//! nothing of a pool that the instances share: its advertisement is the cluster's.

use crate::inventory::SHARED;
use crate::krm::Severity;
use crate::model::{Model, Pool};
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "pool-unadvertised",
    severity: Severity::Warning,
    summary: "No advertisement of the list announces a pool.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    if model.advertisements.is_empty() {
        return;
    }
    let is_shared = |pool: &Pool<'_>| {
        pool.item.annotation(SHARED) == Some("true")
            || model.known_pools.iter().any(|known| known == pool.name)
    };
    for pool in model.pools.iter().filter(|pool| !is_shared(pool)) {
        if !model.advertisements.iter().any(|advertisement| advertisement.announces(pool)) {
            let message = "no advertisement of the list announces this pool, so its Services get addresses that nobody \
                           answers for; name it in an L2Advertisement or a BGPAdvertisement";
            report.on(&pool.item, message);
        }
    }
}
