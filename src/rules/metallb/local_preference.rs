//! `local-preference`: two BGP advertisements of one pool, aggregate, peer and node with different `localPref`.

use super::nodes::share_a_node;
use crate::krm::Severity;
use crate::model::{Advertisement, Model, Protocol};
use crate::rules::{Report, Rule};
use crate::yaml::Pointer;

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "local-preference",
    severity: Severity::Error,
    summary: "Two advertisements give one route different local preferences.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    let bgp: Vec<&Advertisement<'_>> = model
        .advertisements
        .iter()
        .filter(|one| one.protocol == Protocol::Bgp && one.service_selectors.is_empty())
        .collect();
    for (index, later) in bgp.iter().enumerate() {
        for earlier in bgp.iter().take(index) {
            let (one, other) = (preference(earlier), preference(later));
            if one != other && meet(model, earlier, later) {
                let message = format!(
                    "local preference {other} contradicts {one} of BGPAdvertisement {} for the same pool, aggregate and \
                     peers; give both the same, or other pools, peers or nodes",
                    earlier.item.name()
                );
                report.at(&later.item, Pointer::from_static("/spec/localPref"), message);
            }
        }
    }
}

fn preference(advertisement: &Advertisement<'_>) -> i64 {
    advertisement.local_pref.as_ref().map_or(0, |(_, value)| *value)
}

/// Whether both announce one route to one peer from one node.
fn meet(model: &Model<'_>, one: &Advertisement<'_>, other: &Advertisement<'_>) -> bool {
    let all = one.peers.is_empty() || other.peers.is_empty();
    let peers = all || one.peers.iter().any(|peer| other.peers.iter().any(|same| same.text == peer.text));
    let v4 = |one: &Advertisement<'_>| one.aggregation.as_ref().map_or(32, |(_, length)| *length);
    let v6 = |one: &Advertisement<'_>| one.aggregation_v6.as_ref().map_or(128, |(_, length)| *length);
    let (same_v4, same_v6) = (v4(one) == v4(other), v6(one) == v6(other));
    let mut pools = model.pools.iter().filter(|pool| one.announces(pool) && other.announces(pool));
    let route = pools
        .any(|pool| pool.blocks().any(|(_, block)| if block.first().is_ipv4() { same_v4 } else { same_v6 }));
    peers && route && share_a_node(model, &one.node_selectors, &other.node_selectors)
}
