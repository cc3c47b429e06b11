//! Advertisements: the pools, peers and communities that they refer to.

use std::collections::BTreeSet;

use crate::find::place;
use crate::model::{Model, Selector};
use crate::path;
use crate::rules::Report;

/// An advertisement without pools and selectors announces every pool (`config.go`).
pub(crate) fn of_all_pools(model: &Model<'_>, report: &mut Report) {
    for advertisement in &model.advertisements {
        if advertisement.is_of_everything() {
            let message = "the advertisement names no pool, so it announces the pools of every instance; write the \
                           instance's pools here";
            report.at(&advertisement.item, &place(path!("spec.ipAddressPools")), message);
        }
        for selector in advertisement.pool_selectors.iter().filter(|selector| selector.is_empty()) {
            let message = "an empty selector selects the pools of every instance; write the instance's labels here, or \
                           name its pools in spec.ipAddressPools";
            report.at(&advertisement.item, &selector.pointer, message);
        }
    }
}

/// Labels do not tell instances apart: a selector that reaches two instances' pools announces both.
pub(crate) fn reaches_others(model: &Model<'_>, report: &mut Report) {
    for advertisement in &model.advertisements {
        for selector in advertisement.pool_selectors.iter().filter(|selector| !selector.is_empty()) {
            if let Some((first, other)) = strangers(model, selector) {
                let message = format!(
                    "the selector reaches IPAddressPools {first} and {other}, which are of different instances; add a \
                     label that only one instance's pools have"
                );
                report.at(&advertisement.item, &selector.pointer, message);
            }
        }
    }
}

/// Two selected pools that have no allowed namespace in common.
fn strangers<'a>(model: &Model<'a>, selector: &Selector<'_>) -> Option<(&'a str, &'a str)> {
    let reached = model.pools.iter().filter(|pool| selector.matches(&pool.labels));
    let mut scoped = reached.filter_map(|pool| Some((pool.name, pool.scope()?)));
    let (first, scope) = scoped.next()?;
    let (other, _) = scoped.find(|(_, other)| !other.iter().any(|name| scope.contains(name)))?;
    Some((first, other))
}

/// MetalLB rejects an advertisement that names a pool, peer or community twice.
pub(crate) fn named_twice(model: &Model<'_>, report: &mut Report) {
    for advertisement in &model.advertisements {
        let lists = [&advertisement.pools, &advertisement.peers, &advertisement.communities];
        for list in lists {
            let mut named = BTreeSet::new();
            for fact in list {
                if !named.insert(fact.text) {
                    let message = format!(
                        "{:?} is named twice, and MetalLB then ignores the whole configuration; take one out",
                        fact.text
                    );
                    report.at(&advertisement.item, &fact.pointer, message);
                }
            }
        }
    }
}

/// An advertisement of a pool that the list lacks; MetalLB ignores the name without a warning.
///
/// Runs only if the list holds pools. An error, although another stage may hold the pool: advertisement and pool
/// belong to one stage, nothing on the cluster reports it (the Service even gets its address), and a pool that is
/// elsewhere is named in `spec.metallb.sharedPools`.
pub(crate) fn unknown_pool(model: &Model<'_>, report: &mut Report) {
    if model.pools.is_empty() {
        return;
    }
    for advertisement in &model.advertisements {
        for fact in advertisement.pools.iter().filter(|fact| !model.knows_pool(fact.text)) {
            let message = format!(
                "no IPAddressPool {} is in the list, though others are, and MetalLB ignores the name without a word; \
                 define the pool, correct the name, or name it in spec.metallb.sharedPools",
                fact.text
            );
            report.at(&advertisement.item, &fact.pointer, message);
        }
    }
}

/// MetalLB does not announce to a peer that does not exist, and does not say so. Runs only if the list holds peers.
pub(crate) fn unknown_peer(model: &Model<'_>, report: &mut Report) {
    if model.peers.is_empty() {
        return;
    }
    let known: BTreeSet<&str> = model.peers.iter().map(|peer| peer.item.name()).collect();
    for advertisement in &model.advertisements {
        for fact in &advertisement.peers {
            if !known.contains(fact.text) {
                let message = format!(
                    "no BGPPeer {} is in the list, though others are, and MetalLB announces to nobody without a word; \
                     define it, or correct the name",
                    fact.text
                );
                report.at(&advertisement.item, &fact.pointer, message);
            }
        }
    }
}
