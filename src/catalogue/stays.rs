//! Where an object of the instance may hold what the config moves, and why it stays there.
//!
//! What is neither moved by `fields` nor in this table is left behind, and said.

use super::fields::BGP_EXTRAS;
use crate::path;
use crate::path::Path;

/// What may stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// Whatever stands there.
    All,
    /// Names of host interfaces.
    Interfaces,
    /// Host names of the base's namespace.
    Hosts,
    /// Names of data plane nodes.
    Nodes,
}

/// When it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum While {
    /// Always.
    Always,
    /// As long as all instances have the same BGP peers.
    PeersAreShared,
    /// As long as the node policies are the base's.
    PoliciesAreTheBases,
    /// As long as the control plane uses the Keystone of another.
    KeystoneIsExternal,
}

/// One row. A group, kind or name of `*` is any.
#[derive(Debug, Clone, Copy)]
pub struct Stay {
    /// The API group.
    pub group: &'static str,
    /// The kind.
    pub kind: &'static str,
    /// `metadata.name`.
    pub name: &'static str,
    /// Where.
    pub path: Path,
    /// What stays.
    pub kept: Kept,
    /// When.
    pub when: While,
    /// Why.
    pub why: &'static str,
}

const fn row(group: &'static str, kind: &'static str, path: Path, kept: Kept, why: &'static str) -> Stay {
    Stay { group, kind, name: "*", path, kept, when: While::Always, why }
}

const fn peer(kind: &'static str) -> Stay {
    let why = "All instances share BGP peers, their profiles and communities, unless `names.peer` gives each its own.";
    Stay { when: While::PeersAreShared, ..row("metallb.io", kind, EVERYWHERE, Kept::All, why) }
}

const EVERYWHERE: Path = path!("**");
const OTHER_MACHINES: &str = "Interfaces of data plane nodes are those of other machines than the cluster's nodes, which alone the config names.";

/// The table.
pub const STAYS: &[Stay] = &[
    row("*", "*", path!("status.**"), Kept::All, "What the cluster has written of an object is not applied."),
    row(
        "*",
        "*",
        path!("metadata.managedFields.**"),
        Kept::All,
        "What the cluster has written of an object is not applied.",
    ),
    peer("BGPPeer"),
    peer("BFDProfile"),
    peer("Community"),
    Stay {
        name: BGP_EXTRAS,
        when: While::PeersAreShared,
        ..row(
            "",
            "ConfigMap",
            path!("data.**"),
            Kept::All,
            "All instances share BGP peers, their profiles and communities, unless `names.peer` gives each its own.",
        )
    },
    Stay {
        when: While::PoliciesAreTheBases,
        ..row(
            "nmstate.io",
            "NodeNetworkConfigurationPolicy",
            EVERYWHERE,
            Kept::All,
            "With `nodePolicies: keep` the base's node policies stay the base's.",
        )
    },
    row(
        "operator.openshift.io",
        "*",
        EVERYWHERE,
        Kept::All,
        "Objects of the cluster's own operators are one for all instances, which `cluster-operator` says.",
    ),
    row(
        "config.openshift.io",
        "*",
        EVERYWHERE,
        Kept::All,
        "Objects of the cluster's own operators are one for all instances, which `cluster-operator` says.",
    ),
    row(
        "nmstate.io",
        "NodeNetworkConfigurationPolicy",
        path!("spec.desiredState.interfaces.[].description"),
        Kept::Interfaces,
        "The description of an interface is for people.",
    ),
    row("dataplane.openstack.org", "*", path!("spec.**"), Kept::Interfaces, OTHER_MACHINES),
    row("baremetal.openstack.org", "*", path!("spec.**"), Kept::Interfaces, OTHER_MACHINES),
    row("metal3.io", "*", path!("spec.**"), Kept::Interfaces, OTHER_MACHINES),
    row(
        "metal3.io",
        "*",
        path!("spec.bmc.**"),
        Kept::Nodes,
        "The address of a machine's own controller is the hardware's.",
    ),
    row("", "Secret", EVERYWHERE, Kept::Interfaces, OTHER_MACHINES),
    Stay {
        when: While::KeystoneIsExternal,
        ..row(
            "core.openstack.org",
            "OpenStackControlPlane",
            path!("spec.keystone.**"),
            Kept::Hosts,
            "With another control plane's Keystone its URLs point there on purpose.",
        )
    },
];

/// Annotations in which programs note what an object was, or where it came from: how their keys begin.
///
/// Source: kustomize `api/internal/utils/annotations.go`, kpt `pkg/api/kptfile/v1`, kubectl `apply`, Argo CD.
pub const NOTES: [&str; 9] = [
    "config.kubernetes.io/",
    "internal.config.kubernetes.io/",
    "kustomize.config.k8s.io/",
    "internal.kpt.dev/",
    "kpt.dev/",
    "config.k8s.io/",
    "kubectl.kubernetes.io/last-applied-configuration",
    "argocd.argoproj.io/",
    "multi-rhoso.dev/",
];

/// Keys whose value names a host interface, in whatever kind: there a word is no network, though one is called so.
pub const INTERFACE_KEYS: [&str; 18] = [
    "base-iface",
    "bridge",
    "bridges",
    "dev",
    "device",
    "devices",
    "iface",
    "ifname",
    "interface",
    "interfaceName",
    "interfaces",
    "master",
    "next-hop-interface",
    "nic",
    "nics",
    "pfNames",
    "port",
    "ports",
];

/// Keys whose value is a VLAN ID, in whatever kind; `vlan_id`, `<network>_vlan_id`, and `id` below `vlan`, too.
pub const VLAN_KEYS: [&str; 4] = ["vlan", "vlan-id", "vlanID", "vlanId"];
