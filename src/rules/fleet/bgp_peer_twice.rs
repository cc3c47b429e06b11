//! `bgp-peer-twice`: FRR takes one peer of an address and VRF on a node, so MetalLB refuses the second.
//!
//! Source: MetalLB `internal/config/validation.go` (modes frr and frr-k8s).

use std::collections::BTreeMap;

use crate::model::{Fact, Model, Peer};
use crate::rules::Report;

pub(super) fn check(model: &Model<'_>, report: &mut Report) {
    let mut peers: BTreeMap<(&str, &str), Vec<&Peer<'_>>> = BTreeMap::new();
    for peer in &model.peers {
        let Some(session) = peer.address.as_ref().or(peer.interface.as_ref()) else { continue };
        let vrf = peer.vrf.as_ref().map_or("", |vrf: &Fact<'_>| vrf.text);
        let others = peers.entry((session.text, vrf)).or_default();
        if let Some(other) = others.iter().find(|other| is_on_one_node(other, peer)) {
            let message = format!(
                "{} is the peer of {} too, on the same nodes, and MetalLB refuses the second; let both instances use one \
                 BGPPeer (mark it as shared), or select other nodes",
                session.text,
                other.item.reference()
            );
            report.at(&peer.item, &session.pointer, message);
        }
        others.push(peer);
    }
}

/// Whether both are surely set up on one node: on all, or by an equal selector.
fn is_on_one_node(one: &Peer<'_>, other: &Peer<'_>) -> bool {
    let all = |peer: &Peer<'_>| {
        peer.node_selectors.is_empty() || peer.node_selectors.iter().any(crate::model::Selector::is_empty)
    };
    let is_other = one.item.name() != other.item.name();
    let selectors = || one.node_selectors.iter().map(crate::model::Selector::sorted);
    let equal = other.node_selectors.iter().any(|selector| selectors().any(|one| one == selector.sorted()));
    is_other && (all(one) || all(other) || equal)
}
