//! Two `BGPPeer`s of one node that compete for what FRR has only once.
//!
//! Source: MetalLB `internal/config/validation.go`; OpenShift's MetalLB speaks through FRR only.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use crate::find::{Fact, place};
use crate::model::{Model, Nodes, Peer, Selected};
use crate::path;
use crate::rules::Report;
use crate::yaml::PointerBuf;

/// FRR has one session to a neighbour on a node: one address in a VRF, or one interface.
pub(crate) fn duplicate(model: &Model<'_>, report: &mut Report) {
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

/// A neighbour: its address, however spelled, or interface, and its VRF.
fn neighbour<'m>(peer: &'m Peer<'_>) -> (Option<Result<IpAddr, &'m str>>, Option<&'m str>) {
    let end = neighbour_fact(peer).map(|(_, text)| text.parse().map_err(|_| text));
    (end, peer.vrf.as_ref().map(|fact| fact.text))
}

/// The indexes of earlier peers, by the nodes that they select.
#[derive(Default)]
struct Before {
    of_all: Vec<usize>,
    of_some: BTreeMap<usize, Vec<usize>>,
    selected: Vec<Selected>,
}

/// FRR has one router ID on a node, and one AS number of its own in a VRF.
pub(crate) fn conflict(model: &Model<'_>, report: &mut Report) {
    let (mut nodes, mut before) = (Nodes::new(model), Before::default());
    for (place, peer) in model.peers.iter().enumerate() {
        let selected = nodes.selected(&peer.node_selectors);
        for other in before.meeting(&selected).into_iter().filter_map(|place| model.peers.get(place)) {
            compare(other, peer, report);
        }
        before.add(place, selected);
    }
}

impl Before {
    fn meeting(&self, selected: &Selected) -> BTreeSet<usize> {
        let mut meeting = BTreeSet::new();
        match selected {
            Selected::All => {
                let others = self.selected.iter().enumerate().filter(|(_, other)| selected.meets(other));
                meeting.extend(others.map(|(place, _)| place));
            }
            Selected::Some(which) => {
                let of_some = which.iter().filter_map(|which| self.of_some.get(which)).flatten();
                meeting.extend(of_some.chain(self.of_all.iter().filter(|_| !which.is_empty())));
            }
        }
        meeting
    }

    fn add(&mut self, place: usize, selected: Selected) {
        match &selected {
            Selected::All => self.of_all.push(place),
            Selected::Some(which) => {
                for which in which {
                    self.of_some.entry(*which).or_default().push(place);
                }
            }
        }
        self.selected.push(selected);
    }
}

fn compare(other: &Peer<'_>, peer: &Peer<'_>, report: &mut Report) {
    let name = other.item.name();
    if text(other.router_id.as_ref()) != text(peer.router_id.as_ref()) {
        let message = format!(
            "BGPPeer {name} of the same nodes has another router ID, and FRR has one; write the same"
        );
        report.at(&peer.item, &place(path!("spec.routerID")), message);
    }
    let number = |peer: &Peer<'_>| peer.my_asn.as_ref().map(|(_, number)| *number);
    if text(other.vrf.as_ref()) == text(peer.vrf.as_ref()) && number(other) != number(peer) {
        let message = format!(
            "BGPPeer {name} of the same nodes has another AS number of our own, and FRR has one in a VRF; write the same"
        );
        report.at(&peer.item, &place(path!("spec.myASN")), message);
    }
}

fn text<'a>(fact: Option<&Fact<'a>>) -> Option<&'a str> {
    fact.map(|fact| fact.text)
}
