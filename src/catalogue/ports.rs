//! The ports that the Services behind the endpoints listen on: two of one port cannot share an address.
//!
//! Source: the operators' Services (`internal/*/const.go`, `controllers/*_controller.go`) and the RHOSO port tables.

use super::endpoints::Endpoint;

/// A transport protocol and a port number.
pub type Port = (&'static str, u16);

const TCP: &str = "TCP";
const UDP: &str = "UDP";

/// Ports by the endpoint's name without its wildcard.
const PORTS: &[(&str, &[Port])] = &[
    ("aodh", &[(TCP, 8042)]),
    ("barbican", &[(TCP, 9311)]),
    ("cinder", &[(TCP, 8776)]),
    ("cloudkitty", &[(TCP, 8889)]),
    ("designate", &[(TCP, 9001)]),
    ("designate-bind9", &[(UDP, 53), (TCP, 53)]),
    ("designate-mdns", &[(UDP, 5354), (TCP, 5354)]),
    ("designate-unbound", &[(UDP, 53), (TCP, 53)]),
    ("dns", &[(UDP, 53), (TCP, 53)]),
    ("glance", &[(TCP, 9292)]),
    ("heat", &[(TCP, 8004)]),
    ("heat-cfn", &[(TCP, 8000)]),
    ("horizon", &[(TCP, 443)]),
    ("ironic", &[(TCP, 6385)]),
    ("ironic-inspector", &[(TCP, 5050)]),
    ("keystone", &[(TCP, 5000)]),
    ("logging", &[(TCP, 10514)]),
    ("manila", &[(TCP, 8786)]),
    ("neutron", &[(TCP, 9696)]),
    ("nova", &[(TCP, 8774)]),
    ("nova-metadata", &[(TCP, 8775)]),
    ("nova-novncproxy", &[(TCP, 6080)]),
    ("octavia", &[(TCP, 9876)]),
    ("ovn.ovndbcluster-nb", &[(TCP, 6641)]),
    ("ovn.ovndbcluster-sb", &[(TCP, 6642)]),
    ("placement", &[(TCP, 8778)]),
    ("rabbitmq", &[(TCP, 5671), (TCP, 5672)]),
    ("rabbitmq-pods", &[(TCP, 5671), (TCP, 5672)]),
    ("swift", &[(TCP, 8080)]),
    ("watcher", &[(TCP, 9322)]),
];

/// The ports of an endpoint of this name, whose row this is; none where they are not known.
#[must_use]
pub fn ports(row: &Endpoint, name: &str) -> &'static [Port] {
    let find = |wanted: &str| PORTS.iter().find(|(known, _)| *known == wanted).map(|(_, ports)| *ports);
    find(name).or_else(|| find(row.family())).unwrap_or_default()
}
