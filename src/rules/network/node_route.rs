//! Routes of node policies, and the interfaces that policies build upon or route through.

use std::net::IpAddr;

use crate::find::Fact;
use crate::model::{Model, NodePolicy, NodeRoute};
use crate::rules::Report;
use crate::yaml::PointerBuf;

use super::node_address::is_address;

/// What every node has, although no policy says so: its loopback, and the bridge of OpenShift's own network.
const OF_EVERY_NODE: [&str; 2] = ["lo", "br-ex"];
const WEIGHTS: std::ops::RangeInclusive<u64> = 1..=256;

/// What is wrong, and where.
type Wrong = (PointerBuf, String);

/// A route that nmstate or `NetworkManager` refuses.
///
/// Source: nmstate `rust/src/lib/route.rs`, `ip.rs` (`sanitize_ip_network`); `NetworkManager` takes a next hop of the
/// destination's family alone.
pub(crate) fn routes(model: &Model<'_>, report: &mut Report) {
    for policy in model.networks.written_policies() {
        for route in policy.routes.iter().filter(|route| route.state != "ignore") {
            let added = || way(route).or_else(|| through(policy, route));
            let wrong = texts(route).or_else(|| if route.state == "absent" { None } else { added() });
            if let Some((pointer, message)) = wrong {
                report.at(&policy.item, &pointer, format!("{message}: nmstate refuses the policy"));
            }
        }
    }
}

/// A text of a route that cannot be read.
fn texts(route: &NodeRoute<'_>) -> Option<Wrong> {
    let is_network = |fact: &&Fact<'_>| !fact.text.is_empty() && network(fact.text).is_none();
    if let Some(to) = route.destination.as_ref().filter(is_network) {
        return Some((
            to.pointer.clone(),
            format!("{:?} is no network; write one, such as 0.0.0.0/0", to.text),
        ));
    }
    let hops = [&route.next_hop, &route.source];
    let fact = hops.into_iter().flatten().find(|fact| !is_address(fact))?;
    Some((fact.pointer.clone(), format!("{:?} is no IP address; write one, or take it out", fact.text)))
}

/// The address and the length of a destination; nmstate takes a single address, and bits behind the prefix.
fn network(text: &str) -> Option<(IpAddr, u8)> {
    let (address, prefix) =
        text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
    let address: IpAddr = address.parse().ok()?;
    let longest = if address.is_ipv4() { 32 } else { 128 };
    let prefix = prefix.map_or(Some(longest), |prefix| prefix.parse().ok())?;
    (prefix <= longest).then_some((address, prefix))
}

/// A route that cannot be, whatever the interfaces.
fn way(route: &NodeRoute<'_>) -> Option<Wrong> {
    let is_unicast = route.kind.is_empty();
    let to = route.destination.as_ref().and_then(|to| Some((to, network(to.text)?)));
    if let Some((to, (IpAddr::V4(address), prefix))) = to
        && is_unicast
        && address.octets().first() == Some(&0)
        && prefix >= 8
    {
        let message =
            format!("no route leads to 0.0.0.0/8 or a part of it, as {}; write 0.0.0.0/0 for all", to.text);
        return Some((to.pointer.clone(), message));
    }
    let hop = route.next_hop.as_ref().and_then(|hop| Some((hop, hop.text.parse::<IpAddr>().ok()?)));
    if let (Some((_, (address, _))), Some((hop, by))) = (to, hop)
        && address.is_ipv4() != by.is_ipv4()
    {
        let message = format!("{by} is not of the destination's address family; write a next hop that is");
        return Some((hop.pointer.clone(), message));
    }
    let is_weight = |weight: &&Fact<'_>| weight.text.parse().is_ok_and(|number| !WEIGHTS.contains(&number));
    if let Some(weight) = route.weight.as_ref().filter(is_weight) {
        let message = format!("a route's weight is from 1 to 256, not {}; write one", weight.text);
        return Some((weight.pointer.clone(), message));
    }
    let interface = route.interface.as_ref().filter(|interface| !interface.text.is_empty());
    match interface {
        None if is_unicast => {
            let message = "the route goes through no interface; write next-hop-interface".to_owned();
            Some((route.pointer.clone(), message))
        }
        _ => None,
    }
}

/// A route through an interface that the same policy takes away, or has without the route's family.
fn through(policy: &NodePolicy<'_>, route: &NodeRoute<'_>) -> Option<Wrong> {
    let by = route.interface.as_ref()?;
    let own = policy.interfaces.iter().rev().find(|own| own.name == by.text)?;
    if own.absent {
        let message = format!("the route goes through {}, which this policy removes; name another", by.text);
        return Some((by.pointer.clone(), message));
    }
    let (address, _) = network(route.destination.as_ref()?.text)?;
    let (enabled, family) = match (own.enabled, address) {
        ([enabled, _], IpAddr::V4(_)) => (enabled, "ipv4"),
        ([_, enabled], IpAddr::V6(_)) => (enabled, "ipv6"),
    };
    (enabled == Some(false)).then(|| {
        let message = format!(
            "the route goes through {}, which this policy leaves without {family}; name another, or enable it",
            by.text
        );
        (by.pointer.clone(), message)
    })
}

/// A VLAN on an interface, or a route through one, of which no policy of the list speaks.
///
/// Only a warning: the nodes may have it all the same. Policies without network cards take them for granted.
pub(crate) fn unknown_interface(model: &Model<'_>, report: &mut Report) {
    let Some(known) = model.networks.interfaces_spoken_of() else { return };
    for policy in model.networks.written_policies() {
        let interfaces = policy.interfaces.iter().filter(|interface| !interface.absent);
        let bases = interfaces.filter_map(|interface| interface.vlan.as_ref()?.base.as_ref());
        let routes = policy.routes.iter().filter(|route| route.state.is_empty());
        let hops = routes.filter_map(|route| route.interface.as_ref());
        let named =
            bases.map(|fact| ("a VLAN is on", fact)).chain(hops.map(|fact| ("a route leads through", fact)));
        let is_known = |name: &str| name.is_empty() || known.contains(name) || OF_EVERY_NODE.contains(&name);
        for (what, fact) in named.filter(|(_, fact)| !is_known(fact.text)) {
            let message = format!(
                "{what} {}, which no node policy of this list sets up; name one of the nodes' interfaces, or write it \
                 into their policies",
                fact.text
            );
            report.at(&policy.item, &fact.pointer, message);
        }
    }
}
