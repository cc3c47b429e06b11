//! What the webhook and the CRD of `NetConfig` reject.

use std::collections::{BTreeMap, BTreeSet};

use ipnet::IpNet;

use crate::find::{Fact, under};
use crate::krm::Item;
use crate::model::{Address, Model, Network, Subnet};
use crate::rules::Report;
use crate::yaml::{Kind, Node, PointerBuf, Typed};

/// infra-operator rejects a second `NetConfig` in a namespace.
pub(crate) fn twice(model: &Model<'_>, report: &mut Report) {
    let mut first: BTreeMap<Option<&str>, &str> = BTreeMap::new();
    for config in &model.networks.net_configs {
        let name = *first.entry(config.item.namespace()).or_insert(config.item.name());
        if name != config.item.name() {
            let message = format!(
                "the namespace has the NetConfig {name} already, and a second one is refused; put all networks into one"
            );
            report.on(&config.item, message);
        }
    }
}

/// A CIDR that the webhook cannot read, that is not there, or that is in the `NetConfig` twice.
///
/// The webhook compares texts, so only equal spellings are duplicates.
pub(crate) fn subnet(model: &Model<'_>, report: &mut Report) {
    for config in &model.networks.net_configs {
        let mut first: BTreeMap<&str, &str> = BTreeMap::new();
        for (network, subnet) in config.subnets() {
            let Some(cidr) = &subnet.cidr else {
                let message = format!("a subnet of the network {} has no cidr; write one", network.title());
                report.add(report.finding(message).at(&config.item, &under(&subnet.pointer, &["cidr"])));
                continue;
            };
            if cidr.value.is_none() {
                let message = format!("{:?} is no CIDR; write one, such as 172.17.0.0/24", cidr.text);
                report.at(&config.item, &cidr.pointer, message);
            } else if let Some(other) = first.insert(&cidr.text, network.title()) {
                let message = format!(
                    "{} is a subnet of the network {other} already; give each subnet its own",
                    cidr.text
                );
                report.at(&config.item, &cidr.pointer, message);
            }
        }
    }
}

/// A gateway, end of a range, excluded address or next hop outside its subnet, or not there where there must be one.
pub(crate) fn address(model: &Model<'_>, report: &mut Report) {
    for config in &model.networks.net_configs {
        for (_, subnet) in config.subnets() {
            of_subnet(&config.item, subnet, report);
            of_routes(&config.item, subnet, report);
        }
    }
}

fn of_subnet(item: &Item<'_>, subnet: &Subnet<'_>, report: &mut Report) {
    let Some(net) = subnet.cidr.as_ref().and_then(|cidr| cidr.value) else { return };
    for range in &subnet.ranges {
        for (key, end) in [("start", &range.start), ("end", &range.end)] {
            within(item, net, end.as_ref(), &under(&range.pointer, &[key]), report);
        }
    }
    let hops = subnet.routes.iter().filter_map(|route| route.next_hop.as_ref());
    for address in subnet.gateway.iter().chain(&subnet.excluded).chain(hops) {
        within(item, net, Some(address), &address.pointer, report);
    }
}

fn within(item: &Item<'_>, net: IpNet, address: Option<&Address<'_>>, at: &PointerBuf, report: &mut Report) {
    let message = match address.map(|address| (&address.text, address.value)) {
        None => format!("the address is missing; write one of {net}"),
        Some((text, None)) => format!("{text:?} is no IP address; write one of {net}"),
        Some((_, Some(outside))) if !net.contains(&outside) => {
            format!("{outside} lies outside the subnet {net}; write an address of that subnet")
        }
        Some(_) => return,
    };
    report.at(item, at, message);
}

/// A route needs a destination, which may be anywhere, and a next hop.
fn of_routes(item: &Item<'_>, subnet: &Subnet<'_>, report: &mut Report) {
    if subnet.cidr.as_ref().is_none_or(|cidr| cidr.value.is_none()) {
        return;
    }
    for route in &subnet.routes {
        let at = |key: &str| under(&route.pointer, &[key]);
        match &route.destination {
            None => report.at(
                item,
                &at("destination"),
                "the route has no destination; write a CIDR, such as 0.0.0.0/0",
            ),
            Some(destination) if destination.value.is_none() => {
                let message = format!("{:?} is no CIDR; write one, such as 0.0.0.0/0", destination.text);
                report.at(item, &destination.pointer, message);
            }
            Some(_) => {}
        }
        if route.next_hop.is_none() {
            report.at(item, &at("nexthop"), "the route has no next hop; write an address of the subnet");
        }
    }
}

/// The webhook requires a range's start to be strictly below its end.
pub(crate) fn range(model: &Model<'_>, report: &mut Report) {
    for config in &model.networks.net_configs {
        for range in config.subnets().flat_map(|(_, subnet)| &subnet.ranges) {
            let end = |end: &Option<crate::model::Address<'_>>| end.as_ref().and_then(|end| end.value);
            let (Some(start), Some(end)) = (end(&range.start), end(&range.end)) else { continue };
            if start >= end && start.is_ipv4() == end.is_ipv4() {
                let message = format!(
                    "the allocation range starts at {start} and ends at {end}, and it must hold two addresses or more; \
                     write an end above its start"
                );
                report.add(report.finding(message).at(&config.item, &range.pointer).without_current());
            }
        }
    }
}

