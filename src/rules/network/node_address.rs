//! Addresses of node policies: what nmstate cannot read, or not there, and what a policy gives twice.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::find::{Fact, under};
use crate::model::{Interface, InterfaceAddress, Model, NodePolicy};
use crate::rules::Report;

/// The least MTU with which there is IPv6.
const LEAST_IPV6_MTU: u64 = 1280;

/// An address that is none, is of the other family, or has a prefix longer than it; a resolver that is no address.
///
/// Source: nmstate `rust/src/lib/ip.rs`, `dns.rs`.
pub(crate) fn addresses(model: &Model<'_>, report: &mut Report) {
    for policy in model.networks.written_policies() {
        for interface in policy.interfaces.iter().filter(|interface| !interface.absent) {
            for (is_v4, list) in [(true, &interface.ipv4), (false, &interface.ipv6)] {
                for address in list.iter().flatten() {
                    one(policy, address, is_v4, report);
                }
            }
        }
        for interface in policy.interfaces.iter().filter(|interface| !interface.absent) {
            small(policy, interface, report);
        }
        for server in policy.dns_servers.iter().filter(|server| !is_resolver(server.text)) {
            let message = format!("{:?} is no address of a DNS server; write an IP address", server.text);
            report.at(&policy.item, &server.pointer, message);
        }
    }
}

fn one(policy: &NodePolicy<'_>, address: &InterfaceAddress<'_>, is_v4: bool, report: &mut Report) {
    let (family, other, longest) = if is_v4 { ("ipv4", "ipv6", 32) } else { ("ipv6", "ipv4", 128) };
    let ip = &address.ip;
    let (pointer, message) = match (ip.value, address.prefix) {
        (None, _) => (
            ip.pointer.clone(),
            format!("{:?} is no IP address; write one, without its prefix length", ip.text),
        ),
        (Some(value), _) if value.is_ipv4() != is_v4 => {
            (ip.pointer.clone(), format!("{value} does not belong below {family}; write it below {other}"))
        }
        (Some(_), Some(prefix)) if prefix > longest => (
            beside(ip),
            format!(
                "an address of {family} has at most {longest} bits, not {prefix}; write a prefix length up to that"
            ),
        ),
        _ => return,
    };
    report.at(&policy.item, &pointer, format!("{message}: nmstate refuses the policy"));
}

/// IPv6 has a least MTU.
fn small(policy: &NodePolicy<'_>, interface: &Interface<'_>, report: &mut Report) {
    let has_ipv6 = interface.enabled.get(1) == Some(&Some(true));
    let is_small = |mtu: &&Fact<'_>| mtu.text.parse().is_ok_and(|mtu: u64| mtu < LEAST_IPV6_MTU);
    if let Some(mtu) = interface.mtu.as_ref().filter(is_small).filter(|_| has_ipv6) {
        let message = format!(
            "IPv6 needs an MTU of {LEAST_IPV6_MTU}, and {} has {}; write that or more: nmstate refuses the policy",
            interface.name, mtu.text
        );
        report.at(&policy.item, &mtu.pointer, message);
    }
}

/// The prefix length of an address.
fn beside(ip: &crate::model::Address<'_>) -> crate::yaml::PointerBuf {
    under(ip.pointer.parent().unwrap_or(&ip.pointer), &["prefix-length"])
}

/// IPv6 may have a zone, which says on which interface a link-local address is.
fn is_resolver(text: &str) -> bool {
    match text.split_once('%') {
        Some((address, _)) => address.parse::<Ipv6Addr>().is_ok(),
        None if text.contains(':') => text.parse::<Ipv6Addr>().is_ok(),
        None => text.parse::<Ipv4Addr>().is_ok(),
    }
}

/// An interface that a policy sets up twice, of which nmstate takes the last; an address that a policy gives twice.
///
/// A bridge of Open vSwitch and its own interface mostly have one name. A VRF has its own addresses, and each link has its
/// link-local ones.
pub(crate) fn twice(model: &Model<'_>, report: &mut Report) {
    for policy in model.networks.written_policies() {
        interfaces(policy, report);
        let in_vrf: BTreeSet<&str> = policy
            .interfaces
            .iter()
            .filter(|interface| interface.kind == "vrf")
            .flat_map(|vrf| vrf.ports.iter().map(|port| port.text))
            .collect();
        let mut first: BTreeMap<IpAddr, &str> = BTreeMap::new();
        let there = |interface: &&Interface<'_>| !interface.absent && !in_vrf.contains(interface.name);
        for interface in policy.interfaces.iter().filter(there) {
            for address in interface.addresses() {
                let Some(value) = address.ip.value.filter(|value| !is_link_local(*value)) else { continue };
                if let Some(other) = first.insert(value, interface.name) {
                    let message = format!(
                        "{value} is an address of {other} in this policy already, and a node has an address once; take \
                         one of them out"
                    );
                    report.at(&policy.item, &address.ip.pointer, message);
                }
            }
        }
    }
}

fn interfaces(policy: &NodePolicy<'_>, report: &mut Report) {
    let mut seen = BTreeSet::new();
    for interface in &policy.interfaces {
        let is_bridge_alone = matches!(interface.kind, "ovs-bridge" | "ipsec");
        if !seen.insert((interface.name, is_bridge_alone)) {
            let message = format!(
                "the policy has the interface {} already, and nmstate takes the last and drops the others; write all of \
                 it into one",
                interface.name
            );
            report.add(report.finding(message).at(&policy.item, &under(&interface.pointer, &["name"])));
        }
    }
}

fn is_link_local(address: IpAddr) -> bool {
    matches!(address, IpAddr::V6(address) if address.is_unicast_link_local())
}

/// A scalar that should be an address.
pub(super) fn is_address(fact: &Fact<'_>) -> bool {
    fact.text.parse::<IpAddr>().is_ok()
}
