//! Every place of an `OpenStackControlPlane` where a Service is overridden.
//!
//! Source: openstack-operator `config/crd/bases/core.openstack.org_openstackcontrolplanes.yaml` (paths, defaults of
//! `enabled`), `config/samples` and the architecture repository (which pool an endpoint draws from, whether it
//! shares). A test walks the CRD and fails where this table misses or invents a path.

use super::ports::{DNS, Ports, TCP, UDP};
use crate::path;
use crate::path::Path;

/// What stands at the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OverrideShape {
    /// A map by endpoint: `internal`, `public`.
    Keyed,
    /// One override.
    Single,
    /// A list, one override for each pod.
    List,
    /// A bare map of annotations: no override, but a Service is made from it.
    Annotations,
}

/// Who may have the same address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sharing {
    /// Services of the pool share one address; ports keep them apart.
    Pool,
    /// Each has its own: RabbitMQ's instances all listen on the same ports.
    Never,
}

/// When the service behind an endpoint runs: a field below `spec`, and what its absence means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Switch {
    /// The path of a bool below `spec`, `{name}` for the wildcard of the endpoint's path.
    pub path: Path,
    /// The CRD's default.
    pub default: bool,
    /// Whether the service runs where the bool is true, or where it is not.
    pub wanted: bool,
}

/// One override path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Endpoint {
    /// The name that the config uses; `{name}` stands for the path's wildcard.
    pub name: &'static str,
    /// The path below `spec`, `{…}` for any key.
    pub path: Path,
    /// What stands there.
    pub shape: OverrideShape,
    /// The base pool that upstream draws from; none where upstream leaves the endpoint without an address.
    pub pool: Option<&'static str>,
    /// What its Service listens on.
    pub ports: Ports,
    /// Who may have the same address.
    pub sharing: Sharing,
    /// All must be on for the service to run.
    pub switches: &'static [Switch],
    /// Whether only the public endpoint stands here, which a Route serves.
    pub public_only: bool,
    /// Whether the CRD takes a Service's whole spec here, of which the operator takes over `OVERRIDDEN_FIELDS` alone.
    pub is_whole_spec: bool,
}

/// One TCP port.
macro_rules! tcp {
    ($port:literal) => {
        Fixed(&[(TCP, $port)])
    };
}

/// Runs unless it is switched off.
macro_rules! on {
    ($path:literal) => {
        Switch { path: path!($path), default: true, wanted: true }
    };
}

/// Runs where it is switched on.
macro_rules! off {
    ($path:literal) => {
        Switch { path: path!($path), default: false, wanted: true }
    };
}

/// Runs unless this is switched on.
macro_rules! without {
    ($path:literal) => {
        Switch { path: path!($path), default: false, wanted: false }
    };
}

const fn row(
    name: &'static str,
    shape: OverrideShape,
    pool: Option<&'static str>,
    ports: Ports,
    path: Path,
    switches: &'static [Switch],
) -> Endpoint {
    let sharing = Sharing::Pool;
    Endpoint { name, path, shape, pool, ports, sharing, switches, public_only: false, is_whole_spec: false }
}

const fn alone(endpoint: Endpoint) -> Endpoint {
    Endpoint { sharing: Sharing::Never, ..endpoint }
}

const fn public(endpoint: Endpoint) -> Endpoint {
    Endpoint { public_only: true, ..endpoint }
}

const fn whole_spec(endpoint: Endpoint) -> Endpoint {
    Endpoint { is_whole_spec: true, ..endpoint }
}

use OverrideShape::{Annotations, Keyed, List, Single};
use Ports::{ByDatabase, ByTls, Chosen, Fixed};

const INTERNALAPI: Option<&str> = Some("internalapi");
const CTLPLANE: Option<&str> = Some("ctlplane");

/// Where RabbitMQ's Service was described before it had an override.
pub const RABBITMQ_SERVICE: Path = path!("spec.rabbitmq.templates.*.service");

/// The fields of a Service's spec that the operators take over from an override.
///
/// Source: lib-common `modules/common/service/types.go` (`OverrideServiceSpec`).
pub const OVERRIDDEN_FIELDS: [&str; 9] = [
    "externalName",
    "externalTrafficPolicy",
    "internalTrafficPolicy",
    "ipFamilyPolicy",
    "loadBalancerClass",
    "loadBalancerSourceRanges",
    "sessionAffinity",
    "sessionAffinityConfig",
    "type",
];

