//! `peer-conflict`: FRR has one router ID on a node, and one AS number of our own in a VRF.
//!
//! Source: MetalLB `internal/config/validation.go`.

use super::nodes::share_a_node;
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

fn check(model: &Model<'_>, report: &mut Report) {
    for (index, peer) in model.peers.iter().enumerate() {
        for other in model.peers.iter().take(index) {
            if !share_a_node(model, &other.node_selectors, &peer.node_selectors) {
                continue;
            }
            let name = other.item.name();
            if text(other.router_id.as_ref()) != text(peer.router_id.as_ref()) {
                let message = format!(
                    "BGPPeer {name} of the same nodes has another router ID, and FRR has one; write the same"
                );
                report.at(&peer.item, Pointer::from_static("/spec/routerID"), message);
            }
            let number = |peer: &Peer<'_>| peer.my_asn.as_ref().map(|(_, number)| *number);
            if text(other.vrf.as_ref()) == text(peer.vrf.as_ref()) && number(other) != number(peer) {
                let message = format!(
                    "BGPPeer {name} of the same nodes has another AS number of our own, and FRR has one in a VRF; write \
                     the same"
                );
                report.at(&peer.item, Pointer::from_static("/spec/myASN"), message);
            }
        }
    }
}

fn text<'a>(fact: Option<&Fact<'a>>) -> Option<&'a str> {
    fact.map(|fact| fact.text)
}
