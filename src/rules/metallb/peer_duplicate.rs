//! `peer-duplicate`: FRR knows one session to a neighbour: the same address and VRF, or the same interface, on one node.
//!
//! Source: MetalLB `internal/config/validation.go`; OpenShift's MetalLB speaks through FRR only.

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::nodes::{Nodes, Selected};
use crate::krm::Severity;
use crate::model::{Model, Peer};
use crate::rules::{Report, Rule};
use crate::yaml::PointerBuf;

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "peer-duplicate",
    severity: Severity::Error,
    summary: "Two BGPPeers of one node are the same neighbour.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    let mut nodes = Nodes::new(model);
    let mut before: BTreeMap<_, Vec<(&str, Selected)>> = BTreeMap::new();
    for peer in &model.peers {
        let selected = nodes.selected(&peer.node_selectors);
        let earlier = before.entry(neighbour(peer)).or_default();
        let same = earlier.iter().find(|(_, other)| selected.meets(other));
        if let (Some((other, _)), Some((pointer, ..))) = (same, neighbour_fact(peer)) {
            let message = format!(
                "BGPPeer {other} is the same neighbour on the same nodes, and FRR has one session to each; share one \
                 BGPPeer, or select other nodes"
            );
            report.at(&peer.item, pointer, message);
        }
        earlier.push((peer.item.name(), selected));
    }
}

fn neighbour_fact<'m>(peer: &'m Peer<'_>) -> Option<(&'m PointerBuf, &'m str)> {
    peer.address.as_ref().or(peer.interface.as_ref()).map(|fact| (&fact.pointer, fact.text))
}

/// An address in whatever spelling, or an interface, and the VRF.
fn neighbour<'m>(peer: &'m Peer<'_>) -> (Option<Result<IpAddr, &'m str>>, Option<&'m str>) {
    let end = neighbour_fact(peer).map(|(_, text)| text.parse().map_err(|_| text));
    (end, peer.vrf.as_ref().map(|fact| fact.text))
}