/// Whether Ironic runs.
pub const IRONIC: Switch = off!("ironic.enabled");

/// Where the DHCP ranges of Ironic's conductors stand.
pub const CONDUCTOR_RANGES: Path = path!("spec.ironic.template.ironicConductors.[].dhcpRanges.[]");
/// Where those of its inspector stand.
pub const INSPECTOR_RANGES: Path = path!("spec.ironic.template.ironicInspector.dhcpRanges.[]");
/// Where Ironic's DHCP ranges stand.
pub const DHCP_RANGES: [Path; 2] = [CONDUCTOR_RANGES, INSPECTOR_RANGES];

/// Where a control plane sets dnsmasq's options.
pub const DNS_OPTION_KEYS: Path = path!("spec.dns.template.options.[].key");

/// Where a control plane names its region.
pub const REGION: Path = path!("spec.keystone.template.region");
/// The CRD's default of it.
pub const REGION_DEFAULT: &str = "regionOne";

/// The table: 29 override paths and the one bare map that still makes a Service.
#[rustfmt::skip]
pub const ENDPOINTS: &[Endpoint] = &[
    row("aodh", Keyed, None, tcp!(8042),
        path!("telemetry.template.autoscaling.aodh.override.service"),
        &[on!("telemetry.enabled"), off!("telemetry.template.autoscaling.enabled")]),
    row("barbican", Keyed, INTERNALAPI, tcp!(9311),
        path!("barbican.template.barbicanAPI.override.service"), &[on!("barbican.enabled")]),
    row("cinder", Keyed, INTERNALAPI, tcp!(8776),
        path!("cinder.template.cinderAPI.override.service"), &[on!("cinder.enabled")]),
    row("cloudkitty", Keyed, INTERNALAPI, tcp!(8889),
        path!("telemetry.template.cloudkitty.cloudKittyAPI.override.service"),
        &[on!("telemetry.enabled"), off!("telemetry.template.cloudkitty.enabled")]),
    row("designate", Keyed, INTERNALAPI, tcp!(9001),
        path!("designate.template.designateAPI.override.service"), &[off!("designate.enabled")]),
    row("designate-bind9", List, Some("designateext"), DNS,
        path!("designate.template.designateBackendbind9.override.services"), &[off!("designate.enabled")]),
    row("designate-mdns", List, None, Fixed(&[(UDP, 5354), (TCP, 5354)]),
        path!("designate.template.designateMdns.override.services"), &[off!("designate.enabled")]),
    row("designate-unbound", List, None, DNS,
        path!("designate.template.designateUnbound.override.services"), &[off!("designate.enabled")]),
    row("dns", Single, CTLPLANE, DNS,
        path!("dns.template.override.service"), &[on!("dns.enabled")]),
    row("glance.{name}", Keyed, INTERNALAPI, tcp!(9292),
        path!("glance.template.glanceAPIs.{name}.override.service"), &[on!("glance.enabled")]),
    row("heat", Keyed, INTERNALAPI, tcp!(8004),
        path!("heat.template.heatAPI.override.service"), &[off!("heat.enabled")]),
    row("heat-cfn", Keyed, None, tcp!(8000),
        path!("heat.template.heatCfnAPI.override.service"), &[off!("heat.enabled")]),
    public(row("horizon", Single, None, ByTls(&[(TCP, 80)], &[(TCP, 443)]),
        path!("horizon.template.override.service"), &[off!("horizon.enabled")])),
    row("ironic", Keyed, CTLPLANE, tcp!(6385),
        path!("ironic.template.ironicAPI.override.service"), &[off!("ironic.enabled")]),
    row("ironic-inspector", Keyed, CTLPLANE, tcp!(5050),
        path!("ironic.template.ironicInspector.override.service"), &[off!("ironic.enabled")]),
    row("keystone", Keyed, INTERNALAPI, tcp!(5000),
        path!("keystone.template.override.service"),
        &[on!("keystone.enabled"), without!("keystone.template.externalKeystoneAPI")]),
    row("logging", Annotations, INTERNALAPI, Chosen(10514),
        path!("telemetry.template.logging.annotations"),
        &[on!("telemetry.enabled"), off!("telemetry.template.logging.enabled")]),
    row("manila", Keyed, INTERNALAPI, tcp!(8786),
        path!("manila.template.manilaAPI.override.service"), &[off!("manila.enabled")]),
    row("neutron", Keyed, INTERNALAPI, tcp!(9696),
        path!("neutron.template.override.service"), &[on!("neutron.enabled")]),
    row("nova", Keyed, INTERNALAPI, tcp!(8774),
        path!("nova.template.apiServiceTemplate.override.service"), &[on!("nova.enabled")]),
    row("nova-metadata", Single, INTERNALAPI, tcp!(8775),
        path!("nova.template.metadataServiceTemplate.override.service"),
        &[on!("nova.enabled"), on!("nova.template.metadataServiceTemplate.enabled")]),
    row("nova-metadata.{name}", Single, INTERNALAPI, tcp!(8775),
        path!("nova.template.cellTemplates.{name}.metadataServiceTemplate.override.service"),
        &[on!("nova.enabled"), off!("nova.template.cellTemplates.{name}.metadataServiceTemplate.enabled")]),
    public(row("nova-novncproxy.{name}", Single, None, tcp!(6080),
        path!("nova.template.cellTemplates.{name}.noVNCProxyServiceTemplate.override.service"),
        &[on!("nova.enabled"), on!("nova.template.cellTemplates.{name}.noVNCProxyServiceTemplate.enabled")])),
    row("octavia", Keyed, None, tcp!(9876),
        path!("octavia.template.octaviaAPI.override.service"), &[off!("octavia.enabled")]),
    row("ovn.{name}", Single, None, ByDatabase(&[(TCP, 6641), (TCP, 6643)], &[(TCP, 6642), (TCP, 6644)]),
        path!("ovn.template.ovnDBCluster.{name}.override.service"), &[on!("ovn.enabled")]),
    row("placement", Keyed, INTERNALAPI, tcp!(8778),
        path!("placement.template.override.service"), &[on!("placement.enabled")]),
    alone(row("rabbitmq-pods.{name}", List, None, Fixed(&[(TCP, 5671), (TCP, 5672)]),
        path!("rabbitmq.templates.{name}.podOverride.services"), &[on!("rabbitmq.enabled")])),
    alone(whole_spec(row("rabbitmq.{name}", Single, INTERNALAPI,
        ByTls(&[(TCP, 5672), (TCP, 15672), (TCP, 15692)], &[(TCP, 5671), (TCP, 15671), (TCP, 15691)]),
        path!("rabbitmq.templates.{name}.override.service"), &[on!("rabbitmq.enabled")]))),
    row("swift", Keyed, INTERNALAPI, tcp!(8080),
        path!("swift.template.swiftProxy.override.service"), &[on!("swift.enabled")]),
    row("watcher", Keyed, None, tcp!(9322),
        path!("watcher.template.apiServiceTemplate.override.service"), &[off!("watcher.enabled")]),
];

