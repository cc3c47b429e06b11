//! A `BGPPeer` by itself: fields, timers, Secret. Must not know other peers.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

use crate::find::{place, value};
use crate::krm::Item;
use crate::model::{Model, Peer};
use crate::path;
use crate::path::Path;
use crate::rules::Report;
use crate::yaml::{Node, PointerBuf};

/// What MetalLB rejects in a single `BGPPeer`.
pub(crate) fn fields(model: &Model<'_>, report: &mut Report) {
    for peer in &model.peers {
        let faults = [as_number(peer), dynamic(peer), target(peer), multihop(peer), passwords(peer)];
        for (path, message) in faults.into_iter().flatten() {
            report.at(&peer.item, &place(path), message);
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

type Wrong = Option<(Path, &'static str)>;

fn number(field: Option<&(PointerBuf, i64)>) -> i64 {
    field.map_or(0, |(_, number)| *number)
}

fn as_number(peer: &Peer<'_>) -> Wrong {
    (number(peer.my_asn.as_ref()) == 0)
        .then_some((path!("spec.myASN"), "the peer has no AS number of our side; set spec.myASN"))
}

fn dynamic(peer: &Peer<'_>) -> Wrong {
    let given = number(peer.peer_asn.as_ref()) != 0;
    match peer.dynamic_asn.as_ref().map(|fact| fact.text) {
        None if !given => {
            Some((path!("spec.peerASN"), "the peer has no AS number; set spec.peerASN or spec.dynamicASN"))
        }
        Some(_) if given => Some((path!("spec.dynamicASN"), "spec.peerASN is set too; take one of both out")),
        Some("internal" | "external") | None => None,
        Some(_) => {
            Some((path!("spec.dynamicASN"), "this is neither internal nor external; write one of them"))
        }
    }
}

fn target(peer: &Peer<'_>) -> Wrong {
    match (&peer.address, &peer.interface) {
        (None, None) => {
            Some((path!("spec.peerAddress"), "the peer has neither an address nor an interface; set one"))
        }
        (Some(_), Some(_)) => {
            Some((path!("spec.interface"), "spec.peerAddress is set too; take one of both out"))
        }
        _ => None,
    }
}

fn multihop(peer: &Peer<'_>) -> Wrong {
    let internal = peer.dynamic_asn.as_ref().is_some_and(|fact| fact.text == "internal");
    let same = peer.peer_asn.is_some() && number(peer.my_asn.as_ref()) == number(peer.peer_asn.as_ref());
    let set = peer.item.part().bool(path!("spec.ebgpMultiHop")) == Some(true);
    (set && (internal || same)).then_some((
        path!("spec.ebgpMultiHop"),
        "the peer is of the same AS, where there are no hops; take it out",
    ))
}

fn passwords(peer: &Peer<'_>) -> Wrong {
    let is_set = |path| peer.item.part().text(path).is_some_and(|text| !text.is_empty());
    let both = is_set(path!("spec.password")) && is_set(path!("spec.passwordSecret.name"));
    both.then_some((path!("spec.password"), "spec.passwordSecret is set too; keep the Secret"))
}

/// A hold time below 3 s other than 0, or a keepalive time longer than the hold time.
pub(crate) fn timers(model: &Model<'_>, report: &mut Report) {
    for peer in &model.peers {
        let timer = |path| peer.item.part().fact(path).and_then(|fact| Some((seconds(fact.text)?, fact)));
        let (hold, keepalive) = (timer(path!("spec.holdTime")), timer(path!("spec.keepaliveTime")));
        let Some((hold, fact)) = hold else { continue };
        if hold > 0.0 && hold < 3.0 {
            let message = format!("a hold time of {} is too short; write 0s, or 3s or more", fact.text);
            report.at(&peer.item, &fact.pointer, message);
        } else if let Some((_, wrong)) = keepalive.filter(|(keepalive, _)| *keepalive > hold) {
            let message = format!(
                "a keepalive time of {} is longer than the hold time {}; write a shorter one",
                wrong.text, fact.text
            );
            report.at(&peer.item, &wrong.pointer, message);
        }
    }
}

/// A Go duration (`1m30s`) in seconds.
fn seconds(text: &str) -> Option<f64> {
    let mut rest = text.strip_prefix('+').unwrap_or(text);
    let mut sum = 0.0;
    while !rest.is_empty() && rest != "0" {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, behind) = rest.split_at_checked(digits)?;
        let unit = behind.find(|c: char| c.is_ascii_digit()).unwrap_or(behind.len());
        let (unit, behind) = behind.split_at_checked(unit)?;
        sum += number.parse::<f64>().ok()? * unit_seconds(unit)?;
        rest = behind;
    }
    Some(sum)
}

fn unit_seconds(unit: &str) -> Option<f64> {
    Some(match unit {
        "h" => 3600.0,
        "m" => 60.0,
        "s" => 1.0,
        "ms" => 1e-3,
        "us" | "µs" => 1e-6,
        "ns" => 1e-9,
        _ => return None,
    })
}

/// The type and key of the Secret that a peer names, if the list holds it.
pub(crate) fn secret(model: &Model<'_>, report: &mut Report) {
    let mut secrets = None;
    for peer in &model.peers {
        let Some(name) = peer.item.part().fact(path!("spec.passwordSecret.name")) else { continue };
        let secrets = secrets.get_or_insert_with(|| of_metallb(model));
        let Some(secret) = secrets.get(name.text) else { continue };
        let kind = secret.node.get("type").and_then(Node::text).unwrap_or("Opaque");
        let holds = |path| value(secret.node, path).is_some();
        let reason = match kind {
            "kubernetes.io/basic-auth"
                if holds(path!("data.password")) || holds(path!("stringData.password")) =>
            {
                continue;
            }
            "kubernetes.io/basic-auth" => "has no key `password`; add it".to_owned(),
            other => format!("is of type {other}; make it kubernetes.io/basic-auth"),
        };
        report.at(&peer.item, &name.pointer, format!("Secret {} {reason}", name.text));
    }
}

/// The Secrets in MetalLB's namespace, by name.
fn of_metallb<'m, 'a>(model: &'m Model<'a>) -> BTreeMap<&'a str, &'m Item<'a>> {
    let secrets = model.objects.iter().filter(|item| item.is("", "Secret"));
    let secrets = secrets.filter(|item| item.namespace() == Some(&model.metallb_namespace));
    let mut named = BTreeMap::new();
    for secret in secrets {
        named.entry(secret.name()).or_insert(secret);
    }
    named
}
