//! Node policies that surely are of one node: interfaces, VLANs, resolvers and routes that they set differently.
//!
//! Addresses are compared as addresses, however they are spelled.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use ipnet::IpNet;

use super::fight::{Neighbours, Voice, listed, policies, tell};
use crate::catalogue::node_policy::DNS_SERVERS;
use crate::find::{Fact, place};
use crate::model::{Interface, InterfaceAddress, Model, NodePolicy};
use crate::rules::Report;

/// Addresses with their prefix lengths.
type Addresses = BTreeSet<(String, Option<u8>)>;

/// The next hops to one destination.
type Hops = BTreeSet<Option<String>>;

/// What a policy says of an interface, as far as two may say it differently.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Settings<'a> {
    absent: bool,
    ipv4: Option<Addresses>,
    ipv6: Option<Addresses>,
    base: Option<&'a str>,
    id: Option<&'a str>,
    ports: BTreeSet<&'a str>,
}

/// nmstate replaces an interface's address list, so the later of two policies wins.
pub(crate) fn interfaces_fight(model: &Model<'_>, report: &mut Report) {
    let neighbours = Neighbours::new(model);
    if neighbours.is_empty() {
        return;
    }
    let mut named: BTreeMap<&str, Vec<Voice<'_, '_, Settings<'_>>>> = BTreeMap::new();
    let mut carried: BTreeMap<(&str, u16), Vec<Voice<'_, '_, &str>>> = BTreeMap::new();
    for policy in &model.networks.node_policies {
        for interface in &policy.interfaces {
            let pointer = &interface.pointer;
            let voice = Voice { policy, pointer, says: Settings::of(interface) };
            named.entry(interface.name).or_default().push(voice);
            if let Some(vlan) = vlan_of(interface) {
                carried.entry(vlan).or_default().push(Voice { policy, pointer, says: interface.name });
            }
        }
    }
    for (name, voices) in &named {
        for fight in neighbours.fights(voices, |one, other| difference(one, other).is_some()) {
            one_interface(name, &fight, report);
        }
    }
    for (vlan, voices) in &carried {
        for fight in neighbours.fights(voices, |one, other| one != other) {
            one_vlan(*vlan, &fight, report);
        }
    }
}

fn one_interface(name: &str, fight: &[&Voice<'_, '_, Settings<'_>>], report: &mut Report) {
    let pairs = fight.iter().flat_map(|one| fight.iter().map(|other| (&one.says, &other.says)));
    let what: BTreeSet<&str> = pairs.filter_map(|(one, other)| difference(one, other)).collect();
    let what: Vec<String> = what.into_iter().map(str::to_owned).collect();
    let message = format!(
        "the interface {name} has different {} in {}, which are of the same nodes, so each takes away what the others \
         set; set it in one policy, or give each instance an interface of its own",
        listed(&what),
        policies(fight)
    );
    tell(fight, &message, report);
}

/// A port carries a VLAN once: the kernel refuses a second interface of it, whatever its name.
fn one_vlan((base, id): (&str, u16), fight: &[&Voice<'_, '_, &str>], report: &mut Report) {
    let names: BTreeSet<String> = fight.iter().map(|voice| voice.says.to_owned()).collect();
    let message = format!(
        "VLAN {id} of {base} is the interfaces {} in {}, which are of the same nodes, and a port carries a VLAN once; \
         give the interfaces one name, or all but one of them another VLAN",
        listed(&names.into_iter().collect::<Vec<_>>()),
        policies(fight)
    );
    tell(fight, &message, report);
}

/// The port and the number of an interface's VLAN.
fn vlan_of<'a>(interface: &Interface<'a>) -> Option<(&'a str, u16)> {
    let vlan = interface.vlan.as_ref().filter(|_| !interface.absent)?;
    Some((vlan.base.as_ref()?.text, vlan.id.as_ref()?.text.parse().ok()?))
}

impl<'a> Settings<'a> {
    fn of(interface: &Interface<'a>) -> Self {
        let vlan = interface.vlan.as_ref();
        let text = |fact: &Fact<'a>| fact.text;
        Self {
            absent: interface.absent,
            ipv4: interface.ipv4.as_deref().map(addresses),
            ipv6: interface.ipv6.as_deref().map(addresses),
            base: vlan.and_then(|vlan| vlan.base.as_ref()).map(text),
            id: vlan.and_then(|vlan| vlan.id.as_ref()).map(text),
            ports: interface.ports.iter().map(text).collect(),
        }
    }
}

/// What two policies say differently of one interface, where both say it.
fn difference(one: &Settings<'_>, other: &Settings<'_>) -> Option<&'static str> {
    fn differ<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
        one.zip(other).is_some_and(|(one, other)| one != other)
    }
    let ports = |settings: &Settings<'_>| !settings.ports.is_empty();
    if one.absent != other.absent {
        Some("state")
    } else if one.absent {
        None
    } else if differ(one.ipv4.as_ref(), other.ipv4.as_ref()) || differ(one.ipv6.as_ref(), other.ipv6.as_ref())
    {
        Some("addresses")
    } else if differ(one.id.as_ref(), other.id.as_ref()) || differ(one.base.as_ref(), other.base.as_ref()) {
        Some("VLAN settings")
    } else if ports(one) && ports(other) && one.ports != other.ports {
        Some("ports")
    } else {
        None
    }
}

fn addresses(addresses: &[InterfaceAddress<'_>]) -> Addresses {
    let text = |address: &InterfaceAddress<'_>| match address.ip.value {
        Some(ip) => ip.to_string(),
        None => address.ip.text.to_string(),
    };
    addresses.iter().map(|address| (text(address), address.prefix)).collect()
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
    let servers =
        |policy: &NodePolicy<'_>| policy.dns_servers.iter().map(|server| address(server.text)).collect();
    let voices: Vec<Voice<'_, '_, Vec<String>>> =
        that_say.map(|policy| Voice { policy, pointer: &pointer, says: servers(policy) }).collect();
    for fight in neighbours.fights(&voices, |one, other| one != other) {
        say("the list of DNS servers", &fight, report);
    }
}

/// One destination in one table by different next hops.
fn routes(model: &Model<'_>, neighbours: &Neighbours, report: &mut Report) {
    let mut to: BTreeMap<(String, &str), Vec<Voice<'_, '_, Hops>>> = BTreeMap::new();
    for policy in &model.networks.node_policies {
        for route in &policy.routes {
            let Some(destination) = &route.destination else { continue };
            let hop = route.next_hop.as_ref().map(|hop| address(hop.text));
            let voices = to.entry((network(destination.text), route.table)).or_default();
            // A destination may have several next hops in one policy.
            match voices.last_mut().filter(|voice| voice.policy.item.index == policy.item.index) {
                Some(voice) => drop(voice.says.insert(hop)),
                None => voices.push(Voice { policy, pointer: &route.pointer, says: BTreeSet::from([hop]) }),
            }
        }
    }
    for ((destination, _), voices) in &to {
        for fight in neighbours.fights(voices, |one, other| one != other) {
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

fn say<T>(what: &str, fight: &[&Voice<'_, '_, T>], report: &mut Report) {
    let message = format!(
        "{what} is one for the whole node, and {} of the same nodes set different ones; leave it to one of them",
        policies(fight)
    );
    tell(fight, &message, report);
}
