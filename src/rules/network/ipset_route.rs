//! `ipset-route`: a default route by a subnet that has no gateway, or a second one of the same family.
//!
//! Source: infra-operator `apis/network/v1beta1/ipset_webhook.go`.

use super::requested::requests;
use crate::model::{Model, under};
use crate::rules::Report;

pub(super) fn check(model: &Model<'_>, report: &mut Report) {
    for request in requests(model) {
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
