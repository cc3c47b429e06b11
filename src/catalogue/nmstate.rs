//! What nmstate reads in the desired state of a node policy: field by field, and what each may hold.
//!
//! Source: nmstate 2.2 `rust/src/lib` (`net_state.rs`, `ifaces`, `ip.rs`, `route.rs`, `dns.rs`, `deserializer.rs`), whose
//! types refuse every field that they do not have. What an instance's policies never set is `Anything`.

/// What nmstate takes in a field.
#[derive(Debug, Clone, Copy)]
pub enum Reads {
    /// Not looked into.
    Anything,
    /// A text.
    Text,
    /// A list of texts.
    Texts,
    /// `true` or `false`.
    Bool,
    /// `true` or `false`, also as a text, as `yes`, `on`, `1` and their opposites.
    Switch,
    /// An integer from zero to this, also as a text.
    Number(u64),
    /// An integer, also as a text.
    Integer,
    /// One of these words.
    Word(&'static [&'static str]),
    /// An object with these fields.
    Part(&'static [Row]),
    /// A list of such objects.
    Parts(&'static [Row]),
    /// The interfaces: their further fields depend on their type.
    Interfaces,
}

/// One field.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// Its name.
    pub name: &'static str,
    /// What it may hold.
    pub reads: Reads,
    /// Whether nmstate refuses an object without it.
    pub required: bool,
}

const fn row(name: &'static str, reads: Reads) -> Row {
    Row { name, reads, required: false }
}

const fn need(name: &'static str, reads: Reads) -> Row {
    Row { name, reads, required: true }
}

use Reads::{Anything, Bool, Integer, Interfaces, Number, Part, Parts, Switch, Text, Texts, Word};

const U8: Reads = Number(u8::MAX as u64);
const U16: Reads = Number(u16::MAX as u64);
const U32: Reads = Number(u32::MAX as u64);

/// `spec.desiredState`.
pub const STATE: &[Row] = &[
    row("description", Text),
    row("hostname", Part(&[row("running", Text), row("config", Text)])),
    row("dns-resolver", Part(&[row("running", Anything), row("config", Part(RESOLVER))])),
    row("route-rules", Anything),
    row("routes", Part(&[row("running", Anything), row("config", Parts(ROUTE))])),
    row("interfaces", Interfaces),
    row("ovs-db", Anything),
    row("ovn", Anything),
];

const RESOLVER: &[Row] = &[row("server", Texts), row("search", Texts), row("options", Texts)];

const ROUTE: &[Row] = &[
    row("state", Word(&["absent", "ignore"])),
    row("destination", Text),
    row("next-hop-interface", Text),
    row("next-hop-address", Text),
    row("metric", Integer),
    row("table-id", U32),
    row("weight", U16),
    row("route-type", Word(&["blackhole", "unreachable", "prohibit"])),
    row("cwnd", U32),
    row("source", Text),
    row("initcwnd", U32),
    row("initrwnd", U32),
    row("mtu", U32),
    row("quickack", Switch),
    row("advmss", U32),
    row("lock-mtu", Switch),
    row("vrf-name", Text),
];

/// The field that says what an interface is.
pub const TYPE: &str = "type";

/// What every interface has.
pub const INTERFACE: &[Row] = &[
    need("name", Text),
    row(TYPE, Text),
    row("state", Word(&["up", "down", "absent", "unknown", "ignore"])),
    row("profile-name", Text),
    row("description", Text),
    row("driver", Text),
    row("identifier", Word(&["name", "mac-address", "pci-address"])),
    row("mac-address", Text),
    row("permanent-mac-address", Text),
    row("pci-address", Text),
    row("mtu", U32),
    row("min-mtu", Number(u64::MAX)),
    row("max-mtu", Number(u64::MAX)),
    row("wait-ip", Word(&["any", "ipv4", "ipv6", "ipv4+ipv6"])),
    row("ipv4", Part(IPV4)),
    row("ipv6", Part(IPV6)),
    row("mptcp", Anything),
    row("controller", Text),
    row("accept-all-mac-addresses", Switch),
    row("copy-mac-from", Text),
    row("ovs-db", Anything),
    row("802.1x", Anything),
    row("lldp", Anything),
    row("ethtool", Anything),
    row("dispatch", Anything),
    row("alt-names", Anything),
];

