//! `peer-fields`: what MetalLB refuses in a `BGPPeer` by itself.

use std::net::{IpAddr, Ipv4Addr};

use crate::krm::Severity;
use crate::model::{Model, Peer, bool_at, fact};
use crate::rules::{Report, Rule};
use crate::yaml::PointerBuf;

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "peer-fields",
    severity: Severity::Error,
    summary: "A BGPPeer lacks a field, or has two that exclude each other.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    for peer in &model.peers {
        let faults = [as_number(peer), dynamic(peer), target(peer), multihop(peer), passwords(peer)];
        for (field, message) in faults.into_iter().flatten() {
            report.at(&peer.item, &PointerBuf::from_tokens(["spec", field]), message);
        }
        for (what, fact) in [("address", &peer.address), ("address", &peer.source_address)] {
            let wrong = fact.as_ref().filter(|fact| fact.text.parse::<IpAddr>().is_err());
            if let Some(fact) = wrong {
                report.at(&peer.item, &fact.pointer, format!("{:?} is no IP {what}; write one", fact.text));
            }
        }
        if let Some(fact) = peer.router_id.as_ref().filter(|fact| fact.text.parse::<Ipv4Addr>().is_err()) {
            let message = format!("{:?} is no router ID; write an IPv4 address", fact.text);
            report.at(&peer.item, &fact.pointer, message);
        }
    }
}

type Wrong = Option<(&'static str, &'static str)>;

fn number(field: Option<&(PointerBuf, i64)>) -> i64 {
    field.map_or(0, |(_, number)| *number)
}

fn as_number(peer: &Peer<'_>) -> Wrong {
    (number(peer.my_asn.as_ref()) == 0)
        .then_some(("myASN", "the peer has no AS number of our side; set spec.myASN"))
}

fn dynamic(peer: &Peer<'_>) -> Wrong {
    let given = number(peer.peer_asn.as_ref()) != 0;
    match peer.dynamic_asn.as_ref().map(|fact| fact.text) {
        None if !given => Some(("peerASN", "the peer has no AS number; set spec.peerASN or spec.dynamicASN")),
        Some(_) if given => Some(("dynamicASN", "spec.peerASN is set too; take one of both out")),
        Some("internal" | "external") | None => None,
        Some(_) => Some(("dynamicASN", "this is neither internal nor external; write one of them")),
    }
}

fn target(peer: &Peer<'_>) -> Wrong {
    match (&peer.address, &peer.interface) {
        (None, None) => Some(("peerAddress", "the peer has neither an address nor an interface; set one")),
        (Some(_), Some(_)) => Some(("interface", "spec.peerAddress is set too; take one of both out")),
        _ => None,
    }
}

fn multihop(peer: &Peer<'_>) -> Wrong {
    let internal = peer.dynamic_asn.as_ref().is_some_and(|fact| fact.text == "internal");
    let same = peer.peer_asn.is_some() && number(peer.my_asn.as_ref()) == number(peer.peer_asn.as_ref());
    let set = bool_at(&peer.item, &["spec", "ebgpMultiHop"]) == Some(true);
    (set && (internal || same))
        .then_some(("ebgpMultiHop", "the peer is of the same AS, where there are no hops; take it out"))
}

fn passwords(peer: &Peer<'_>) -> Wrong {
    let word = |path: &[&str]| fact(&peer.item, path).is_some_and(|fact| !fact.text.is_empty());
    let both = word(&["spec", "password"]) && word(&["spec", "passwordSecret", "name"]);
    both.then_some(("password", "spec.passwordSecret is set too; keep the Secret"))
}
