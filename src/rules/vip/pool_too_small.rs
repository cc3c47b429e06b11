//! `pool-too-small`: more addresses are needed of a pool than it has: pinned ones, and one for each that cannot share.

use std::collections::{BTreeMap, BTreeSet};

use crate::krm::Severity;
use crate::model::{Model, Pool, Vip};
use crate::rules::{Report, Rule};
use crate::yaml::Pointer;

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "pool-too-small",
    severity: Severity::Error,
    summary: "A pool has fewer addresses than the Services that name it need.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    let mut asking: BTreeMap<&str, Vec<&Vip<'_>>> = BTreeMap::new();
    for vip in model.vips.iter().filter(|vip| vip.is_load_balancer()) {
        if let Some(pool) = vip.pool().filter(|_| vip.is_used()) {
            asking.entry(pool.text).or_default().push(vip);
        }
    }
    for pool in &model.pools {
        let (needed, size) = (needed(asking.get(pool.name).map_or(&[], Vec::as_slice)), size(pool));
        if needed > size {
            let message = format!(
                "the Services that name this pool need {needed} addresses at least, and it has {size}; widen it"
            );
            report.at(&pool.item, Pointer::from_static("/spec/addresses"), message);
        }
    }
}

/// How many addresses a pool has in its larger family.
fn size(pool: &Pool<'_>) -> u128 {
    let of = |ipv4: bool| {
        let blocks = pool.blocks().filter(|(_, block)| block.first().is_ipv4() == ipv4);
        blocks.fold(0_u128, |sum, (_, block)| sum.saturating_add(block.size()).saturating_add(1))
    };
    of(true).max(of(false))
}

/// The addresses of one family that are asked for, one more for each that may not share, and one for each sharing key.
fn needed(vips: &[&Vip<'_>]) -> u128 {
    let (mut v4, mut v6) = (BTreeSet::new(), BTreeSet::new());
    let (mut alone, mut keys) = (0_u128, BTreeSet::new());
    for vip in vips {
        let wanted = vip.wanted();
        let key = vip.sharing_key().filter(|_| !vip.is_alone());
        match (wanted.is_empty(), key) {
            (false, _) => wanted.into_iter().for_each(|(_, ip)| {
                if ip.is_ipv4() {
                    v4.insert(ip)
                } else {
                    v6.insert(ip)
                };
            }),
            (true, Some(key)) => {
                keys.insert(key.text);
            }
            (true, None) => alone = alone.saturating_add(1),
        }
    }
    let pinned = u128::try_from(v4.len().max(v6.len())).unwrap_or(u128::MAX);
    let shared = u128::from(pinned == 0 && !keys.is_empty());
    pinned.saturating_add(alone).saturating_add(shared)
}
