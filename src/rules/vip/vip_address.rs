//! `vip-address`: MetalLB takes one address, or one IPv4 and one IPv6 address with a comma between.

use std::net::IpAddr;

use crate::krm::Severity;
use crate::model::{Model, Vip};
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "vip-address",
    severity: Severity::Error,
    summary: "What a Service asks for is not one address, or one of each family.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    for vip in model.vips.iter().filter(|vip| vip.is_certain()) {
        if let (Some(pin), Some(message)) = (vip.pin(), fault(vip)) {
            report.at(&vip.item, &pin.fact.pointer, message);
        }
        let field = vip.load_balancer_ip.as_ref().filter(|_| vip.item.is("", "Service"));
        if let Some(field) = field.filter(|field| field.text.parse::<IpAddr>().is_err()) {
            report.at(&vip.item, &field.pointer, format!("{:?} is no IP address; write one", field.text));
        }
    }
}

/// What is wrong with the annotation. IPv4 in IPv6 clothes is IPv4, as for MetalLB.
fn fault(vip: &Vip<'_>) -> Option<String> {
    let pin = vip.pin()?;
    let mut families = pin.addresses.iter().flatten().map(|ip| ip.to_canonical().is_ipv4());
    match (pin.addresses.iter().find_map(|ip| ip.err()), families.next(), families.next(), families.next()) {
        (Some(word), ..) => Some(format!(
            "{word:?} is no IP address; write one, or one IPv4 and one IPv6 with a comma between"
        )),
        (None, Some(one), Some(other), None) if one == other => {
            Some("both addresses are of one family; a Service has one of each at most".to_owned())
        }
        (None, .., Some(_)) => Some("a Service has two addresses at most, one of each family".to_owned()),
        _ => None,
    }
}
