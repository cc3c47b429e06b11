//! Which Services openstack-operator and the service operators make of an OpenStackControlPlane: data only.
//!
//! Made from the operators' sources and not from the function's own catalogue, so that one can be wrong
//! without the other.

use Protocol::{Tcp, Udp};

#[derive(Clone, Copy)]
pub(crate) enum Protocol {
    Tcp,
    Udp,
}

/// A place under `spec` where an override lives, and the Service that it configures. `{x}` matches any key of a
/// map and stands for it in the name; `x[]` is a list whose index is `{i}`.
pub(crate) struct Row {
    pub(crate) path: &'static str,
    pub(crate) service: &'static str,
    pub(crate) ports: &'static [(u16, Protocol)],
    /// Whether a LoadBalancer gets the annotation from which the DNS operator makes its record.
    pub(crate) hostname: bool,
}

/// Places where nothing runs unless `enabled` is true; elsewhere a missing `enabled` means that it runs.
pub(crate) const OFF_BY_DEFAULT: [&str; 11] = [
    "designate",
    "heat",
    "horizon",
    "ironic",
    "manila",
    "nova.template.cellTemplates.{c}.metadataServiceTemplate",
    "octavia",
    "telemetry.template.autoscaling",
    "telemetry.template.cloudkitty",
    "telemetry.template.logging",
    "watcher",
];

/// The Service outside the instance's namespace: no override, but a bare map of annotations.
pub(crate) const LOGGING: Row = Row {
    path: "telemetry.template.logging",
    service: "openstack-logging-{namespace}",
    ports: &[(10514, Tcp)],
    hostname: false,
};

const DNS: &[(u16, Protocol)] = &[(53, Udp), (53, Tcp)];
/// The northbound database listens at the first, the southbound at the second.
const OVSDB: &[(u16, Protocol)] = &[(6641, Tcp), (6642, Tcp)];
const RABBITMQ: &[(u16, Protocol)] = &[(5671, Tcp), (15671, Tcp)];

const fn row(path: &'static str, service: &'static str, ports: &'static [(u16, Protocol)]) -> Row {
    Row { path, service, ports, hostname: true }
}

const fn unnamed(path: &'static str, service: &'static str, ports: &'static [(u16, Protocol)]) -> Row {
    Row { path, service, ports, hostname: false }
}

#[rustfmt::skip]
pub(crate) const ROWS: [Row; 29] = [
    row("barbican.template.barbicanAPI.override.service.{e}", "barbican-{e}", &[(9311, Tcp)]),
    row("cinder.template.cinderAPI.override.service.{e}", "cinder-{e}", &[(8776, Tcp)]),
    row("designate.template.designateAPI.override.service.{e}", "designate-{e}", &[(9001, Tcp)]),
    unnamed("designate.template.designateBackendbind9.override.services[]", "designate-backendbind9-{i}", DNS),
    unnamed("designate.template.designateMdns.override.services[]", "designate-mdns-{i}", &[(5354, Tcp), (5354, Udp)]),
    unnamed("designate.template.designateUnbound.override.services[]", "designate-unbound-{i}", DNS),
    unnamed("dns.template.override.service", "dnsmasq-dns", DNS),
    row("glance.template.glanceAPIs.{n}.override.service.{e}", "glance-{n}-{e}", &[(9292, Tcp)]),
    row("heat.template.heatAPI.override.service.{e}", "heat-api-{e}", &[(8004, Tcp)]),
    row("heat.template.heatCfnAPI.override.service.{e}", "heat-cfnapi-{e}", &[(8000, Tcp)]),
    row("horizon.template.override.service", "horizon", &[(443, Tcp)]),
    row("ironic.template.ironicAPI.override.service.{e}", "ironic-{e}", &[(6385, Tcp)]),
    row("ironic.template.ironicInspector.override.service.{e}", "ironic-inspector-{e}", &[(5050, Tcp)]),
    row("keystone.template.override.service.{e}", "keystone-{e}", &[(5000, Tcp)]),
    row("manila.template.manilaAPI.override.service.{e}", "manila-{e}", &[(8786, Tcp)]),
    row("neutron.template.override.service.{e}", "neutron-{e}", &[(9696, Tcp)]),
    row("nova.template.apiServiceTemplate.override.service.{e}", "nova-{e}", &[(8774, Tcp)]),
    row("nova.template.cellTemplates.{c}.metadataServiceTemplate.override.service", "nova-metadata-{c}-internal", &[(8775, Tcp)]),
    row("nova.template.cellTemplates.{c}.noVNCProxyServiceTemplate.override.service", "nova-novncproxy-{c}-public", &[(6080, Tcp)]),
    row("nova.template.metadataServiceTemplate.override.service", "nova-metadata-internal", &[(8775, Tcp)]),
    row("octavia.template.octaviaAPI.override.service.{e}", "octavia-{e}", &[(9876, Tcp)]),
    row("ovn.template.ovnDBCluster.{n}.override.service", "ovsdbserver-{dbType}", OVSDB),
    row("placement.template.override.service.{e}", "placement-{e}", &[(8778, Tcp)]),
    row("rabbitmq.templates.{n}.override.service", "{n}", RABBITMQ),
    row("rabbitmq.templates.{n}.podOverride.services[]", "{n}-server-{i}", RABBITMQ),
    row("swift.template.swiftProxy.override.service.{e}", "swift-{e}", &[(8080, Tcp)]),
    row("telemetry.template.autoscaling.aodh.override.service.{e}", "aodh-{e}", &[(8042, Tcp)]),
    row("telemetry.template.cloudkitty.cloudKittyAPI.override.service.{e}", "cloudkitty-{e}", &[(8889, Tcp)]),
    row("watcher.template.apiServiceTemplate.override.service.{e}", "watcher-{e}", &[(9322, Tcp)]),
];
