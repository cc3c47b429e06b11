//! Node policies that surely are of one node.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::node_policy::DNS_SERVERS;
use crate::find::{Fact, place};
use crate::krm::Item;
use crate::model::{Interface, InterfaceAddress, Model, NodePolicy, NodeRoute};
use crate::rules::Report;
use crate::yaml::PointerBuf;

/// nmstate replaces an interface's address list, so the later of two policies wins.
pub(crate) fn interfaces_fight(model: &Model<'_>, report: &mut Report) {
    let pairs = model.networks.policies_of_one_node();
    let mut named: BTreeMap<(usize, &str), &Interface<'_>> = BTreeMap::new();
    for policy in model.networks.node_policies.iter().filter(|_| !pairs.is_empty()) {
        for interface in &policy.interfaces {
            named.entry((policy.item.index, interface.name)).or_insert(interface);
        }
    }
    for (earlier, later) in pairs {
        for interface in &later.interfaces {
            let same = named.get(&(earlier.item.index, interface.name));
            if let Some(what) = same.and_then(|same| difference(same, interface)) {
                let message = format!(
                    "the interface {} has other {what} in the policy {}, which is of the same nodes, so each takes away \
                     what the other sets; set it in one policy, or give each instance an interface of its own",
                    interface.name, earlier.name
                );
                report.add(report.finding(message).at(&later.item, &interface.pointer).without_current());
            }
            one_vlan(earlier, later, interface, report);
        }
    }
}

/// A port carries a VLAN once: the kernel refuses a second interface of it, whatever its name.
fn one_vlan(
    earlier: &NodePolicy<'_>,
    later: &NodePolicy<'_>,
    interface: &Interface<'_>,
    report: &mut Report,
) {
    let Some(vlan) = vlan_of(interface) else { return };
    let mut others = earlier.interfaces.iter().filter(|one| one.name != interface.name);
    if let Some(other) = others.find(|other| vlan_of(other) == Some(vlan)) {
        let message = format!(
            "VLAN {} of {} is the interface {} in the policy {}, which is of the same nodes, and a port carries a VLAN \
             once; give both interfaces one name, or one of them another VLAN",
            vlan.1, vlan.0, other.name, earlier.name
        );
        report.add(report.finding(message).at(&later.item, &interface.pointer).without_current());
    }
}

/// The port and the number of an interface's VLAN.
fn vlan_of<'a>(interface: &Interface<'a>) -> Option<(&'a str, u16)> {
    let vlan = interface.vlan.as_ref().filter(|_| !interface.absent)?;
    Some((vlan.base.as_ref()?.text, vlan.id.as_ref()?.text.parse().ok()?))
}

/// What two interfaces of one name say differently, where both say it.
fn difference(one: &Interface<'_>, other: &Interface<'_>) -> Option<&'static str> {
    let addresses = |one: &Option<Vec<InterfaceAddress<'_>>>, other: &Option<Vec<InterfaceAddress<'_>>>| {
        one.as_ref().zip(other.as_ref()).is_some_and(|(one, other)| texts(one) != texts(other))
    };
    let facts = |one: Option<&Fact<'_>>, other: Option<&Fact<'_>>| {
        one.zip(other).is_some_and(|(one, other)| one.text != other.text)
    };
    let vlan = one.vlan.as_ref().zip(other.vlan.as_ref());
    if one.absent != other.absent {
        Some("state")
    } else if one.absent {
        None
    } else if addresses(&one.ipv4, &other.ipv4) || addresses(&one.ipv6, &other.ipv6) {
        Some("addresses")
    } else if vlan.is_some_and(|(one, other)| {
        facts(one.id.as_ref(), other.id.as_ref()) || facts(one.base.as_ref(), other.base.as_ref())
    }) {
        Some("VLAN settings")
    } else if !one.ports.is_empty() && !other.ports.is_empty() && names(one) != names(other) {
        Some("ports")
    } else {
        None
    }
}

fn texts<'i>(addresses: &'i [InterfaceAddress<'_>]) -> BTreeSet<(&'i str, Option<u8>)> {
    addresses.iter().map(|address| (&*address.ip.text, address.prefix)).collect()
}

fn names<'i>(interface: &'i Interface<'_>) -> BTreeSet<&'i str> {
    interface.ports.iter().map(|port| port.text).collect()
}

/// Resolvers and routes are a node's, not an interface's, so two policies may undo each other.
pub(crate) fn globals_fight(model: &Model<'_>, report: &mut Report) {
    for (earlier, later) in model.networks.policies_of_one_node() {
        resolvers(earlier, later, report);
        for route in &later.routes {
            if earlier.routes.iter().any(|other| differ(other, route)) {
                say(&later.item, &route.pointer, "the next hop of this destination", earlier.name, report);
            }
        }
    }
}

fn resolvers(earlier: &NodePolicy<'_>, later: &NodePolicy<'_>, report: &mut Report) {
    let (before, after) = (&earlier.dns_servers, &later.dns_servers);
    let same = before.iter().map(|server| server.text).eq(after.iter().map(|server| server.text));
    if before.is_empty() || after.is_empty() || same {
        return;
    }
    say(&later.item, &place(DNS_SERVERS), "the list of DNS servers", earlier.name, report);
}

/// One destination in one table by two next hops.
fn differ(one: &NodeRoute<'_>, other: &NodeRoute<'_>) -> bool {
    one.destination.is_some()
        && text(one.destination.as_ref()) == text(other.destination.as_ref())
        && one.table == other.table
        && text(one.next_hop.as_ref()) != text(other.next_hop.as_ref())
}

fn text<'a>(fact: Option<&Fact<'a>>) -> Option<&'a str> {
    fact.map(|fact| fact.text)
}

fn say(item: &Item<'_>, place: &PointerBuf, what: &str, other: &str, report: &mut Report) {
    let message = format!(
        "{what} is one for the whole node, and the policy {other} of the same nodes sets another; leave it to one of them"
    );
    report.at(item, place, message);
}
