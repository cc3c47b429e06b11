//! Node policies that surely are of one node: interfaces, VLANs, resolvers and routes that they set differently.
//!
//! Addresses are compared as addresses, however they are spelled.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use ipnet::IpNet;

use super::fight::{Neighbours, Says, Voice, policies, tell};
use crate::catalogue::node_policy::DNS_SERVERS;
use crate::find::{Fact, place};
use crate::krm::listed;
use crate::model::{Interface, InterfaceAddress, Model, NodePolicy};
use crate::rules::Report;

/// The parts of an interface that a policy sets: whether it is there at all, and then what it has.
const PARTS: [&str; 6] = ["state", "addresses", "addresses", "VLAN settings", "VLAN settings", "ports"];

/// nmstate replaces an interface's address list, so the later of two policies wins.
pub(crate) fn interfaces_fight(model: &Model<'_>, report: &mut Report) {
    let neighbours = Neighbours::new(model);
    if neighbours.is_empty() {
        return;
    }
    let mut named: BTreeMap<&str, Vec<Voice<'_, '_>>> = BTreeMap::new();
    let mut carried: BTreeMap<(&str, u16), Vec<Voice<'_, '_>>> = BTreeMap::new();
    let mut held: BTreeMap<&str, Vec<Voice<'_, '_>>> = BTreeMap::new();
    for policy in &model.networks.node_policies {
        for interface in &policy.interfaces {
            let pointer = &interface.pointer;
            let voice = Voice { policy, pointer, says: settings(interface) };
            named.entry(interface.name).or_default().push(voice);
            if let Some(vlan) = vlan_of(interface) {
                let says = vec![Some(interface.name.to_owned())];
                carried.entry(vlan).or_default().push(Voice { policy, pointer, says });
            }
            for port in interface.ports.iter().filter(|_| interface.up) {
                let says = vec![Some(interface.name.to_owned())];
                held.entry(port.text).or_default().push(Voice { policy, pointer: &port.pointer, says });
            }
        }
    }
    for (name, voices) in &named {
        for fight in neighbours.fights(voices, &|one, other| difference(one, other).is_some()) {
            one_interface(name, &fight, report);
        }
    }
    for (vlan, voices) in &carried {
        for fight in neighbours.fights(voices, &|one, other| one != other) {
            one_vlan(*vlan, &fight, report);
        }
    }
    for (port, voices) in &held {
        for fight in neighbours.fights(voices, &|one, other| one != other) {
            one_port(port, &fight, report);
        }
    }
}

fn one_interface(name: &str, fight: &[&Voice<'_, '_>], report: &mut Report) {
    let what = sorted(differences(fight).into_iter().map(str::to_owned));
    let message = format!(
        "the interface {name} has different {} in {}, which are of the same nodes, so each takes away what the others \
         set; set it in one policy, or give each instance an interface of its own",
        listed(&what),
        policies(fight)
    );
    tell(fight, &message, report);
}

/// A port carries a VLAN once: the kernel refuses a second interface of it, whatever its name.
fn one_vlan((base, id): (&str, u16), fight: &[&Voice<'_, '_>], report: &mut Report) {
    let names = fight.iter().flat_map(|voice| voice.says.iter().flatten().cloned());
    let message = format!(
        "VLAN {id} of {base} is the interfaces {} in {}, which are of the same nodes, and a port carries a VLAN once; \
         give the interfaces one name, or all but one of them another VLAN",
        listed(&sorted(names)),
        policies(fight)
    );
    tell(fight, &message, report);
}

/// An interface is a port of one other: nmstate takes it away from the one that had it.
fn one_port(port: &str, fight: &[&Voice<'_, '_>], report: &mut Report) {
    let names = fight.iter().flat_map(|voice| voice.says.iter().flatten().cloned());
    let message = format!(
        "{port} is a port of {} in {}, which are of the same nodes, and an interface is a port of one; take it out of \
         all but one of them",
        listed(&sorted(names)),
        policies(fight)
    );
    tell(fight, &message, report);
}

/// The port and the number of an interface's VLAN.
fn vlan_of<'a>(interface: &Interface<'a>) -> Option<(&'a str, u16)> {
    let vlan = interface.vlan.as_ref().filter(|_| !interface.absent)?;
    Some((vlan.base.as_ref()?.text, vlan.id.as_ref()?.text.parse().ok()?))
}

/// What a policy says of an interface, in the order of `PARTS`.
fn settings(interface: &Interface<'_>) -> Says {
    let vlan = interface.vlan.as_ref();
    let text = |fact: Option<&Fact<'_>>| fact.map(|fact| fact.text.to_owned());
    let ports = sorted(interface.ports.iter().map(|port| port.text.to_owned()));
    vec![
        interface.absent.then(|| "absent".to_owned()),
        interface.ipv4.as_deref().map(addresses),
        interface.ipv6.as_deref().map(addresses),
        text(vlan.and_then(|vlan| vlan.id.as_ref())),
        text(vlan.and_then(|vlan| vlan.base.as_ref())),
        Some(ports.join(" ")).filter(|ports| !ports.is_empty()),
    ]
}

/// What two policies say differently of one interface, where both say it.
fn difference(one: &Says, other: &Says) -> Option<&'static str> {
    let state = |says: &Says| says.first().cloned().flatten();
    if state(one) != state(other) {
        return Some("state");
    }
    let mut parts = one.iter().zip(other).zip(PARTS).filter(|_| state(one).is_none());
    let differing = parts
        .find(|((one, other), _)| one.as_ref().zip(other.as_ref()).is_some_and(|(one, other)| one != other));
    differing.map(|(_, part)| part)
}

