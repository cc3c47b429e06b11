//! `bfd-echo-ipv6`: BFD has no echo mode over IPv6: MetalLB refuses such a pool, advertisement and peer together.

use crate::krm::Severity;
use crate::model::{Model, Pool, Protocol, bool_at};
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "bfd-echo-ipv6",
    severity: Severity::Error,
    summary: "A pool with IPv6 is announced to a BGPPeer whose BFD profile has echo mode.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    let bgp = model.advertisements.iter().filter(|advertisement| advertisement.protocol == Protocol::Bgp);
    for advertisement in bgp {
        let Some(pool) = model.pools.iter().find(|pool| advertisement.announces(pool) && has_ipv6(pool))
        else {
            continue;
        };
        let peers = model.peers.iter().filter(|peer| {
            advertisement.peers.is_empty()
                || advertisement.peers.iter().any(|name| name.text == peer.item.name())
        });
        for peer in peers {
            let Some(profile) = peer.bfd_profile.as_ref().filter(|profile| echoes(model, profile.text))
            else {
                continue;
            };
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

fn echoes(model: &Model<'_>, name: &str) -> bool {
    let mut profiles = model.bfd_profiles.iter().filter(|profile| profile.name == name);
    profiles.any(|profile| bool_at(&profile.item, &["spec", "echoMode"]) == Some(true))
}
