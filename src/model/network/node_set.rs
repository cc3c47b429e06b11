//! `OpenStackDataPlaneNodeSet`: the fixed addresses of data plane nodes.

use crate::find::Part;
use crate::krm::Item;
use crate::path;
use crate::yaml::PointerBuf;

use super::ip_request::{NodeNetwork, networks};
use super::{Address, Parsed};

/// An `OpenStackDataPlaneNodeSet`.
#[derive(Debug, Clone)]
pub struct NodeSet<'a> {
    /// The object.
    pub item: Item<'a>,
    /// `spec.nodes`.
    pub nodes: Vec<DataPlaneNode<'a>>,
    /// `spec.nodeTemplate.networks`, for nodes without their own.
    pub networks: Vec<NodeNetwork<'a>>,
}

/// One of `spec.nodes`.
#[derive(Debug, Clone)]
pub struct DataPlaneNode<'a> {
    /// Where it stands.
    pub pointer: PointerBuf,
    /// Its key.
    pub name: &'a str,
    /// `ansible.ansibleHost`, an address or a name.
    pub ansible_host: Option<Address<'a>>,
    /// `networks`.
    pub networks: Vec<NodeNetwork<'a>>,
}

impl<'a> NodeSet<'a> {
    pub(super) fn read(item: &Item<'a>) -> Self {
        let part = item.part();
        let nodes = part.each(path!("spec.nodes.{name}")).into_iter().map(DataPlaneNode::read);
        let networks = networks(&part, path!("spec.nodeTemplate.networks.[]"));
        Self { item: *item, nodes: nodes.collect(), networks }
    }
}

impl<'a> DataPlaneNode<'a> {
    fn read(part: Part<'a>) -> Self {
        Self {
            name: part.key("name").unwrap_or_default(),
            ansible_host: Parsed::at(&part, path!("ansible.ansibleHost")),
            networks: networks(&part, path!("networks.[]")),
            pointer: part.pointer,
        }
    }

    /// The fixed addresses, once each.
    pub fn addresses(&self) -> impl Iterator<Item = &Address<'a>> {
        let fixed = self.networks.iter().filter_map(|network| network.fixed_ip.as_ref());
        let host = self.ansible_host.iter();
        let host = host.filter(|host| {
            host.value.is_some()
                && !self
                    .networks
                    .iter()
                    .any(|network| network.fixed_ip.as_ref().is_some_and(|fixed| fixed.value == host.value))
        });
        fixed.chain(host)
    }
}
