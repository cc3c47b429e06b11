//! Every field, beside MetalLB's annotations, that holds an address, a host interface, a VLAN or a DNS domain.
//!
//! Paths: a key, `*` for any key, `[]` for any item of a list, `**` for any depth. Sources: the CRDs of MetalLB,
//! openstack-operator and infra-operator; nmstate's `rust/src/lib` (policies); the CNI plugins' and whereabouts' docs
//! (`spec.config` of a NetworkAttachmentDefinition); metal3's API (`BareMetalHost`).

/// How a field is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// Text in which whole addresses, ranges and CIDRs move; DNS domains too.
    Text,
    /// Such text in base64.
    Base64,
    /// A mapping with the first and last address of a range under these keys: both move or neither.
    Range(&'static str, &'static str),
    /// The name of a host interface.
    Interface,
    /// A VLAN id; which network it belongs to is told by the object.
    Vlan,
    /// A DNS domain of a network.
    DnsDomain,
    /// A CNI configuration as JSON; its own fields are `CNI_FIELDS`.
    Cni,
}

/// When a field moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Whenever its network does.
    Always,
    /// Where each instance has its own BGP peers (`names.peer`).
    OwnPeers,
    /// Where each instance has its own node policies (`nodePolicies: replace`).
    OwnNodePolicies,
}

/// One row: a field of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// The API group; `*.openstack.org` for all of OpenStack's.
    pub group: &'static str,
    /// The kind; `*` for all of the group.
    pub kind: &'static str,
    /// The path.
    pub path: &'static str,
    /// How it is read.
    pub syntax: Syntax,
    /// When it moves.
    pub when: When,
}

use Syntax::{Base64, Cni, DnsDomain, Interface, Range, Text, Vlan};
use When::{Always, OwnNodePolicies, OwnPeers};

const fn row(group: &'static str, kind: &'static str, path: &'static str, syntax: Syntax) -> Field {
    Field { group, kind, path, syntax, when: Always }
}

const fn peer(path: &'static str, syntax: Syntax) -> Field {
    Field { group: "metallb.io", kind: "BGPPeer", path, syntax, when: OwnPeers }
}

const fn policy(path: &'static str, syntax: Syntax) -> Field {
    Field { group: "nmstate.io", kind: "NodeNetworkConfigurationPolicy", path, syntax, when: OwnNodePolicies }
}

const fn plane(path: &'static str, syntax: Syntax) -> Field {
    row("core.openstack.org", "OpenStackControlPlane", path, syntax)
}

const fn net(kind: &'static str, path: &'static str, syntax: Syntax) -> Field {
    row("network.openstack.org", kind, path, syntax)
}

const fn nodes(path: &'static str, syntax: Syntax) -> Field {
    row("dataplane.openstack.org", "OpenStackDataPlaneNodeSet", path, syntax)
}