const IPV4: &[Row] = &[
    row("enabled", Switch),
    row("dhcp", Switch),
    row("address", Parts(ADDRESS)),
    row("auto-dns", Switch),
    row("auto-gateway", Switch),
    row("auto-routes", Switch),
    row("auto-route-table-id", U32),
    row("auto-route-metric", Integer),
    row("allow-extra-address", Bool),
    row("dhcp-send-hostname", Bool),
    row("dhcp-custom-hostname", Text),
    row("dhcp-client-id", Text),
    row("forwarding", Bool),
    row("prefix-route-metric", Integer),
    row("dhcp-duid", Text),
    row("addr-gen-mode", Text),
    row("token", Text),
];

const IPV6: &[Row] = &[
    row("enabled", Switch),
    row("dhcp", Switch),
    row("autoconf", Switch),
    row("address", Parts(ADDRESS)),
    row("auto-dns", Switch),
    row("auto-gateway", Switch),
    row("auto-routes", Switch),
    row("auto-route-table-id", U32),
    row("auto-route-metric", Integer),
    row("addr-gen-mode", Text),
    row("allow-extra-address", Bool),
    row("token", Text),
    row("dhcp-send-hostname", Bool),
    row("dhcp-custom-hostname", Text),
    row("dhcp-duid", Text),
    row("dhcp-client-id", Text),
];

const ADDRESS: &[Row] = &[
    need("ip", Text),
    need("prefix-length", U8),
    row("mptcp-flags", Anything),
    row("valid-life-time", Text),
    row("valid-left", Text),
    row("valid-lft", Text),
    row("preferred-life-time", Text),
    row("preferred-left", Text),
    row("preferred-lft", Text),
    row("protocol", Anything),
];

/// An interface without a type is whatever the node has of its name.
pub const UNTYPED: &[&str] = &["", "unknown"];

/// What interfaces of each type have besides.
pub const OF_TYPE: &[(&str, &[Row])] = &[
    ("ethernet", ETHERNET),
    ("veth", ETHERNET),
    ("vlan", &[row("vlan", Part(VLAN))]),
    ("linux-bridge", &[row("bridge", Part(BRIDGE))]),
    ("bond", &[row("link-aggregation", Part(BOND)), row("bond", Part(BOND))]),
    ("vrf", &[row("vrf", Part(VRF))]),
    ("dummy", &[]),
    ("loopback", &[]),
    ("vxlan", &[row("vxlan", Anything)]),
    ("ovs-bridge", &[row("bridge", Part(OVS_BRIDGE))]),
    ("ovs-interface", &[row("patch", Anything), row("dpdk", Anything)]),
    ("mac-vlan", &[row("mac-vlan", Anything)]),
    ("mac-vtap", &[row("mac-vtap", Anything)]),
    ("ipvlan", &[row("ipvlan", Anything)]),
    ("infiniband", &[row("infiniband", Anything)]),
    ("ip-tunnel", &[row("ip-tunnel", Anything)]),
    ("macsec", &[row("macsec", Anything)]),
    ("ipsec", &[row("libreswan", Anything)]),
    ("hsr", &[row("hsr", Anything)]),
    ("xfrm", &[]),
];

/// What nmstate still reads of an interface that a policy removes.
pub const ABSENT: &[Row] = &[need("name", Text), row(TYPE, Text), row("state", Text)];

/// How nmstate writes `true` and `false` where it takes texts for them.
pub const SWITCHES: &[(&str, bool)] = &[
    ("1", true),
    ("true", true),
    ("yes", true),
    ("on", true),
    ("y", true),
    ("0", false),
    ("false", false),
    ("no", false),
    ("off", false),
    ("n", false),
];

