//! Networks: what gives out addresses on one, and what carries it to the nodes. Knows no pool and no VIP.

mod attachment;
mod interfaces;
mod ip_request;
mod net_config;
mod node_policy;
mod node_set;
mod one_node;
mod requests;

use std::borrow::Cow;
use std::net::IpAddr;
use std::str::FromStr;

pub use attachment::{Attachment, AttachmentRange, Plugin};
pub use ip_request::{IpSet, NodeNetwork};
pub use net_config::{NetConfig, Network, Range, Route, Subnet};
pub use node_policy::{Interface, InterfaceAddress, NodePolicy, NodeRoute, Vlan};
pub use node_set::{DataPlaneNode, NodeSet};
pub use requests::Request;

use crate::catalogue::kinds;
use crate::krm::Item;
use crate::yaml::{Node, PointerBuf};

use super::fact::{Fact, under};

/// A text that should be an address, a network or a number, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed<'a, T> {
    /// Where it stands in its object; of what stands in a text (a CNI configuration), where that text stands.
    pub pointer: PointerBuf,
    /// As it is written.
    pub text: Cow<'a, str>,
    /// What it says, where it can be read.
    pub value: Option<T>,
}

/// An address and its place.
pub type Address<'a> = Parsed<'a, IpAddr>;

impl<'a, T: FromStr> Parsed<'a, T> {
    fn new(pointer: PointerBuf, text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        Self { value: text.parse().ok(), pointer, text }
    }

    fn of(fact: Fact<'a>) -> Self {
        Self::new(fact.pointer, fact.text)
    }
}

/// The objects that describe networks.
#[derive(Debug, Clone, Default)]
pub struct Networks<'a> {
    /// `NetConfig`.
    pub net_configs: Vec<NetConfig<'a>>,
    /// `NetworkAttachmentDefinition`.
    pub attachments: Vec<Attachment<'a>>,
    /// `NodeNetworkConfigurationPolicy`.
    pub node_policies: Vec<NodePolicy<'a>>,
    /// `OpenStackDataPlaneNodeSet`.
    pub node_sets: Vec<NodeSet<'a>>,
    /// `IPSet`.
    pub ip_sets: Vec<IpSet<'a>>,
}

impl<'a> Networks<'a> {
    pub(super) fn add(&mut self, item: &Item<'a>) {
        match (item.group(), item.kind) {
            ("network.openstack.org", "IPSet") => self.ip_sets.push(IpSet::read(item)),
            ("network.openstack.org", "NetConfig") => self.net_configs.push(NetConfig::read(item)),
            ("k8s.cni.cncf.io", "NetworkAttachmentDefinition") => {
                self.attachments.push(Attachment::read(item));
            }
            (kinds::NMSTATE, kinds::NODE_POLICY) => self.node_policies.push(NodePolicy::read(item)),
            ("dataplane.openstack.org", "OpenStackDataPlaneNodeSet") => {
                self.node_sets.push(NodeSet::read(item));
            }
            _ => {}
        }
    }
}

/// The scalar at a path below a node that stands at a place; an absent or null one is none.
fn below<'a>(node: &'a Node<'a>, place: &PointerBuf, path: &[&str]) -> Option<Fact<'a>> {
    let found = node.path(path).filter(|node| !node.is_null())?;
    Some(Fact { pointer: under(place, path), text: found.text()? })
}

/// The items of the list at a path below a node, each with its place.
fn list<'a>(
    node: &'a Node<'a>,
    place: &PointerBuf,
    path: &[&str],
) -> impl Iterator<Item = (PointerBuf, &'a Node<'a>)> + use<'a> {
    let place = under(place, path);
    let items = node.path(path).map(Node::items).unwrap_or_default();
    items.iter().enumerate().map(move |(index, item)| (under(&place, &[&index.to_string()]), item))
}

/// The scalars of the list at a path below a node.
fn words<'a>(node: &'a Node<'a>, place: &PointerBuf, path: &[&str]) -> Vec<Fact<'a>> {
    let word = |(pointer, node): (PointerBuf, &'a Node<'a>)| Some(Fact { pointer, text: node.text()? });
    list(node, place, path).filter_map(word).collect()
}
