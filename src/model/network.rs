//! Networks: what gives out addresses on one, and what carries it to the nodes. Knows no pool and no VIP.

use crate::catalogue::kinds;
use crate::krm::Item;

/// The objects that describe networks.
#[derive(Debug, Clone, Default)]
pub struct Networks<'a> {
    /// `NetConfig`.
    pub net_configs: Vec<Item<'a>>,
    /// `NetworkAttachmentDefinition`.
    pub attachments: Vec<Item<'a>>,
    /// `NodeNetworkConfigurationPolicy`.
    pub node_policies: Vec<Item<'a>>,
    /// `OpenStackDataPlaneNodeSet`.
    pub node_sets: Vec<Item<'a>>,
}

impl<'a> Networks<'a> {
    pub(super) fn add(&mut self, item: &Item<'a>) {
        let list = match (item.group(), item.kind) {
            ("network.openstack.org", "NetConfig") => &mut self.net_configs,
            ("k8s.cni.cncf.io", "NetworkAttachmentDefinition") => &mut self.attachments,
            (kinds::NMSTATE, kinds::NODE_POLICY) => &mut self.node_policies,
            ("dataplane.openstack.org", "OpenStackDataPlaneNodeSet") => &mut self.node_sets,
            _ => return,
        };
        list.push(*item);
    }
}