/// The CRD accepts an integer up to 4094. A negative one is none either, though nobody refuses it.
pub(crate) fn vlan(model: &Model<'_>, report: &mut Report) {
    for config in &model.networks.net_configs {
        for vlan in config.subnets().filter_map(|(_, subnet)| subnet.vlan.as_ref()) {
            if is_vlan(config.item.node.at(&vlan.pointer)) {
                continue;
            }
            let message = format!("{:?} is no VLAN; write a number from 1 to 4094", vlan.text);
            report.at(&config.item, &vlan.pointer, message);
        }
    }
}

/// Whether a node is a whole number from 0 to 4094; `20.0` is one.
fn is_vlan(node: Option<&Node<'_>>) -> bool {
    let Some(Kind::Scalar { typed: Some(Typed::Number(number)), .. }) =
        node.map(|node| &node.resolved().kind)
    else {
        return false;
    };
    number.as_f64().is_some_and(|id| id.fract() == 0.0 && (0.0..=4094.0).contains(&id))
}

/// Names and domains that the CRD or the webhook rejects.
///
/// Source: infra-operator `apis/network/v1beta1/netconfig_webhook.go`, `common_types.go` (`NetNameStr`). All names and
/// domains of networks must differ from each other, and so must those of one network's subnets.
pub(crate) fn names(model: &Model<'_>, report: &mut Report) {
    for config in &model.networks.net_configs {
        let mut used = BTreeSet::new();
        for network in &config.networks {
            network_names(&config.item, network, &mut used, report);
        }
    }
}

fn network_names<'a>(
    item: &Item<'a>,
    network: &Network<'a>,
    used: &mut BTreeSet<&'a str>,
    report: &mut Report,
) {
    name(item, network.name.as_ref(), used, report);
    service_network(item, network.service_network.as_ref(), report);
    match &network.dns_domain {
        Some(domain) => self::domain(item, domain, used, report),
        None => report.at(
            item,
            &network.pointer,
            format!("the network {} has no dnsDomain, which is required; add one", network.title()),
        ),
    }
    let mut of_subnets = BTreeSet::new();
    for subnet in &network.subnets {
        name(item, subnet.name.as_ref(), &mut of_subnets, report);
        if let Some(domain) = &subnet.dns_domain {
            self::domain(item, domain, &mut of_subnets, report);
        }
    }
}

fn name<'a>(item: &Item<'a>, name: Option<&Fact<'a>>, used: &mut BTreeSet<&'a str>, report: &mut Report) {
    let Some(name) = name else { return };
    if !is_name(name.text, |byte| byte.is_ascii_alphanumeric()) {
        let message = format!(
            "{:?} is no name of a network or subnet; write two or more letters, digits, - and _, a letter or digit at \
             both ends",
            name.text
        );
        report.at(item, &name.pointer, message);
    }
    unique(item, name, used, report);
}

fn service_network(item: &Item<'_>, name: Option<&Fact<'_>>, report: &mut Report) {
    let is_lower = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    if let Some(name) = name.filter(|name| !name.text.is_empty() && !is_name(name.text, is_lower)) {
        let message =
            format!("{:?} is no serviceNetwork; write two or more small letters, digits, - and _", name.text);
        report.at(item, &name.pointer, message);
    }
}

fn domain<'a>(item: &Item<'a>, domain: &Fact<'a>, used: &mut BTreeSet<&'a str>, report: &mut Report) {
    if !is_domain(domain.text) {
        let message =
            format!("{:?} is no DNS domain; write labels and dots (ctlplane.example.com)", domain.text);
        report.at(item, &domain.pointer, message);
    }
    unique(item, domain, used, report);
}

fn unique<'a>(item: &Item<'a>, fact: &Fact<'a>, used: &mut BTreeSet<&'a str>, report: &mut Report) {
    if !used.insert(fact.text) {
        let message = format!(
            "{:?} is used twice, and names and domains must all differ; choose another for one",
            fact.text
        );
        report.at(item, &fact.pointer, message);
    }
}

/// `^[…][…\-_]*[…]$`.
fn is_name(text: &str, is_end: impl Fn(u8) -> bool) -> bool {
    let bytes = text.as_bytes();
    let ends = [bytes.first(), bytes.last()].into_iter().all(|byte| byte.is_some_and(|byte| is_end(*byte)));
    bytes.len() >= 2 && ends && bytes.iter().all(|byte| is_end(*byte) || matches!(byte, b'-' | b'_'))
}

/// `^([a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z]{2,}$`.
fn is_domain(text: &str) -> bool {
    let Some((labels, top)) = text.rsplit_once('.') else { return false };
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    top.len() >= 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic()) && labels.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::{is_domain, is_name};

    #[test]
    fn names_and_domains_are_read_as_the_webhook_reads_them() {
        for (text, is) in [("ctlplane", true), ("a_B-1", true), ("a", false), ("-a", false), ("a.b", false)] {
            assert_eq!(is_name(text, |byte| byte.is_ascii_alphanumeric()), is, "{text}");
        }
        for (text, is) in
            [("a.example.com", true), ("com", false), ("a..com", false), ("a.b1", false), ("-a.com", false)]
        {
            assert_eq!(is_domain(text), is, "{text}");
        }
    }
}
