//! The addresses that a Service asks for, by themselves.

use std::net::IpAddr;

use crate::model::{Model, Vip};
use crate::rules::Report;

/// An address by annotation and by field: MetalLB refuses a Service with both, even where they are equal.
///
/// Of an override today's operators do not take `spec.loadBalancerIP` over, and older ones did: either way one of the
/// two is wrong.
pub(crate) fn asked_twice(model: &Model<'_>, report: &mut Report) {
    for vip in model.vips.iter().filter(|vip| vip.is_service() && vip.is_certain()) {
        if let (Some(pin), Some(field)) = (vip.pin(), &vip.load_balancer_ip) {
            let message = format!(
                "the annotation loadBalancerIPs asks for {:?} too, and MetalLB refuses a Service with both; take \
                 spec.loadBalancerIP out",
                pin.fact.text
            );
            report.at(&vip.item, &field.pointer, message);
        }
    }
}

/// MetalLB takes one address, or one IPv4 and one IPv6 address with a comma between.
pub(crate) fn syntax(model: &Model<'_>, report: &mut Report) {
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

/// Both addresses of a Service must be in one pool.
pub(crate) fn of_two_pools(model: &Model<'_>, report: &mut Report) {
    for vip in model.vips.iter().filter(|vip| vip.is_certain()) {
        let wanted = vip.wanted();
        let [(pointer, one), (_, other)] = wanted.as_slice() else { continue };
        if let (Some(first), Some(second)) = (model.pool_of(*one), model.pool_of(*other))
            && first.name != second.name
        {
            let message = format!(
                "{one} is in IPAddressPool {} and {other} in {}, and MetalLB takes both from one pool; put both families \
                 into one pool",
                first.name, second.name
            );
            report.at(&vip.item, pointer, message);
        }
    }
}
