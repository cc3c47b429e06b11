//! `netconfig-subnet`: a CIDR that the webhook cannot read, or that stands in the `NetConfig` twice.
//!
//! The webhook compares CIDRs as texts, so only equal texts are refused.

use std::collections::BTreeMap;

use crate::model::Model;
use crate::rules::Report;

pub(super) fn check(model: &Model<'_>, report: &mut Report) {
    for config in &model.networks.net_configs {
        let mut first: BTreeMap<&str, &str> = BTreeMap::new();
        for (network, subnet) in config.subnets() {
            let Some(cidr) = &subnet.cidr else { continue };
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
