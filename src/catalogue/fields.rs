//! Every field, apart from MetalLB's annotations, that holds an address, a host interface, a VLAN ID or a DNS domain.
//!
//! No two rows lead to one place of an object. Source: the CRDs of MetalLB, openstack-operator, infra-operator,
//! openstack-baremetal-operator and cert-manager; nmstate's `rust/src/lib` (policies); metal3's API (`BareMetalHost`); the
//! APIs of Kubernetes (`Service`, `NetworkPolicy`) and OpenShift (`Route`).

/// How a field's value is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// Text in which whole addresses, ranges, CIDRs and DNS domains move.
    Text,
    /// The same in settings and templates, where VLAN IDs by the keys `vlan_id` and `<network>_vlan_id` move too.
    Settings,
    /// Settings, encoded in base64.
    Base64,
    /// A mapping with a range's first and last address under these keys; both move or neither.
    Range(&'static str, &'static str),
    /// The name of a host interface.
    Interface,
    /// A VLAN ID; the object around it tells the network.
    Vlan,
    /// The VLAN ID of the network with this name.
    VlanOf(&'static str),
    /// The DNS domain of a network.
    DnsDomain,
    /// A CNI configuration in JSON, with the fields in `cni`.
    Cni,
}

/// When a field moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Whenever its network moves.
    Always,
    /// Only if each instance has its own BGP peers (`names.peer`).
    OwnPeers,
    /// Only if each instance has its own node policies (`nodePolicies: replace`).
    OwnNodePolicies,
}

/// One row: a field of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// The API group; `*.openstack.org` is every OpenStack group, `*` every group.
    pub group: &'static str,
    /// The kind; `*` is every kind of the group.
    pub kind: &'static str,
    /// The path.
    pub path: Path,
    /// How it is read.
    pub syntax: Syntax,
    /// When it moves.
    pub when: When,
}

use super::endpoints::{CONDUCTOR_RANGES, INSPECTOR_RANGES};
use super::node_policy;
use super::references::{DNS_HOST_NAME, NETWORKS, SUBJECT_NAMES};
use crate::path;
use crate::path::Path;
use Syntax::{Base64, Cni, DnsDomain, Interface, Range, Settings, Text, Vlan, VlanOf};
use When::{Always, OwnNodePolicies, OwnPeers};

const fn row(group: &'static str, kind: &'static str, path: Path, syntax: Syntax) -> Field {
    Field { group, kind, path, syntax, when: Always }
}

const fn peer(path: Path, syntax: Syntax) -> Field {
    Field { group: "metallb.io", kind: "BGPPeer", path, syntax, when: OwnPeers }
}

const fn policy(path: Path, syntax: Syntax) -> Field {
    Field { group: "nmstate.io", kind: "NodeNetworkConfigurationPolicy", path, syntax, when: OwnNodePolicies }
}

const fn plane(path: Path, syntax: Syntax) -> Field {
    row("core.openstack.org", "OpenStackControlPlane", path, syntax)
}

const fn openstack(path: Path, syntax: Syntax) -> Field {
    row("*.openstack.org", "*", path, syntax)
}

const fn net(kind: &'static str, path: Path, syntax: Syntax) -> Field {
    row("network.openstack.org", kind, path, syntax)
}

const fn nodes(path: Path, syntax: Syntax) -> Field {
    row("dataplane.openstack.org", "OpenStackDataPlaneNodeSet", path, syntax)
}

const fn bare_metal(path: Path, syntax: Syntax) -> Field {
    row("baremetal.openstack.org", "OpenStackBaremetalSet", path, syntax)
}

const fn certificate(path: Path) -> Field {
    row("cert-manager.io", "Certificate", path, Text)
}

macro_rules! interface_of {
    ($path:expr, $syntax:expr) => {
        policy(path!(node_policy::INTERFACES, $path), $syntax)
    };
}