/// The table.
pub const FIELDS: &[Field] = &[
    // MetalLB
    row("metallb.io", "IPAddressPool", "spec.addresses.[]", Text),
    row("metallb.io", "L2Advertisement", "spec.interfaces.[]", Interface),
    peer("spec.peerAddress", Text),
    peer("spec.sourceAddress", Text),
    peer("spec.routerID", Text),
    peer("spec.interface", Interface),
    // Services
    row("", "Service", "spec.loadBalancerIP", Text),
    row("", "Service", "spec.loadBalancerSourceRanges.[]", Text),
    row("", "Service", "spec.externalIPs.[]", Text),
    // The control plane; its pools' annotations are found by their keys
    plane("spec.dns.template.options.[].values.[]", Text),
    plane("spec.octavia.template.lbMgmtNetwork.lbMgmtRouterGateway", Text),
    plane("spec.octavia.template.lbMgmtNetwork.availabilityZoneCIDRs.*", Text),
    plane("spec.octavia.template.*.octaviaProviderSubnetCIDR", Text),
    plane("spec.octavia.template.*.octaviaProviderSubnetGateway", Text),
    plane("spec.octavia.template.*.octaviaProviderSubnetExtraCIDRs.[]", Text),
    plane("spec.octavia.template.octaviaRsyslog.adminLogTargets.[].host", Text),
    plane("spec.octavia.template.octaviaRsyslog.tenantLogTargets.[].host", Text),
    plane("spec.ironic.template.ironicConductors.[].dhcpRanges.[].cidr", Text),
    plane("spec.ironic.template.ironicConductors.[].dhcpRanges.[].gateway", Text),
    plane("spec.ironic.template.ironicConductors.[].dhcpRanges.[]", Range("start", "end")),
    plane("spec.ironic.template.ironicInspector.dhcpRanges.[].cidr", Text),
    plane("spec.ironic.template.ironicInspector.dhcpRanges.[].gateway", Text),
    plane("spec.ironic.template.ironicInspector.dhcpRanges.[]", Range("start", "end")),
    plane("spec.designate.template.*.redisHostIPs.[]", Text),
    plane("spec.ovn.template.ovnController.nicMappings.*", Interface),
    plane("spec.telemetry.template.*.prometheusHost", Text),
    plane("spec.telemetry.template.logging.ipaddr", Text),
    plane("spec.telemetry.template.metricStorage.customMonitoringStack.**.remoteWrite.[].url", Text),
    plane("spec.**.endpointURL", Text),
    plane("spec.**.loadBalancerIP", Text),
    plane("spec.**.loadBalancerSourceRanges.[]", Text),
    plane("spec.**.externalIPs.[]", Text),
    plane("spec.**.loadBalancerIPs.[]", Text),
    row("*.openstack.org", "*", "spec.**.customServiceConfig", Text),
    row("*.openstack.org", "*", "spec.**.defaultConfigOverwrite.*", Text),
    // Networks
    net("NetConfig", "spec.networks.[].dnsDomain", DnsDomain),
    net("NetConfig", "spec.networks.[].subnets.[].dnsDomain", DnsDomain),
    net("NetConfig", "spec.networks.[].subnets.[].vlan", Vlan),
    net("NetConfig", "spec.networks.[].subnets.[].cidr", Text),
    net("NetConfig", "spec.networks.[].subnets.[].gateway", Text),
    net("NetConfig", "spec.networks.[].subnets.[].allocationRanges.[]", Range("start", "end")),
    net("NetConfig", "spec.networks.[].subnets.[].excludeAddresses.[]", Text),
    net("NetConfig", "spec.networks.[].subnets.[].routes.[].destination", Text),
    net("NetConfig", "spec.networks.[].subnets.[].routes.[].nexthop", Text),
    net("IPSet", "spec.networks.[].fixedIP", Text),
    net("Reservation", "spec.reservation.*.address", Text),
    net("DNSMasq", "spec.options.[].values.[]", Text),
    net("DNSMasq", "spec.**.loadBalancerSourceRanges.[]", Text),
    net("DNSData", "spec.hosts.[].ip", Text),
    net("DNSData", "spec.hosts.[].hostnames.[]", Text),
    row("k8s.cni.cncf.io", "NetworkAttachmentDefinition", "spec.config", Cni),
    // Node policies
    policy("spec.desiredState.interfaces.[].name", Interface),
    policy("spec.desiredState.interfaces.[].vlan.base-iface", Interface),
    policy("spec.desiredState.interfaces.[].vlan.id", Vlan),
    policy("spec.desiredState.interfaces.[].mac-vlan.base-iface", Interface),
    policy("spec.desiredState.interfaces.[].vxlan.base-iface", Interface),
    policy("spec.desiredState.interfaces.[].bridge.port.[].name", Interface),
    policy("spec.desiredState.interfaces.[].link-aggregation.port.[]", Interface),
    policy("spec.desiredState.interfaces.[].link-aggregation.slaves.[]", Interface),
    policy("spec.desiredState.interfaces.[].bridge.port.[].link-aggregation.port.[].name", Interface),
    policy("spec.desiredState.interfaces.[].vrf.port.[]", Interface),
    policy("spec.desiredState.interfaces.[].copy-mac-from", Interface),
    policy("spec.desiredState.interfaces.[].ipv4.address.[].ip", Text),
    policy("spec.desiredState.interfaces.[].ipv6.address.[].ip", Text),
    policy("spec.desiredState.dns-resolver.config.server.[]", Text),
    policy("spec.desiredState.dns-resolver.config.search.[]", Text),
    policy("spec.desiredState.routes.config.[].destination", Text),
    policy("spec.desiredState.routes.config.[].next-hop-address", Text),
    policy("spec.desiredState.routes.config.[].next-hop-interface", Interface),
    policy("spec.desiredState.route-rules.config.[].ip-from", Text),
    policy("spec.desiredState.route-rules.config.[].ip-to", Text),
    policy("spec.desiredState.ovn.bridge-mappings.[].bridge", Interface),
    // Nodes
    nodes("spec.nodes.*.ansible.ansibleHost", Text),
    nodes("spec.nodes.*.hostName", Text),
    nodes("spec.nodes.*.networks.[].fixedIP", Text),
    nodes("spec.nodes.*.ansible.ansibleVars.**", Text),
    nodes("spec.nodeTemplate.networks.[].fixedIP", Text),
    nodes("spec.nodeTemplate.ansible.ansibleVars.**", Text),
    nodes("spec.baremetalSetTemplate.**.ctlplaneGateway", Text),
    nodes("spec.baremetalSetTemplate.bootstrapDns.[]", Text),
    nodes("spec.baremetalSetTemplate.dnsSearchDomains.[]", Text),
    row("metal3.io", "BareMetalHost", "spec.image.url", Text),
    row("metal3.io", "BareMetalHost", "spec.bmc.address", Text),
    // Text of other kinds
    row("", "Secret", "stringData.networkData", Text),
    row("", "Secret", "stringData.nmstate", Text),
    row("", "Secret", "stringData.userData", Text),
    row("", "Secret", "data.networkData", Base64),
    row("", "Secret", "data.nmstate", Base64),
    row("", "Secret", "data.userData", Base64),
    row("", "ConfigMap", "data.*", Text),
];

