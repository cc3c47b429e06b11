//! What infra-operator's webhook rejects in an `IPSet`, in the list or made for a node.

use std::collections::BTreeSet;

use crate::find::under;
use crate::model::{Model, NodeNetwork, Request};
use crate::rules::Report;

/// A request for a network that the `NetConfig` lacks, or for one twice.
///
/// Source: infra-operator `apis/network/v1beta1/ipset_webhook.go`. Names are looked up regardless of case, but only
/// equal texts are duplicates.
pub(crate) fn network(model: &Model<'_>, report: &mut Report) {
    for request in model.networks.requests() {
        let mut seen = BTreeSet::new();
        for asked in request.networks {
            let Some(name) = &asked.name else { continue };
            if !seen.insert(name.text) {
                let message = format!("the network {} is asked for twice; take one out", name.text);
                report.at(request.item, &name.pointer, message);
            }
            lacking(&request, asked, report);
        }
    }
}

fn lacking(request: &Request<'_, '_>, asked: &NodeNetwork<'_>, report: &mut Report) {
    let config = request.config.item.reference();
    let Some(network) = request.network(asked) else {
        if let Some(name) = &asked.name {
            let message = format!(
                "{config} has no network {}, and the IPSet is refused; name one of its networks, or add it there",
                name.text
            );
            report.at(request.item, &name.pointer, message);
        }
        return;
    };
    if let Some(subnet) = asked.subnet.as_ref().filter(|_| request.subnet(asked).is_none()) {
        let message = format!(
            "the network {} of {config} has no subnet {}, and the IPSet is refused; name one of its subnets, or add it \
             there",
            network.title(),
            subnet.text
        );
        report.at(request.item, &subnet.pointer, message);
    }
}

/// A fixed address outside its subnet, or among the excluded ones. It need not be in an allocation range.
///
/// Source: infra-operator `apis/network/v1beta1/ipset_webhook.go`; for excluded addresses `internal/ipam/funcs.go`.
pub(crate) fn address(model: &Model<'_>, report: &mut Report) {
    for request in model.networks.requests() {
        for asked in request.networks {
            let (Some(fixed), Some(subnet)) = (&asked.fixed_ip, request.subnet(asked)) else { continue };
            let Some(net) = subnet.cidr.as_ref().and_then(|cidr| cidr.value) else { continue };
            let message = match fixed.value {
                None => format!("{:?} is no IP address; write one of {net}", fixed.text),
                Some(outside) if !net.contains(&outside) => {
                    format!("{outside} lies outside the subnet {net}; write an address of that subnet")
                }
                Some(ip) if subnet.excludes(ip) => {
                    format!(
                        "{ip} is one of the subnet's excludeAddresses, and is not given out; write another"
                    )
                }
                Some(_) => continue,
            };
            report.at(request.item, &fixed.pointer, message);
        }
    }
}

/// A default route through a subnet without a gateway, or a second one of a family.
///
/// Source: infra-operator `apis/network/v1beta1/ipset_webhook.go`.
pub(crate) fn default_route(model: &Model<'_>, report: &mut Report) {
    for request in model.networks.requests() {
        let mut families = Vec::new();
        for asked in request.networks.iter().filter(|asked| asked.default_route) {
            let Some(subnet) = request.subnet(asked) else { continue };
            let Some(net) = subnet.cidr.as_ref().and_then(|cidr| cidr.value) else { continue };
            let is_ipv4 = net.addr().is_ipv4();
            let message = if subnet.gateway.is_none() {
                "the default route is to go by this network, and its subnet has no gateway; give it one, or take \
                 defaultRoute out"
            } else if families.contains(&is_ipv4) {
                "another network of the same family has the default route already; leave one"
            } else {
                families.push(is_ipv4);
                continue;
            };
            report.at(request.item, &under(&asked.pointer, &["defaultRoute"]), message);
        }
    }
}
