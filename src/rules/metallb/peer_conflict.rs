//! `peer-conflict`: FRR has one router ID on a node, and one AS number of our own in a VRF.
//!
//! Source: MetalLB `internal/config/validation.go`.

use std::collections::BTreeMap;

use super::nodes::{Nodes, Selected};
use crate::krm::Severity;
use crate::model::{Fact, Model, Peer};
use crate::rules::{Report, Rule};
use crate::yaml::Pointer;

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "peer-conflict",
    severity: Severity::Error,
    summary: "Two BGPPeers of one node disagree about our own side.",
    check,
};

/// Our own side of a peer: router ID, VRF, AS number.
type Own<'a> = (Option<&'a str>, Option<&'a str>, Option<i64>);

fn check(model: &Model<'_>, report: &mut Report) {
    let nodes = Nodes::new(model);
    let mut before: BTreeMap<Own<'_>, Vec<(usize, &Peer<'_>, Selected<'_>)>> = BTreeMap::new();
    for (place, peer) in model.peers.iter().enumerate() {
        let (own, selected) = (own(peer), nodes.selected(&peer.node_selectors));
        let others = before.iter().filter(|(other, _)| **other != own).flat_map(|(_, peers)| peers);
        let others = others.filter(|(.., other)| selected.meets(other));
        let mut others: Vec<(usize, &Peer<'_>)> = others.map(|(place, other, _)| (*place, *other)).collect();
        others.sort_by_key(|(place, _)| *place);
        for (_, other) in others {
            compare(other, peer, report);
        }
        before.entry(own).or_default().push((place, peer, selected));
    }
}

fn own<'a>(peer: &Peer<'a>) -> Own<'a> {
    let number = peer.my_asn.as_ref().map(|(_, number)| *number);
    (text(peer.router_id.as_ref()), text(peer.vrf.as_ref()), number)
}

fn compare(other: &Peer<'_>, peer: &Peer<'_>, report: &mut Report) {
    let name = other.item.name();
    let ((other_id, other_vrf, other_number), (id, vrf, number)) = (own(other), own(peer));
    if other_id != id {
        let message = format!(
            "BGPPeer {name} of the same nodes has another router ID, and FRR has one; write the same"
        );
        report.at(&peer.item, Pointer::from_static("/spec/routerID"), message);
    }
    if other_vrf == vrf && other_number != number {
        let message = format!(
            "BGPPeer {name} of the same nodes has another AS number of our own, and FRR has one in a VRF; write the same"
        );
        report.at(&peer.item, Pointer::from_static("/spec/myASN"), message);
    }
}

fn text<'a>(fact: Option<&Fact<'a>>) -> Option<&'a str> {
    fact.map(|fact| fact.text)
}
