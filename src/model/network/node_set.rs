//! `OpenStackDataPlaneNodeSet`: the addresses of the compute and networker nodes that are fixed by hand.

use crate::krm::Item;
use crate::yaml::{Node, PointerBuf};

use super::super::fact::under;
use super::ip_request::{NodeNetwork, networks};
use super::{Address, Parsed, below};

/// An `OpenStackDataPlaneNodeSet`.
#[derive(Debug, Clone)]
pub struct NodeSet<'a> {
    /// The object.
    pub item: Item<'a>,
    /// `spec.nodes`.
    pub nodes: Vec<DataPlaneNode<'a>>,
    /// `spec.nodeTemplate.networks`: of the nodes that have none of their own.
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
        let place = PointerBuf::from_tokens(["spec", "nodes"]);
        let nodes = item.node.path(&["spec", "nodes"]).map(Node::entries).unwrap_or_default();
        let node = |entry: &'a crate::yaml::Entry<'a>| {
            let name = entry.key.text()?;
            Some(DataPlaneNode::read(under(&place, &[name]), name, &entry.value))
        };
        let networks = networks(item.node, &PointerBuf::root(), &["spec", "nodeTemplate", "networks"]);
        Self { item: *item, nodes: nodes.iter().filter_map(node).collect(), networks }
    }
}

impl<'a> DataPlaneNode<'a> {
    fn read(pointer: PointerBuf, name: &'a str, node: &'a Node<'a>) -> Self {
        Self {
            ansible_host: below(node, &pointer, &["ansible", "ansibleHost"]).map(Parsed::of),
            networks: networks(node, &pointer, &["networks"]),
            name,
            pointer,
        }
    }

    /// The addresses that are fixed by hand, each once.
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
