//! The layout of a CNI configuration, the JSON in `spec.config` of a `NetworkAttachmentDefinition`.
//!
//! Source: CNI specification 0.3.1 (`plugins`); whereabouts `pkg/config` (`range`, `range_start`, `ipRanges`); the plugins
//! host-local (`subnet`, `rangeStart`, `ranges`) and static (`addresses`).

use super::fields::Syntax;
use crate::path;
use crate::path::Path;

use Syntax::{Interface, Range, Text, Vlan};

/// The plugins of a configuration list; a single plugin is the whole document.
pub const PLUGINS: Path = path!("plugins.[]");

/// The host interface on which the pods' interfaces are made, below a plugin.
pub const MASTERS: [Path; 2] = [path!("master"), path!("bridge")];
/// The host interface that is moved into the pod.
pub const DEVICE: Path = path!("device");
/// The VLAN ID that a plugin adds.
pub const VLANS: [Path; 2] = [path!("vlan"), path!("vlanId")];
/// Addresses with prefix lengths that the IPAM plugin `static` gives to every pod.
pub const ADDRESSES: Path = path!("ipam.addresses.[].address");

/// Where address ranges stand, below a plugin.
pub const RANGES: [Path; 3] = [path!("ipam"), path!("ipam.ipRanges.[]"), path!("ipam.ranges.[].[]")];
/// The network of a range.
pub const NETS: [Path; 2] = [path!("range"), path!("subnet")];
/// Its first address.
pub const STARTS: [Path; 2] = [path!("range_start"), path!("rangeStart")];
/// Its last address.
pub const ENDS: [Path; 2] = [path!("range_end"), path!("rangeEnd")];
/// Its gateway.
pub const GATEWAY: Path = path!("gateway");
/// Blocks of it that are not given out.
pub const EXCLUDED: Path = path!("exclude.[]");

/// What a plugin is.
pub const TYPE: Path = path!("type");
/// What gives out a plugin's addresses.
pub const IPAM: Path = path!("ipam.type");
/// What the IPAM plugin `static` gives to every pod.
pub const FIXED: Path = path!("ipam.addresses.[]");
/// Where routes lead to.
pub const DESTINATIONS: Path = path!("ipam.routes.[].dst");
/// What they go through.
pub const HOPS: Path = path!("ipam.routes.[].gw");
/// Whether whoever starts a pod may bring the ranges.
pub const BROUGHT: Path = path!("capabilities.ipRanges");
/// The IPAM that keeps its leases on each node.
pub const HOST_LOCAL: &str = "host-local";
/// The IPAM that gives every pod the same addresses.
pub const STATIC: &str = "static";

/// How pods are put on an interface, by plugin.
pub const MODES: [(&str, &[&str]); 2] =
    [("macvlan", &["bridge", "private", "vepa", "passthru"]), ("ipvlan", &["l2", "l3", "l3s"])];
/// The plugins that make an interface on a master, and whether they do without one: on the default route's.
pub const ON_A_MASTER: [(&str, bool); 3] = [("macvlan", true), ("ipvlan", true), ("vlan", false)];
/// The highest VLAN ID that a plugin takes.
pub const HIGHEST_VLAN: [(&str, i64); 2] = [("bridge", 4094), ("vlan", 4095)];
/// The IPAM whose leases are kept in one place for the whole cluster.
pub const WHEREABOUTS: &str = "whereabouts";
/// What keeps its books of one range apart.
pub const NETWORK_NAME: Path = path!("ipam.network_name");
/// Whether its books of different ranges are held against each other; true where it is not written.
pub const OVERLAPPING: Path = path!("ipam.enable_overlapping_ranges");

/// The fields that may move, below a plugin.
pub const PLUGIN_FIELDS: &[(Path, Syntax)] = &[
    (path!("master"), Interface),
    (path!("bridge"), Interface),
    (DEVICE, Interface),
    (path!("vlan"), Vlan),
    (path!("vlanId"), Vlan),
    (path!("ipam.routes.[].dst"), Text),
    (path!("ipam.routes.[].gw"), Text),
    (ADDRESSES, Text),
    (path!("ipam.addresses.[].gateway"), Text),
    (path!("ipam.dns.nameservers.[]"), Text),
];

/// The fields that may move, below each of a plugin's ranges.
pub const RANGE_FIELDS: &[(Path, Syntax)] = &[
    (Path::HERE, Range("range_start", "range_end")),
    (Path::HERE, Range("rangeStart", "rangeEnd")),
    (path!("range"), Text),
    (path!("subnet"), Text),
    (GATEWAY, Text),
    (EXCLUDED, Text),
];
