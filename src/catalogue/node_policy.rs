//! The layout of a `NodeNetworkConfigurationPolicy`.
//!
//! Source: nmstate `rust/src/lib/ifaces` (interfaces and their ports), `route.rs`, `dns.rs`.

use crate::path;
use crate::path::Path;

/// The label of a cluster node that holds its host name: a `nodeSelector` by it selects one node.
pub const HOST_NAME: &str = "kubernetes.io/hostname";

/// What the policy asks for.
pub const STATE: Path = path!("spec.desiredState");
/// What the policy reads of a node first; its state then has templates, which are known on that node alone.
pub const CAPTURE: Path = path!("spec.capture");
/// The interfaces.
pub const INTERFACES: Path = path!("spec.desiredState.interfaces.[interface]");
/// The routes.
pub const ROUTES: Path = path!("spec.desiredState.routes.config.[]");
/// The key of all that a policy says of name resolution.
pub const RESOLVER: &str = "dns-resolver";
/// The DNS servers.
pub const DNS_SERVERS: Path = path!("spec.desiredState.dns-resolver.config.server.[]");

/// The ports of a bridge, below its interface.
pub const BRIDGE_PORT: Path = path!("bridge.port.[].name");
/// The ports of a bond.
pub const BOND_PORT: Path = path!("link-aggregation.port.[]");
/// The same, as it was named before nmstate 1.0.
pub const BOND_SLAVE: Path = path!("link-aggregation.slaves.[]");
/// The ports of a VRF.
pub const VRF_PORT: Path = path!("vrf.port.[]");
/// Where an interface names its ports. A port has one controller (its master).
pub const PORTS: [Path; 4] = [BRIDGE_PORT, BOND_PORT, BOND_SLAVE, VRF_PORT];

/// The address lists of both families, below an interface.
pub const ADDRESSES: [Path; 2] = [path!("ipv4.address"), path!("ipv6.address")];
/// Whether an interface has each family at all, below it.
pub const ENABLED: [Path; 2] = [path!("ipv4.enabled"), path!("ipv6.enabled")];
/// Booleans by which addresses come from DHCP or router advertisements.
pub const DYNAMIC: [Path; 3] = [path!("ipv4.dhcp"), path!("ipv6.dhcp"), path!("ipv6.autoconf")];
