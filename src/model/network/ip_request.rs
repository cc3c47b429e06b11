//! What asks infra-operator for addresses: an `IPSet`, and a node of a data plane, of which one is made.

use crate::krm::Item;
use crate::yaml::{Node, PointerBuf};

use super::super::fact::Fact;
use super::{Address, Parsed, below, list};

/// An `IPSet`.
#[derive(Debug, Clone)]
pub struct IpSet<'a> {
    /// The object.
    pub item: Item<'a>,
    /// `spec.networks`.
    pub networks: Vec<NodeNetwork<'a>>,
}

/// One of the `networks` of an `IPSet` or a node.
#[derive(Debug, Clone)]
pub struct NodeNetwork<'a> {
    /// Where it stands.
    pub pointer: PointerBuf,
    /// `name`, in any case.
    pub name: Option<Fact<'a>>,
    /// `subnetName`, in any case.
    pub subnet: Option<Fact<'a>>,
    /// `fixedIP`.
    pub fixed_ip: Option<Address<'a>>,
    /// Whether the subnet's gateway is the default route.
    pub default_route: bool,
}

impl<'a> IpSet<'a> {
    pub(super) fn read(item: &Item<'a>) -> Self {
        Self { item: *item, networks: networks(item.node, &PointerBuf::root(), &["spec", "networks"]) }
    }
}

/// The networks at a path below a node that stands at a place.
pub(super) fn networks<'a>(node: &'a Node<'a>, place: &PointerBuf, path: &[&str]) -> Vec<NodeNetwork<'a>> {
    let read = |(pointer, node): (PointerBuf, &'a Node<'a>)| NodeNetwork {
        name: below(node, &pointer, &["name"]),
        subnet: below(node, &pointer, &["subnetName"]),
        fixed_ip: below(node, &pointer, &["fixedIP"]).map(Parsed::of),
        default_route: node.get("defaultRoute").and_then(Node::as_bool) == Some(true),
        pointer,
    };
    list(node, place, path).map(read).collect()
}