const ETHERNET: &[Row] = &[
    row(
        "ethernet",
        Part(&[
            row("sr-iov", Anything),
            row("auto-negotiation", Switch),
            row("speed", U32),
            row("duplex", Word(&["full", "half"])),
        ]),
    ),
    row("veth", Part(&[need("peer", Text)])),
];

const VLAN: &[Row] = &[
    row("base-iface", Text),
    need("id", U16),
    row("protocol", Word(&["802.1q", "802.1ad"])),
    row("registration-protocol", Word(&["gvrp", "mvrp", "none"])),
    row("reorder-headers", Bool),
    row("loose-binding", Bool),
    row("ingress-qos-map", Anything),
    row("egress-qos-map", Anything),
];

const BRIDGE: &[Row] = &[
    row("allow-extra-ports", Bool),
    row("options", Part(BRIDGE_OPTIONS)),
    row("port", Parts(BRIDGE_PORT)),
    row("ports", Parts(BRIDGE_PORT)),
];

const BRIDGE_PORT: &[Row] = &[
    need("name", Text),
    row("stp-hairpin-mode", Switch),
    row("stp-path-cost", U32),
    row("stp-priority", U16),
    row("vlan", Anything),
];

const BRIDGE_OPTIONS: &[Row] = &[
    row("gc-timer", Number(u64::MAX)),
    row("group-addr", Text),
    row("group-forward-mask", U16),
    row("group-fwd-mask", U16),
    row("hash-max", U32),
    row("hello-timer", Number(u64::MAX)),
    row("mac-ageing-time", U32),
    row("multicast-last-member-count", U32),
    row("multicast-last-member-interval", Number(u64::MAX)),
    row("multicast-membership-interval", Number(u64::MAX)),
    row("multicast-querier", Switch),
    row("multicast-querier-interval", Number(u64::MAX)),
    row("multicast-query-interval", Number(u64::MAX)),
    row("multicast-query-response-interval", Number(u64::MAX)),
    row("multicast-query-use-ifaddr", Switch),
    row("multicast-router", Anything),
    row("multicast-snooping", Switch),
    row("multicast-startup-query-count", U32),
    row("multicast-startup-query-interval", Number(u64::MAX)),
    row(
        "stp",
        Part(&[
            row("enabled", Switch),
            row("forward-delay", U8),
            row("hello-time", U8),
            row("max-age", U8),
            row("priority", U16),
        ]),
    ),
    row("vlan-protocol", Word(&["802.1q", "802.1ad"])),
    row("vlan-default-pvid", U16),
];

const OVS_BRIDGE: &[Row] = &[
    row("allow-extra-patch-ports", Bool),
    row("allow-extra-ports", Bool),
    row("options", Part(OVS_OPTIONS)),
    row("port", Parts(OVS_PORT)),
    row("ports", Parts(OVS_PORT)),
];

const OVS_OPTIONS: &[Row] = &[
    row("stp", Anything),
    row("rstp", Switch),
    row("mcast-snooping-enable", Switch),
    row("fail-mode", Text),
    row("datapath", Text),
];

const OVS_PORT: &[Row] =
    &[need("name", Text), row("vlan", Anything), row("link-aggregation", Anything), row("bond", Anything)];

/// By name, and as the kernel numbers them.
const BOND_MODES: &[&str] = &[
    "balance-rr",
    "active-backup",
    "balance-xor",
    "broadcast",
    "802.3ad",
    "balance-tlb",
    "balance-alb",
    "lacp",
    "unknown",
    "0",
    "1",
    "2",
    "3",
    "4",
    "5",
    "6",
];

const BOND: &[Row] = &[
    row("mode", Word(BOND_MODES)),
    row("options", Anything),
    row("port", Texts),
    row("ports", Texts),
    row("ports-config", Anything),
];

const VRF: &[Row] = &[row("port", Texts), row("ports", Texts), row("route-table-id", U32)];
