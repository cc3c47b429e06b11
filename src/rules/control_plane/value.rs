//! Values in the control plane's templates that the API server or a webhook rejects.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::catalogue::endpoints::{DHCP_RANGES, DNS_OPTION_KEYS, IRONIC};
use crate::find::{select, under};
use crate::krm::Item;
use crate::model::Model;
use crate::path;
use crate::path::Path;
use crate::rules::Report;
use crate::yaml::{Node, PointerBuf};

/// The options that the CRD's enum lists.
const KEYS: [&str; 18] = [
    "auth-zone",
    "caa-record",
    "cname",
    "dhcp-ttl",
    "dns-rr",
    "host-record",
    "local",
    "local-ttl",
    "max-ttl",
    "naptr-record",
    "no-negcache",
    "ptr-record",
    "rebind-domain-ok",
    "rev-server",
    "server",
    "srv-host",
    "synth-domain",
    "txt-record",
];

/// A dnsmasq option that the CRD does not accept.
///
/// Source: infra-operator `apis/network/v1beta1/dnsmasq_types.go` (an enum), which the control plane's CRD repeats.
pub(crate) fn dns_option(model: &Model<'_>, report: &mut Report) {
    for plane in &model.control_planes {
        of_options(&plane.item, DNS_OPTION_KEYS, report);
    }
    for item in model.objects.iter().filter(|item| item.is("network.openstack.org", "DNSMasq")) {
        of_options(item, path!("spec.options.[].key"), report);
    }
}

fn of_options(item: &Item<'_>, path: Path, report: &mut Report) {
    for option in select(item.node, path) {
        let unknown = option.node.text().filter(|key| !KEYS.contains(key));
        if let Some(key) = unknown {
            let message = format!(
                "{key:?} is no option that the API server takes here; write one of {}",
                KEYS.join(", ")
            );
            report.at(item, &option.pointer, message);
        }
    }
}

/// A DHCP range of Ironic outside its own CIDR, or whose start is not below its end.
///
/// Source: ironic-operator `api/v1beta1/ironic_webhook.go` (`validateDHCPRange`), called by the control plane's
/// webhook if Ironic is on. The webhook skips a range without a gateway, which dnsmasq then cannot serve.
pub(crate) fn dhcp_range(model: &Model<'_>, report: &mut Report) {
    for plane in model.control_planes.iter().filter(|plane| plane.is_on(&IRONIC)) {
        for range in DHCP_RANGES.into_iter().flat_map(|path| select(plane.item.node, path)) {
            of_range(&plane.item, &range.pointer, range.node, report);
        }
    }
}

fn of_range(item: &Item<'_>, place: &PointerBuf, range: &Node<'_>, report: &mut Report) {
    let text = |key: &str| range.get(key).and_then(Node::text).filter(|text| !text.is_empty());
    let address = |key: &str| text(key).map(|text| text.parse::<IpAddr>().map(|ip| ip.to_canonical()));
    let net = text("cidr").map(str::parse::<IpNet>);
    let Some(Ok(net)) = net else {
        let message = match text("cidr") {
            Some(cidr) => format!("{cidr:?} is no CIDR; write one, such as 172.20.1.0/24"),
            None => "the range has no cidr; write one, such as 172.20.1.0/24".to_owned(),
        };
        return report.at(item, &under(place, &["cidr"]), message);
    };
    for key in ["start", "end", "gateway"] {
        let message = match address(key) {
            None if key != "gateway" => format!("the address is missing; write one of {net}"),
            Some(Err(_)) => {
                format!("{:?} is no IP address; write one of {net}", text(key).unwrap_or_default())
            }
            Some(Ok(ip)) if !net.contains(&ip) => {
                format!("{ip} lies outside the range's own network {net}; write an address of it")
            }
            _ => continue,
        };
        report.at(item, &under(place, &[key]), message);
    }
    if let (Some(Ok(start)), Some(Ok(end))) = (address("start"), address("end"))
        && start >= end
        && start.is_ipv4() == end.is_ipv4()
    {
        let message = format!("the range starts at {start} and ends at {end}; write an end above its start");
        report.add(report.finding(message).at(item, place).without_current());
    }
}
