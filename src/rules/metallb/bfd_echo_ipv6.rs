//! `bfd-echo-ipv6`: BFD has no echo mode over IPv6: MetalLB refuses such a pool, advertisement and peer together.

use std::collections::{BTreeMap, BTreeSet};

use crate::krm::Severity;
use crate::model::{Advertisement, Model, Pool, Protocol, bool_at};
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "bfd-echo-ipv6",
    severity: Severity::Error,
    summary: "A pool with IPv6 is announced to a BGPPeer whose BFD profile has echo mode.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    let echoing = echoing(model);
    let bgp = model.advertisements.iter().filter(|advertisement| advertisement.protocol == Protocol::Bgp);
    for advertisement in bgp.filter(|_| !echoing.is_empty()) {
        let Some(pool) = model.announced(advertisement).find(|pool| has_ipv6(pool)) else { continue };
        let peers = reached(advertisement, &echoing).into_iter().filter_map(|place| model.peers.get(place));
        for (peer, profile) in peers.filter_map(|peer| Some((peer, peer.bfd_profile.as_ref()?))) {
            let message = format!(
                "BFDProfile {} has echo mode, and BGPAdvertisement {} announces IPv6 of IPAddressPool {} to this peer, \
                 which BFD cannot do; take spec.echoMode out of the profile, or announce IPv4 only",
                profile.text,
                advertisement.item.name(),
                pool.name
            );
            report.at(&peer.item, &profile.pointer, message);
        }
    }
}

fn has_ipv6(pool: &Pool<'_>) -> bool {
    pool.blocks().any(|(_, block)| block.first().is_ipv6())
}

/// The places of the peers whose profile has echo mode, by their names.
fn echoing<'a>(model: &Model<'a>) -> BTreeMap<&'a str, Vec<usize>> {
    let profiles = model.bfd_profiles.iter();
    let profiles = profiles.filter(|profile| bool_at(&profile.item, &["spec", "echoMode"]) == Some(true));
    let profiles: BTreeSet<&str> = profiles.map(|profile| profile.name).collect();
    let mut echoing: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, peer) in model.peers.iter().enumerate() {
        if peer.bfd_profile.as_ref().is_some_and(|profile| profiles.contains(profile.text)) {
            echoing.entry(peer.item.name()).or_default().push(place);
        }
    }
    echoing
}

/// Those that an advertisement is for; one that names no peer is for all.
fn reached(advertisement: &Advertisement<'_>, echoing: &BTreeMap<&str, Vec<usize>>) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    if advertisement.peers.is_empty() {
        reached.extend(echoing.values().flatten());
    } else {
        reached.extend(advertisement.peers.iter().filter_map(|name| echoing.get(name.text)).flatten());
    }
    reached
}
