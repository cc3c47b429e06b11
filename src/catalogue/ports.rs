//! The ports of the endpoints' Services: two Services with a port in common cannot share an address.
//!
//! The Services' ports, not their pods'. Ports that something outside the control plane decides on are left out: OVN's
//! metrics port needs an exporter image, full access to its southbound database a newer operator.
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

/// A transport protocol and a port number.
pub type Port = (&'static str, u16);

/// The protocol of most ports.
pub const TCP: &str = "TCP";
/// The protocol of DNS; nothing else here uses it.
pub const UDP: &str = "UDP";

/// The settings of a control plane on which an endpoint's ports depend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting<'a> {
    /// Whether the service uses TLS.
    pub tls: bool,
    /// The OVN database: `NB` or `SB`.
    pub database: &'a str,
    /// The port that the control plane sets, if any.
    pub written: Option<u16>,
}

/// The ports of a Service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ports {
    /// Always the same.
    Fixed(&'static [Port]),
    /// Without TLS, with TLS.
    ByTls(&'static [Port], &'static [Port]),
    /// OVN's northbound database, its southbound one.
    ByDatabase(&'static [Port], &'static [Port]),
    /// One TCP port, by default this one; the control plane may set another.
    Chosen(u16),
}

/// The ports of a DNS server.
pub const DNS: Ports = Ports::Fixed(&[(UDP, 53), (TCP, 53)]);

impl Ports {
    /// The ports of a Service; empty if they are not known.
    #[must_use]
    pub fn of(self, setting: Setting<'_>) -> Vec<Port> {
        match self {
            Self::Fixed(ports) => ports.to_vec(),
            Self::ByTls(plain, tls) => if setting.tls { tls } else { plain }.to_vec(),
            Self::ByDatabase(north, south) => match setting.database {
                "NB" => north.to_vec(),
                "SB" => south.to_vec(),
                _ => Vec::new(),
            },
            Self::Chosen(default) => vec![(TCP, setting.written.unwrap_or(default))],
        }
    }
}
