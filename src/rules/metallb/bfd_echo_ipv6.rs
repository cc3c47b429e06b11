//! `bfd-echo-ipv6`: BFD has no echo mode over IPv6: MetalLB refuses such a pool, advertisement and peer together.

use std::collections::{BTreeMap, BTreeSet};

use crate::krm::Severity;
use crate::model::{Advertisement, Fact, Model, Peer, Pool, Protocol, bool_at};
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "bfd-echo-ipv6",
    severity: Severity::Error,
    summary: "A pool with IPv6 is announced to a BGPPeer whose BFD profile has echo mode.",
    check,
};

/// A peer whose profile has echo mode, and where it names the profile.
type Echoing<'m, 'a> = (&'m Peer<'a>, &'m Fact<'a>);

fn check(model: &Model<'_>, report: &mut Report) {
    let echoing = echoing(model);
    let bgp = model.advertisements.iter().filter(|advertisement| advertisement.protocol == Protocol::Bgp);
    for advertisement in bgp.filter(|_| !echoing.is_empty()) {
        let Some(pool) = model.announced(advertisement).find(|pool| has_ipv6(pool)) else { continue };
        for (peer, profile) in reached(advertisement, &echoing) {
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

/// By the peers' names.
fn echoing<'m, 'a>(model: &'m Model<'a>) -> BTreeMap<&'a str, Vec<Echoing<'m, 'a>>> {
    let profiles = model.bfd_profiles.iter();
    let profiles = profiles.filter(|profile| bool_at(&profile.item, &["spec", "echoMode"]) == Some(true));
    let profiles: BTreeSet<&str> = profiles.map(|profile| profile.name).collect();
    let mut echoing: BTreeMap<&str, Vec<Echoing<'_, '_>>> = BTreeMap::new();
    for peer in &model.peers {
        if let Some(profile) = peer.bfd_profile.as_ref().filter(|profile| profiles.contains(profile.text)) {
            echoing.entry(peer.item.name()).or_default().push((peer, profile));
        }
    }
    echoing
}

/// Those that an advertisement is for; one that names no peer is for all.
fn reached<'e, 'm, 'a>(
    advertisement: &Advertisement<'_>,
    echoing: &'e BTreeMap<&'a str, Vec<Echoing<'m, 'a>>>,
) -> Vec<&'e Echoing<'m, 'a>> {
    if advertisement.peers.is_empty() {
        return echoing.values().flatten().collect();
    }
    let named = advertisement.peers.iter().filter_map(|name| echoing.get(name.text));
    named.flatten().collect()
}