/// Where Keystone of another control plane is used: no Service is made, URLs point elsewhere on purpose.
pub const EXTERNAL_KEYSTONE: Path = path!("spec.keystone.template.externalKeystoneAPI");
/// The namespace of the logging Service.
pub const LOGGING_NAMESPACE: Path = path!("spec.telemetry.template.logging.cloNamespace");
/// What `cloNamespace` is where it is absent.
pub const LOGGING_NAMESPACE_DEFAULT: &str = "openshift-logging";
/// What the CRD fills in where `logging.annotations` is absent: the address in pool `internalapi`.
pub const LOGGING_ADDRESS_DEFAULT: &str = "172.17.0.80";

/// Whether the operators set up TLS for the services' pods, and with it for their Services.
pub const POD_TLS: Switch = on!("tls.podLevel.enabled");
/// Where a service names the Secret of a certificate of its own, below its template.
pub const OWN_TLS: Path = path!("tls.secretName");
/// Which database an OVN cluster holds, below its template, and the CRD's default.
pub const OVN_DATABASE: (Path, &str) = (path!("dbType"), "NB");
/// The port of the logging Service, beside its annotations.
pub const LOGGING_PORT: Path = path!("port");

impl Endpoint {
    /// The endpoint's name with the wildcard filled in.
    #[must_use]
    pub fn name_of(&self, wildcard: Option<&str>) -> String {
        self.name.replace("{name}", wildcard.unwrap_or_default())
    }

    /// The name without the wildcard: `glance` for `glance.{name}`, in the config all of them.
    #[must_use]
    pub fn family(&self) -> &'static str {
        self.name.split('.').next().unwrap_or(self.name)
    }
}
