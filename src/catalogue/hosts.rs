//! Every field that holds the name of a data plane node, or text in which one may stand.
//!
//! Names of Secrets are none of these, whatever they are called after (`bmc.credentialsName`, `networkData.name`): a Secret
//! keeps its name, and so do those who refer to it. Neither is what a `nodeSelector` selects: nodes of the cluster.
//!
//! Source: openstack-operator `internal/dataplane` (`ipam.go`: an `IPSet` is called by the whole `hostName`, DNS by its
//! first label in each network's domain; `inventory.go`: Ansible knows a node by that label; `baremetal.go`: so does a
//! bare-metal set, by the whole; `util/ansible_execution.go`: `--limit`), the CRDs of openstack-operator, infra-operator and
//! openstack-baremetal-operator; metal3's API (what belongs to a `BareMetalHost` has its name).

use super::kinds::CORE_OPENSTACK;
use crate::path;
use crate::path::Path;
use Holds::{Base64, Keys, Text};

/// How a field holds host names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Text, in which whole host names change.
    Text,
    /// The same, encoded in base64.
    Base64,
    /// The keys of the mapping, and of every mapping in it.
    Keys,
}

/// One row: a field of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HostField {
    /// The API group; `*.openstack.org` is every OpenStack group.
    pub group: &'static str,
    /// The kind; `*` is every kind of the group.
    pub kind: &'static str,
    /// The path.
    pub path: Path,
    /// How it is read.
    pub holds: Holds,
}

const fn row(group: &'static str, kind: &'static str, path: Path, holds: Holds) -> HostField {
    HostField { group, kind, path, holds }
}

/// The group of the data plane.
pub const DATA_PLANE: &str = "dataplane.openstack.org";
/// The kind of a set of data plane nodes.
pub const NODE_SET: &str = "OpenStackDataPlaneNodeSet";

/// The nodes of a set, by name.
pub const NODES: Path = path!("spec.nodes");
/// The host names of the nodes of a set.
pub const HOST_NAMES: Path = path!("spec.nodes.*.hostName");

const fn nodes(path: Path, holds: Holds) -> HostField {
    row(DATA_PLANE, NODE_SET, path, holds)
}

const fn deployment(path: Path, holds: Holds) -> HostField {
    row(DATA_PLANE, "OpenStackDataPlaneDeployment", path, holds)
}

const fn net(kind: &'static str, path: Path) -> HostField {
    row("network.openstack.org", kind, path, Text)
}

const fn metal_set(path: Path, holds: Holds) -> HostField {
    row("baremetal.openstack.org", "OpenStackBaremetalSet", path, holds)
}

/// The table.
pub const HOSTS: &[HostField] = &[
    // Node sets, and what runs on them
    nodes(NODES, Keys),
    nodes(HOST_NAMES, Text),
    nodes(path!("spec.nodes.*.bmhLabelSelector.*"), Text),
    nodes(path!("spec.nodes.*.ansible.ansibleHost"), Text),
    nodes(path!("spec.nodes.*.ansible.ansibleVars.**"), Text),
    nodes(path!("spec.nodeTemplate.ansible.ansibleVars"), Keys),
    nodes(path!("spec.nodeTemplate.ansible.ansibleVars.**"), Text),
    nodes(path!("spec.baremetalSetTemplate.bmhLabelSelector.*"), Text),
    deployment(path!("spec.ansibleLimit"), Text),
    deployment(path!("spec.ansibleExtraVars"), Keys),
    deployment(path!("spec.ansibleExtraVars.**"), Text),
    row(DATA_PLANE, "OpenStackDataPlaneService", path!("spec.playbookContents"), Text),
    // Bare metal
    row("metal3.io", "*", path!("metadata.name"), Text),
    row("metal3.io", "BareMetalHost", path!("metadata.labels.*"), Text),
    row("metal3.io", "BMCEventSubscription", path!("spec.hostName"), Text),
    metal_set(path!("spec.baremetalHosts"), Keys),
    metal_set(path!("spec.baremetalHosts.*.bmhLabelSelector.*"), Text),
    metal_set(path!("spec.bmhLabelSelector.*"), Text),
    // Addresses and DNS
    net("IPSet", path!("metadata.name")),
    net("Reservation", path!("metadata.name")),
    net("Reservation", path!("spec.ipSetRef.name")),
    net("DNSData", path!("spec.hosts.[].hostnames.[]")),
    net("DNSMasq", path!("spec.options.[].values.[]")),
    row(CORE_OPENSTACK, "OpenStackControlPlane", path!("spec.dns.template.options.[].values.[]"), Text),
    row("cert-manager.io", "Certificate", path!("spec.commonName"), Text),
    row("cert-manager.io", "Certificate", path!("spec.dnsNames.[]"), Text),
    // Text
    row("*.openstack.org", "*", path!("spec.**.customServiceConfig"), Text),
    row("*.openstack.org", "*", path!("spec.**.defaultConfigOverwrite.*"), Text),
    row("", "ConfigMap", path!("data.*"), Text),
    row("", "Secret", path!("stringData.*"), Text),
    row("", "Secret", path!("data.*"), Base64),
];
