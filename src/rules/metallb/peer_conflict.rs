//! `peer-conflict`: FRR has one router ID on a node, and one AS number of our own in a VRF.
//!
//! Source: MetalLB `internal/config/validation.go`.

use std::collections::{BTreeMap, BTreeSet};

use super::nodes::{Nodes, Selected, Which};
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

/// The places of peers, by the nodes that they are of (none: all nodes) and by their own side.
type Before<'a> = BTreeMap<Option<Which<'a>>, BTreeMap<Own<'a>, Vec<usize>>>;

fn check(model: &Model<'_>, report: &mut Report) {
    let nodes = Nodes::new(model);
    let mut before = Before::new();
    for (place, peer) in model.peers.iter().enumerate() {
        let (own, selected) = (own(peer), nodes.selected(&peer.node_selectors));
        for other in others(&before, own, &selected).into_iter().filter_map(|place| model.peers.get(place)) {
            compare(other, peer, report);
        }
        let which: Vec<Option<Which<'_>>> = match selected {
            Selected::All => vec![None],
            Selected::Some(which) => which.into_iter().map(Some).collect(),
        };
        for which in which {
            before.entry(which).or_default().entry(own).or_default().push(place);
        }
    }
}

/// The earlier peers of a common node that have another side of their own.
fn others(before: &Before<'_>, own: Own<'_>, selected: &Selected<'_>) -> BTreeSet<usize> {
    let of_nodes: Vec<_> = match selected {
        Selected::All => before.values().collect(),
        Selected::Some(which) if which.is_empty() => Vec::new(),
        Selected::Some(which) => {
            let named = which.iter().filter_map(|which| before.get(&Some(which.clone())));
            before.get(&None).into_iter().chain(named).collect()
        }
    };
    let sides = of_nodes.into_iter().flatten().filter(|(other, _)| **other != own);
    let mut others = BTreeSet::new();
    others.extend(sides.flat_map(|(_, places)| places));
    others
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