/// The table.
pub const FIELDS: &[Field] = &[
    // MetalLB
    row("metallb.io", "IPAddressPool", path!("spec.addresses.[]"), Text),
    row("metallb.io", "L2Advertisement", path!("spec.interfaces.[]"), Interface),
    peer(path!("spec.peerAddress"), Text),
    peer(path!("spec.sourceAddress"), Text),
    peer(path!("spec.routerID"), Text),
    peer(path!("spec.interface"), Interface),
    // Services
    row("", "Service", path!("spec.loadBalancerIP"), Text),
    row("", "Service", path!("spec.loadBalancerSourceRanges.[]"), Text),
    row("", "Service", path!("spec.externalIPs.[]"), Text),
    // The control plane; MetalLB's annotations are found by key
    plane(path!("spec.dns.template.options.[].values.[]"), Text),
    plane(path!("spec.octavia.template.lbMgmtNetwork.lbMgmtRouterGateway"), Text),
    plane(path!("spec.octavia.template.lbMgmtNetwork.availabilityZoneCIDRs.*"), Text),
    plane(path!("spec.octavia.template.*.octaviaProviderSubnetCIDR"), Text),
    plane(path!("spec.octavia.template.*.octaviaProviderSubnetGateway"), Text),
    plane(path!("spec.octavia.template.*.octaviaProviderSubnetExtraCIDRs.[]"), Text),
    plane(path!("spec.octavia.template.octaviaRsyslog.adminLogTargets.[].host"), Text),
    plane(path!("spec.octavia.template.octaviaRsyslog.tenantLogTargets.[].host"), Text),
    plane(path!(CONDUCTOR_RANGES, path!("cidr")), Text),
    plane(path!(CONDUCTOR_RANGES, path!("gateway")), Text),
    plane(CONDUCTOR_RANGES, Range("start", "end")),
    plane(path!(INSPECTOR_RANGES, path!("cidr")), Text),
    plane(path!(INSPECTOR_RANGES, path!("gateway")), Text),
    plane(INSPECTOR_RANGES, Range("start", "end")),
    plane(path!("spec.designate.template.*.redisHostIPs.[]"), Text),
    plane(path!("spec.ovn.template.ovnController.nicMappings.*"), Interface),
    plane(path!("spec.telemetry.template.*.prometheusHost"), Text),
    plane(path!("spec.telemetry.template.logging.ipaddr"), Text),
    plane(path!("spec.telemetry.template.metricStorage.customMonitoringStack.**.remoteWrite.**"), Text),
    plane(path!("spec.designate.template.nsRecords.[].hostname"), Text),
    plane(path!("spec.openstackclient.template.env.[].value"), Text),
    plane(path!("spec.**.route.spec.host"), Text),
    // The control plane, and the kinds of the services that it makes
    openstack(path!("spec.**.endpointURL"), Text),
    openstack(path!("spec.**.loadBalancerIP"), Text),
    openstack(path!("spec.**.loadBalancerSourceRanges.[]"), Text),
    openstack(path!("spec.**.externalIPs.[]"), Text),
    openstack(path!("spec.**.loadBalancerIPs.[]"), Text),
    openstack(path!("spec.**.customServiceConfig"), Text),
    openstack(path!("spec.**.defaultConfigOverwrite.*"), Text),
    openstack(path!("spec.**.extraMounts.**"), Text),
    openstack(path!("spec.env.[].value"), Text),
    // Networks
    net("NetConfig", path!("spec.networks.[].dnsDomain"), DnsDomain),
    net("NetConfig", path!("spec.networks.[].subnets.[].dnsDomain"), DnsDomain),
    net("NetConfig", path!("spec.networks.[network].subnets.[].vlan"), Vlan),
    net("NetConfig", path!("spec.networks.[].subnets.[].cidr"), Text),
    net("NetConfig", path!("spec.networks.[].subnets.[].gateway"), Text),
    net("NetConfig", path!("spec.networks.[].subnets.[].allocationRanges.[]"), Range("start", "end")),
    net("NetConfig", path!("spec.networks.[].subnets.[].excludeAddresses.[]"), Text),
    net("NetConfig", path!("spec.networks.[].subnets.[].routes.[].destination"), Text),
    net("NetConfig", path!("spec.networks.[].subnets.[].routes.[].nexthop"), Text),
    net("IPSet", path!("metadata.name"), DnsDomain),
    net("IPSet", path!("spec.networks.[].fixedIP"), Text),
    net("Reservation", path!("metadata.name"), DnsDomain),
    net("Reservation", path!("spec.ipSetRef.name"), DnsDomain),
    net("Reservation", path!("spec.reservation.*.address"), Text),
    net("DNSMasq", path!("spec.options.[].values.[]"), Text),
    net("DNSData", path!("spec.hosts.[].ip"), Text),
    net("DNSData", path!("spec.hosts.[].hostnames.[]"), Text),
    row("k8s.cni.cncf.io", "NetworkAttachmentDefinition", path!("spec.config"), Cni),
    // Node policies
    interface_of!(path!("name"), Interface),
    interface_of!(path!("vlan.base-iface"), Interface),
    interface_of!(path!("vlan.id"), Vlan),
    interface_of!(path!("mac-vlan.base-iface"), Interface),
    interface_of!(path!("vxlan.base-iface"), Interface),
    interface_of!(node_policy::BRIDGE_PORT, Interface),
    interface_of!(node_policy::BOND_PORT, Interface),
    interface_of!(node_policy::BOND_SLAVE, Interface),
    interface_of!(path!("bridge.port.[].link-aggregation.port.[].name"), Interface),
    interface_of!(node_policy::VRF_PORT, Interface),
    interface_of!(path!("copy-mac-from"), Interface),
    interface_of!(path!("ipv4.address.[].ip"), Text),
    interface_of!(path!("ipv6.address.[].ip"), Text),
    policy(node_policy::DNS_SERVERS, Text),
    policy(path!("spec.desiredState.dns-resolver.config.search.[]"), Text),
    policy(path!(node_policy::ROUTES, path!("destination")), Text),
    policy(path!(node_policy::ROUTES, path!("next-hop-address")), Text),
    policy(path!(node_policy::ROUTES, path!("next-hop-interface")), Interface),
    policy(path!("spec.desiredState.route-rules.config.[].ip-from"), Text),
    policy(path!("spec.desiredState.route-rules.config.[].ip-to"), Text),
    policy(path!("spec.desiredState.ovn.bridge-mappings.[].bridge"), Interface),
    // Nodes
    nodes(path!("spec.nodes.*.ansible.ansibleHost"), Text),
    nodes(path!("spec.nodes.*.hostName"), Text),
    nodes(path!("spec.nodes.*.networks.[].fixedIP"), Text),
    nodes(path!("spec.nodes.*.ansible.ansibleVars.**"), Settings),
    nodes(path!("spec.nodeTemplate.networks.[].fixedIP"), Text),
    nodes(path!("spec.nodeTemplate.ansible.ansibleHost"), Text),
    nodes(path!("spec.nodeTemplate.ansible.ansibleVars.**"), Settings),
    nodes(path!("spec.baremetalSetTemplate.domainName"), DnsDomain),
    row(
        "dataplane.openstack.org",
        "OpenStackDataPlaneDeployment",
        path!("spec.ansibleExtraVars.**"),
        Settings,
    ),
    row("dataplane.openstack.org", "OpenStackDataPlaneService", path!("spec.playbookContents"), Settings),
    bare_metal(path!("spec.baremetalHosts.*.ctlPlaneIP"), Text),
    bare_metal(path!("spec.ctlplaneGateway"), Text),
    bare_metal(path!("spec.ctlplaneVlan"), VlanOf("ctlplane")),
    bare_metal(path!("spec.bootstrapDns.[]"), Text),
    bare_metal(path!("spec.dnsSearchDomains.[]"), DnsDomain),
    bare_metal(path!("spec.domainName"), DnsDomain),
    row("metal3.io", "BareMetalHost", path!("spec.image.url"), Text),
    row("metal3.io", "BareMetalHost", path!("spec.bmc.address"), Text),
    // What stands around the instance
    row("*", "*", path!(path!("metadata.annotations"), DNS_HOST_NAME), Text),
    row("*", "*", path!(path!("metadata.annotations"), SUBJECT_NAMES), Text),
    row("*", "*", path!(path!("metadata.annotations"), NETWORKS), Text),
    row("*", "*", path!(path!("spec.**.annotations"), NETWORKS), Text),
    openstack(path!(path!("spec.**.annotations"), DNS_HOST_NAME), Text),
    openstack(path!(path!("spec.**.annotations"), SUBJECT_NAMES), Text),
    row("networking.k8s.io", "NetworkPolicy", path!("spec.**.ipBlock.cidr"), Text),
    row("networking.k8s.io", "NetworkPolicy", path!("spec.**.ipBlock.except.[]"), Text),
    row("route.openshift.io", "Route", path!("spec.host"), Text),
    certificate(path!("spec.commonName")),
    certificate(path!("spec.dnsNames.[]")),
    certificate(path!("spec.ipAddresses.[]")),
    certificate(path!("spec.uris.[]")),
    // Text of other kinds
    row("", "Secret", path!("stringData.*"), Settings),
    row("", "Secret", path!("data.*"), Base64),
    row("", "ConfigMap", path!("data.**"), Settings),
];

/// The ConfigMap from which MetalLB takes extra FRR configuration; shared by all instances, as BGP peers are.
pub const BGP_EXTRAS: &str = "bgpextras";
