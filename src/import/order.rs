//! The order of a base: what must be there first stands first. Must not know what the objects say.

use super::Document;
use crate::catalogue::kinds::{
    ATTACHMENTS, CORE_OPENSTACK, METAL3, METALLB, NMSTATE, is_one_of, is_openstack,
};

/// When an object is applied: the stages of an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// What the cluster's nodes have.
    NodeNetworks,
    /// The namespace, and what its networks are.
    Networks,
    /// The control plane, and what it needs.
    ControlPlane,
    /// The nodes.
    DataPlane,
}

impl Stage {
    /// All, in their order.
    pub const ALL: [Self; 4] = [Self::NodeNetworks, Self::Networks, Self::ControlPlane, Self::DataPlane];

    /// The file that has the stage's objects.
    #[must_use]
    pub fn file(self) -> &'static str {
        match self {
            Self::NodeNetworks => "nncp.yaml",
            Self::Networks => "networking.yaml",
            Self::ControlPlane => "control-plane.yaml",
            Self::DataPlane => "data-plane.yaml",
        }
    }
}

use Stage::{ControlPlane, DataPlane, Networks, NodeNetworks};

/// Where kinds stand, the first first. What is in no row goes with the control plane.
const ORDER: &[(&str, &str, Stage)] = &[
    (NMSTATE, "*", NodeNetworks),
    ("", "Namespace", Networks),
    (METALLB, "MetalLB", Networks),
    (METALLB, "IPAddressPool", Networks),
    (METALLB, "L2Advertisement", Networks),
    (METALLB, "BFDProfile", Networks),
    (METALLB, "Community", Networks),
    (METALLB, "BGPPeer", Networks),
    (METALLB, "*", Networks),
    ("frrk8s.metallb.io", "*", Networks),
    (ATTACHMENTS, "*", Networks),
    ("network.openstack.org", "NetConfig", Networks),
    ("network.openstack.org", "*", Networks),
    ("networking.k8s.io", "NetworkPolicy", Networks),
    ("", "ServiceAccount", ControlPlane),
    ("rbac.authorization.k8s.io", "*", ControlPlane),
    ("", "Secret", ControlPlane),
    ("", "ConfigMap", ControlPlane),
    ("storage.k8s.io", "*", ControlPlane),
    ("", "PersistentVolume", ControlPlane),
    ("", "PersistentVolumeClaim", ControlPlane),
    ("cert-manager.io", "*", ControlPlane),
    ("topology.openstack.org", "*", ControlPlane),
    (CORE_OPENSTACK, "OpenStackVersion", ControlPlane),
    (CORE_OPENSTACK, "*", ControlPlane),
    (METAL3, "*", DataPlane),
    ("baremetal.openstack.org", "*", DataPlane),
    ("dataplane.openstack.org", "OpenStackDataPlaneService", DataPlane),
    ("dataplane.openstack.org", "OpenStackDataPlaneNodeSet", DataPlane),
    ("dataplane.openstack.org", "*", DataPlane),
];

fn row(group: &str, kind: &str) -> Option<usize> {
    ORDER.iter().position(|(of, kinds, _)| is_one_of(of, kinds, group, kind))
}

/// The stage of a kind.
pub(super) fn stage(group: &str, kind: &str) -> Stage {
    let row = row(group, kind).and_then(|row| ORDER.get(row));
    row.map_or(ControlPlane, |(_, _, stage)| *stage)
}

/// What documents are sorted by.
pub(super) fn key(document: &Document) -> (Stage, usize, String, String, String) {
    let object = &document.object;
    let group = object.api_version.split_once('/').map_or("", |(group, _)| group);
    let behind = if is_openstack(group) { ORDER.len() } else { ORDER.len() + 1 };
    let namespace = object.namespace.clone().unwrap_or_default();
    let kind = format!("{group} {}", object.kind);
    (document.stage, row(group, &object.kind).unwrap_or(behind), kind, namespace, object.name.clone())
}