/// The ConfigMap of MetalLB's own name, which all instances share like the peers that it is about.
pub const BGP_EXTRAS: &str = "bgpextras";

const fn cni(path: &'static str, syntax: Syntax) -> Field {
    row("", "", path, syntax)
}

/// Fields of a CNI configuration, and of each of its `plugins`.
pub const CNI_FIELDS: &[Field] = &[
    cni("master", Interface),
    cni("bridge", Interface),
    cni("device", Interface),
    cni("vlan", Vlan),
    cni("vlanId", Vlan),
    cni("ipam", Range("range_start", "range_end")),
    cni("ipam", Range("rangeStart", "rangeEnd")),
    cni("ipam.range", Text),
    cni("ipam.subnet", Text),
    cni("ipam.gateway", Text),
    cni("ipam.exclude.[]", Text),
    cni("ipam.routes.[].dst", Text),
    cni("ipam.routes.[].gw", Text),
    cni("ipam.ipRanges.[]", Range("range_start", "range_end")),
    cni("ipam.ipRanges.[].range", Text),
    cni("ipam.ipRanges.[].exclude.[]", Text),
    cni("ipam.ranges.[].[]", Range("rangeStart", "rangeEnd")),
    cni("ipam.ranges.[].[].subnet", Text),
    cni("ipam.ranges.[].[].gateway", Text),
    cni("ipam.addresses.[].address", Text),
    cni("ipam.addresses.[].gateway", Text),
    cni("ipam.dns.nameservers.[]", Text),
];