/// All that any two of the voices say differently. Thousands may be at odds, so not every two are compared: those that speak
/// of the same parts are looked up by what stands before the part in which two may differ.
fn differences(fight: &[&Voice<'_, '_>]) -> BTreeSet<&'static str> {
    let mut by_parts: BTreeMap<Vec<bool>, BTreeSet<&Says>> = BTreeMap::new();
    for voice in fight {
        by_parts.entry(voice.says.iter().map(Option::is_some).collect()).or_default().insert(&voice.says);
    }
    let is_absent = |parts: &[bool]| parts.first() == Some(&true);
    let absent = by_parts.keys().filter(|parts| is_absent(parts)).count();
    let mut found = BTreeSet::new();
    if (1..by_parts.len()).contains(&absent) {
        found.insert("state");
    }
    let there: Vec<_> = by_parts.iter().filter(|(parts, _)| !is_absent(parts)).collect();
    for (index, (parts, says)) in there.iter().enumerate() {
        for (other_parts, others) in there.iter().skip(index) {
            let both: Vec<bool> = parts.iter().zip(*other_parts).map(|(one, other)| *one && *other).collect();
            let differing = (0..both.len()).filter(|part| may_differ(*part, &both, says, others));
            found.extend(differing.filter_map(|part| PARTS.get(part)));
        }
    }
    found
}

/// Whether one of each differ in a part, and in none before it.
fn may_differ(part: usize, both: &[bool], says: &BTreeSet<&Says>, others: &BTreeSet<&Says>) -> bool {
    if both.get(part) != Some(&true) {
        return false;
    }
    let before = |says: &Says| -> Vec<Option<String>> {
        let common = says.iter().zip(both).take(part).filter(|(_, both)| **both);
        common.map(|(says, _)| says.clone()).collect()
    };
    let mut known: BTreeMap<Vec<Option<String>>, BTreeSet<&Option<String>>> = BTreeMap::new();
    for says in says {
        let values = known.entry(before(says)).or_default();
        // Of two, one differs from any other.
        if values.len() < 2 {
            values.extend(says.get(part));
        }
    }
    others.iter().any(|other| {
        let values = known.get(&before(other)).into_iter().flatten();
        values.into_iter().any(|value| Some(*value) != other.get(part))
    })
}

/// Addresses with their prefix lengths, as one text.
fn addresses(addresses: &[InterfaceAddress<'_>]) -> String {
    let text = |address: &InterfaceAddress<'_>| {
        let ip = address.ip.value.map_or_else(|| address.ip.text.to_string(), |ip| ip.to_string());
        format!("{ip}/{:?}", address.prefix)
    };
    sorted(addresses.iter().map(text)).join(" ")
}

/// Each text once, in order.
fn sorted(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut sorted: Vec<String> = texts.collect();
    sorted.sort_unstable();
    sorted.dedup();
    sorted
}

/// Resolvers and routes are a node's, not an interface's, so two policies may undo each other.
pub(crate) fn globals_fight(model: &Model<'_>, report: &mut Report) {
    let neighbours = Neighbours::new(model);
    if neighbours.is_empty() {
        return;
    }
    resolvers(model, &neighbours, report);
    routes(model, &neighbours, report);
}

fn resolvers(model: &Model<'_>, neighbours: &Neighbours, report: &mut Report) {
    let pointer = place(DNS_SERVERS);
    let that_say = model.networks.node_policies.iter().filter(|policy| !policy.dns_servers.is_empty());
    let servers = |policy: &NodePolicy<'_>| {
        policy.dns_servers.iter().map(|server| Some(address(server.text))).collect()
    };
    let voices: Vec<Voice<'_, '_>> =
        that_say.map(|policy| Voice { policy, pointer: &pointer, says: servers(policy) }).collect();
    for fight in neighbours.fights(&voices, &|one, other| one != other) {
        say("the list of DNS servers", &fight, report);
    }
}

/// One destination in one table by different next hops.
fn routes(model: &Model<'_>, neighbours: &Neighbours, report: &mut Report) {
    let mut to: BTreeMap<(String, &str), Vec<Voice<'_, '_>>> = BTreeMap::new();
    for policy in &model.networks.node_policies {
        for route in &policy.routes {
            let Some(destination) = &route.destination else { continue };
            let hop = route.next_hop.as_ref().map(|hop| address(hop.text));
            let voices = to.entry((network(destination.text), route.table)).or_default();
            // A destination may have several next hops in one policy.
            match voices.last_mut().filter(|voice| voice.policy.item.index == policy.item.index) {
                Some(voice) if !voice.says.contains(&hop) => {
                    voice.says.push(hop);
                    voice.says.sort_unstable();
                }
                Some(_) => {}
                None => voices.push(Voice { policy, pointer: &route.pointer, says: vec![hop] }),
            }
        }
    }
    for ((destination, _), voices) in &to {
        for fight in neighbours.fights(voices, &|one, other| one != other) {
            say(&format!("the next hop to {destination}"), &fight, report);
        }
    }
}

/// An address as all spell it; what is none as it stands.
fn address(text: &str) -> String {
    text.parse::<IpAddr>().map_or_else(|_| text.to_owned(), |ip| ip.to_string())
}

/// The same of a network.
fn network(text: &str) -> String {
    text.parse::<IpNet>().map_or_else(|_| text.to_owned(), |net| net.trunc().to_string())
}

fn say(what: &str, fight: &[&Voice<'_, '_>], report: &mut Report) {
    let message = format!(
        "{what} is one for the whole node, and {} of the same nodes set different ones; leave it to one of them",
        policies(fight)
    );
    tell(fight, &message, report);
}
