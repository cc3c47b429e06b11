//! `ipset-network`: a node or an `IPSet` that asks for a network which the `NetConfig` lacks, or for one twice.
//!
//! Source: infra-operator `apis/network/v1beta1/ipset_webhook.go`. Names are found in any case, and are one twice only
//! in the same.

use std::collections::BTreeSet;

use super::requested::{Request, requests};
use crate::model::{Model, NodeNetwork};
use crate::rules::Report;

pub(super) fn check(model: &Model<'_>, report: &mut Report) {
    for request in requests(model) {
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
