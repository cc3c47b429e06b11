//! `dns-option`: an option of dnsmasq that the CRD does not take.
//!
//! Source: infra-operator `apis/network/v1beta1/dnsmasq_types.go` (an enum), which the control plane's CRD repeats.

use crate::catalogue::endpoints::DNS_OPTION_KEYS;
use crate::find::select;
use crate::krm::Item;
use crate::model::Model;
use crate::path;
use crate::path::Path;
use crate::rules::Report;

/// The keys of the enum.
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

pub(super) fn check(model: &Model<'_>, report: &mut Report) {
    for plane in &model.control_planes {
        of_item(&plane.item, DNS_OPTION_KEYS, report);
    }
    for item in model.objects.iter().filter(|item| item.is("network.openstack.org", "DNSMasq")) {
        of_item(item, path!("spec.options.[].key"), report);
    }
}

fn of_item(item: &Item<'_>, path: Path, report: &mut Report) {
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
