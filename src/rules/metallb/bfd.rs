//! `BFDProfile`s, and the peers that use them.

use std::collections::{BTreeMap, BTreeSet};

use crate::find::place;
use crate::model::{Advertisement, Model, Pool, Protocol};
use crate::path;
use crate::path::Path;
use crate::rules::Report;

/// A missing profile, with which MetalLB's speakers keep their old configuration. Runs only if the list holds
/// profiles.
pub(crate) fn unknown(model: &Model<'_>, report: &mut Report) {
    if model.bfd_profiles.is_empty() {
        return;
    }
    let known: BTreeSet<&str> = model.bfd_profiles.iter().map(|profile| profile.name).collect();
    for peer in &model.peers {
        if let Some(fact) = peer.bfd_profile.as_ref().filter(|fact| !known.contains(fact.text)) {
            let message = format!(
                "no BFDProfile {} is in the list, though others are, and MetalLB's speakers then keep their old \
                 configuration; define it, or correct the name",
                fact.text
            );
            report.at(&peer.item, &fact.pointer, message);
        }
    }
}

/// Fields with their lowest and highest values; intervals in milliseconds.
const BOUNDS: [(Path, i64, i64); 5] = [
    (path!("spec.receiveInterval"), 10, 60000),
    (path!("spec.transmitInterval"), 10, 60000),
    (path!("spec.echoInterval"), 10, 60000),
    (path!("spec.detectMultiplier"), 2, 255),
    (path!("spec.minimumTtl"), 1, 254),
];

/// What MetalLB rejects in a `BFDProfile`.
pub(crate) fn profile(model: &Model<'_>, report: &mut Report) {
    let mut names = BTreeSet::new();
    for profile in &model.bfd_profiles {
        if !names.insert(profile.name) {
            let message =
                format!("a second BFDProfile {} is in the list; give each its own name", profile.name);
            report.at(&profile.item, &place(path!("metadata.name")), message);
        }
        for (path, least, most) in BOUNDS {
            let value = profile.item.part().number(path);
            if let Some((pointer, value)) = value.filter(|(_, value)| !(least..=most).contains(value)) {
                report.at(
                    &profile.item,
                    &pointer,
                    format!("{value} is out of bounds; write {least} to {most}"),
                );
            }
        }
    }
}

/// BFD has no echo mode over IPv6: MetalLB rejects the pool, advertisement and peer together.
pub(crate) fn echo_ipv6(model: &Model<'_>, report: &mut Report) {
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

/// The indexes, by peer name, of peers whose profile has echo mode.
fn echoing<'a>(model: &Model<'a>) -> BTreeMap<&'a str, Vec<usize>> {
    let profiles = model.bfd_profiles.iter();
    let profiles = profiles.filter(|profile| profile.item.part().bool(path!("spec.echoMode")) == Some(true));
    let profiles: BTreeSet<&str> = profiles.map(|profile| profile.name).collect();
    let mut echoing: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, peer) in model.peers.iter().enumerate() {
        if peer.bfd_profile.as_ref().is_some_and(|profile| profiles.contains(profile.text)) {
            echoing.entry(peer.item.name()).or_default().push(place);
        }
    }
    echoing
}

/// The ones to which an advertisement announces: all, if it names no peer.
fn reached(advertisement: &Advertisement<'_>, echoing: &BTreeMap<&str, Vec<usize>>) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    if advertisement.peers.is_empty() {
        reached.extend(echoing.values().flatten());
    } else {
        reached.extend(advertisement.peers.iter().filter_map(|name| echoing.get(name.text)).flatten());
    }
    reached
}
