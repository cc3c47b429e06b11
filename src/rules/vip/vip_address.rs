//! `vip-address`: MetalLB takes one address, or one IPv4 and one IPv6 address with a comma between.

use std::net::IpAddr;

use crate::krm::Severity;
use crate::model::Model;
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "vip-address",
    severity: Severity::Error,
    summary: "What loadBalancerIPs asks for is not one address, or one of each family.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    for vip in model.vips.iter().filter(|vip| vip.is_certain()) {
        let Some(pin) = vip.pin() else { continue };
        let families: Vec<bool> = pin.addresses.iter().flatten().map(IpAddr::is_ipv4).collect();
        let message = match (pin.addresses.iter().find_map(|ip| ip.err()), families.as_slice()) {
            (Some(word), _) => {
                format!("{word:?} is no IP address; write one, or one IPv4 and one IPv6 with a comma between")
            }
            (None, [one, other]) if one == other => {
                "both addresses are of one family; a Service has one of each at most".to_owned()
            }
            (None, [_, _, _, ..]) => "a Service has two addresses at most, one of each family".to_owned(),
            _ => continue,
        };
        report.at(&vip.item, &pin.fact.pointer, message);
    }
}
