//! The ports of the Services behind the endpoints: two Services with one port cannot share an address.
//!
//! A Service's ports, not those that its pods listen on. A port that something outside of the control plane decides
//! about is left out: OVN's metrics need an exporter's image, its full access to the southbound database a newer operator.
//!
//! Source, in the repositories of openstack-k8s-operators:
//!
//! | endpoint | read in |
//! |---|---|
//! | aodh | telemetry-operator `internal/autoscaling/const.go` |
//! | barbican | barbican-operator `internal/barbican/const.go` |
//! | cinder | cinder-operator `internal/cinder/const.go` |
//! | cloudkitty | telemetry-operator `internal/cloudkitty/const.go` |
//! | designate | designate-operator `internal/designate/const.go` |
//! | designate-bind9 | designate-operator `internal/designate/dnsservice.go`, `internal/controller/designatebackendbind9_controller.go` |
//! | designate-mdns | the same, `internal/controller/designatemdns_controller.go` |
//! | designate-unbound | the same file makes none of the override any more; older operators made one for each pod, of port 53 |
//! | dns | infra-operator `internal/controller/network/dnsmasq_controller.go` (its pods listen on another port) |
//! | glance | glance-operator `internal/glance/const.go` |
//! | heat, heat-cfn | heat-operator `internal/heat/const.go` |
//! | horizon | horizon-operator `internal/horizon/const.go` (its pods listen on 8080 and 8443) |
//! | ironic | ironic-operator `internal/ironic/const.go` |
//! | ironic-inspector | ironic-operator, package `ironicinspector` |
//! | keystone | keystone-operator `internal/keystone/const.go` |
//! | logging | telemetry-operator `internal/logging/service.go`; the default is the CRD's |
//! | manila | manila-operator `internal/manila/const.go` |
//! | neutron | neutron-operator `internal/neutronapi/const.go` |
//! | nova, nova-metadata, nova-novncproxy | nova-operator `pkg/novaapi/const.go`, packages `novametadata`, `novncproxy` |
//! | octavia | octavia-operator `internal/octavia/const.go` |
//! | ovn | ovn-operator `internal/ovndbcluster/service.go`, `const.go` |
//! | placement | nova-operator `internal/placement/const.go` |
//! | rabbitmq | infra-operator `internal/rabbitmq/service.go` (with TLS the other listeners are off: its webhook's default) |
//! | rabbitmq-pods | infra-operator `internal/controller/rabbitmq/rabbitmq_controller.go` |
//! | swift | swift-operator `internal/controller/swiftproxy_controller.go`, package `swift` |
//! | watcher | watcher-operator `internal/watcher/constants.go` |

use super::endpoints::Endpoint;

/// A transport protocol and a port number.
pub type Port = (&'static str, u16);

const TCP: &str = "TCP";
const UDP: &str = "UDP";

/// What a control plane says that decides about an endpoint's ports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting<'a> {
    /// Whether the service has TLS.
    pub tls: bool,
    /// Which of OVN's databases it is: `NB`, `SB`.
    pub database: &'a str,
    /// The port that is written.
    pub written: Option<u16>,
}

/// The ports of a Service.
enum Ports {
    /// Always the same.
    Fixed(&'static [Port]),
    /// Without TLS, and with it.
    ByTls(&'static [Port], &'static [Port]),
    /// Of OVN's northbound and southbound database.
    ByDatabase(&'static [Port], &'static [Port]),
    /// One, which the control plane may choose.
    Chosen(u16),
}

use Ports::{ByDatabase, ByTls, Chosen, Fixed};

const DNS: Ports = Fixed(&[(UDP, 53), (TCP, 53)]);

/// Ports by the endpoint's name without its wildcard.
const PORTS: &[(&str, Ports)] = &[
    ("aodh", Fixed(&[(TCP, 8042)])),
    ("barbican", Fixed(&[(TCP, 9311)])),
    ("cinder", Fixed(&[(TCP, 8776)])),
    ("cloudkitty", Fixed(&[(TCP, 8889)])),
    ("designate", Fixed(&[(TCP, 9001)])),
    ("designate-bind9", DNS),
    ("designate-mdns", Fixed(&[(UDP, 5354), (TCP, 5354)])),
    ("designate-unbound", DNS),
    ("dns", DNS),
    ("glance", Fixed(&[(TCP, 9292)])),
    ("heat", Fixed(&[(TCP, 8004)])),
    ("heat-cfn", Fixed(&[(TCP, 8000)])),
    ("horizon", ByTls(&[(TCP, 80)], &[(TCP, 443)])),
    ("ironic", Fixed(&[(TCP, 6385)])),
    ("ironic-inspector", Fixed(&[(TCP, 5050)])),
    ("keystone", Fixed(&[(TCP, 5000)])),
    ("logging", Chosen(10514)),
    ("manila", Fixed(&[(TCP, 8786)])),
    ("neutron", Fixed(&[(TCP, 9696)])),
    ("nova", Fixed(&[(TCP, 8774)])),
    ("nova-metadata", Fixed(&[(TCP, 8775)])),
    ("nova-novncproxy", Fixed(&[(TCP, 6080)])),
    ("octavia", Fixed(&[(TCP, 9876)])),
    ("ovn", ByDatabase(&[(TCP, 6641), (TCP, 6643)], &[(TCP, 6642), (TCP, 6644)])),
    ("placement", Fixed(&[(TCP, 8778)])),
    (
        "rabbitmq",
        ByTls(&[(TCP, 5672), (TCP, 15672), (TCP, 15692)], &[(TCP, 5671), (TCP, 15671), (TCP, 15691)]),
    ),
    ("rabbitmq-pods", Fixed(&[(TCP, 5671), (TCP, 5672)])),
    ("swift", Fixed(&[(TCP, 8080)])),
    ("watcher", Fixed(&[(TCP, 9322)])),
];

/// The ports of an endpoint; none where they are not known.
#[must_use]
pub fn ports(row: &Endpoint, setting: Setting<'_>) -> Vec<Port> {
    let known = PORTS.iter().find(|(family, _)| *family == row.family()).map(|(_, ports)| ports);
    match known {
        None => Vec::new(),
        Some(Fixed(ports)) => ports.to_vec(),
        Some(ByTls(plain, tls)) => if setting.tls { tls } else { plain }.to_vec(),
        Some(ByDatabase(north, south)) => match setting.database {
            "NB" => north.to_vec(),
            "SB" => south.to_vec(),
            _ => Vec::new(),
        },
        Some(Chosen(default)) => vec![(TCP, setting.written.unwrap_or(*default))],
    }
}
