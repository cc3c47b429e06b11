//! Every path of `OpenStackControlPlane` at which a Service is overridden, with what upstream does there.
//!
//! Source: openstack-operator `config/crd/bases/core.openstack.org_openstackcontrolplanes.yaml` (paths, defaults of
//! `enabled`), `config/samples` and the architecture repository (which pool an endpoint draws from, whether it
//! shares). A test walks the CRD and fails where this table misses or invents a path.

pub use super::switch::Switch;
use super::switch::{off, on, without};

use super::ports::{DNS, Ports, TCP, UDP};
use crate::path;
use crate::path::Path;

/// The shape of what stands at the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OverrideShape {
    /// A map by endpoint type: `internal`, `public`.
    Keyed,
    /// One override.
    Single,
    /// A list with one override for each pod.
    List,
    /// A bare map of annotations, from which a Service is made.
    Annotations,
}

/// Which Services may share the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sharing {
    /// All Services of the pool share one address and differ in ports.
    Pool,
    /// None: every RabbitMQ listens on the same ports.
    Never,
}

/// One override path, a row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Endpoint {
    /// The endpoint's name in the config; `{name}` stands for the path's wildcard.
    pub name: &'static str,
    /// The path below `spec`; `{…}` is any key.
    pub path: Path,
    /// The shape of what stands there.
    pub shape: OverrideShape,
    /// The pool from which upstream draws; `None` if upstream gives the endpoint no address.
    pub pool: Option<&'static str>,
    /// The ports of its Service.
    pub ports: Ports,
    /// Which Services may share its address.
    pub sharing: Sharing,
    /// The service runs if all of these have their wanted value.
    pub switches: &'static [Switch],
    /// Whether this is only the public endpoint, which a Route serves.
    pub public_only: bool,
    /// Whether the CRD accepts a whole Service spec here, of which the operator applies `OVERRIDDEN_FIELDS` only.
    pub is_whole_spec: bool,
}

/// One TCP port.
macro_rules! tcp {
    ($port:literal) => {
        Fixed(&[(TCP, $port)])
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

/// RabbitMQ's Service settings from before it had an override.
pub const RABBITMQ_SERVICE: Path = path!("spec.rabbitmq.templates.*.service");

/// The fields of a Service spec that the operators apply from an override.
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

/// The DHCP ranges of Ironic's conductors.
pub const CONDUCTOR_RANGES: Path = path!("spec.ironic.template.ironicConductors.[].dhcpRanges.[]");
/// The DHCP ranges of Ironic's inspector.
pub const INSPECTOR_RANGES: Path = path!("spec.ironic.template.ironicInspector.dhcpRanges.[]");
/// All DHCP ranges of Ironic.
pub const DHCP_RANGES: [Path; 2] = [CONDUCTOR_RANGES, INSPECTOR_RANGES];

/// The keys of dnsmasq's options.
pub const DNS_OPTION_KEYS: Path = path!("spec.dns.template.options.[].key");

/// The name of the control plane's Keystone region.
pub const REGION: Path = path!("spec.keystone.template.region");
/// Its CRD default.
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

/// Whether another control plane's Keystone is used: then no Service is made, and Keystone's URLs point there on
/// purpose.
pub const EXTERNAL_KEYSTONE: Path = path!("spec.keystone.template.externalKeystoneAPI");
/// The namespace of the logging Service; `LOGGING_NAMESPACE_DEFAULT` if absent.
pub const LOGGING_NAMESPACE: Path = path!("spec.telemetry.template.logging.cloNamespace");
/// The CRD's default of `cloNamespace`.
pub const LOGGING_NAMESPACE_DEFAULT: &str = "openshift-logging";
/// The CRD's default address where `logging.annotations` is absent, in the pool `internalapi`.
pub const LOGGING_ADDRESS_DEFAULT: &str = "172.17.0.80";

/// Whether the operators set up TLS for the services' pods, and so for their Services.
pub const POD_TLS: Switch = on!("tls.podLevel.enabled");
/// The Secret with a service's own certificate, below its template.
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

    /// The name without the wildcard, `glance` for `glance.{name}`; in the config it means all of them.
    #[must_use]
    pub fn family(&self) -> &'static str {
        self.name.split('.').next().unwrap_or(self.name)
    }
}
