//! Networks: what assigns addresses on them, and what carries them to the nodes. Must not know pools or VIPs.

mod attachment;
mod interfaces;
mod ip_request;
mod net_config;
mod node_policy;
mod node_set;
mod one_node;
mod requests;
mod vlan_text;

use std::borrow::Cow;
use std::net::IpAddr;
use std::str::FromStr;

use ipnet::{IpNet, Ipv4Net};

pub use attachment::{Attachment, AttachmentRange, Book, Plugin};
pub use ip_request::{IpSet, NodeNetwork};
pub use net_config::{NetConfig, Network, Range, Route, Subnet};
pub use node_policy::{Interface, InterfaceAddress, NodePolicy, NodeRoute, Vlan};
pub use node_set::{DataPlaneNode, NodeSet};
pub use one_node::Selections;
pub use requests::Request;
pub use vlan_text::{WrittenVlan, vlan_key, written_vlans};

use crate::catalogue::kinds;
use crate::find::{Fact, Part};
use crate::krm::Item;
use crate::path::Path;
use crate::yaml::PointerBuf;

/// A text that should be an address, a network or a number, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed<'a, T> {
    /// Its place in the object; for a value in a CNI configuration, the place of `spec.config`.
    pub pointer: PointerBuf,
    /// The text as written.
    pub text: Cow<'a, str>,
    /// Its value, if it can be read.
    pub value: Option<T>,
}

/// An address and its place.
pub type Address<'a> = Parsed<'a, IpAddr>;

/// A value as the operators' Go reads its text: IPv4 written as IPv6 is IPv4.
pub trait Canonical: FromStr + Sized {
    /// The value without the detour through IPv6.
    fn canonical(self) -> Self;
}

impl Canonical for IpAddr {
    fn canonical(self) -> Self {
        self.to_canonical()
    }
}

impl Canonical for IpNet {
    fn canonical(self) -> Self {
        const MAPPED: u8 = 96;
        let (Some(length), IpAddr::V4(address)) =
            (self.prefix_len().checked_sub(MAPPED), self.addr().to_canonical())
        else {
            return self;
        };
        let is_mapped = matches!(self, Self::V6(_));
        Ipv4Net::new(address, length).ok().filter(|_| is_mapped).map_or(self, Self::V4)
    }
}

impl<'a, T: Canonical> Parsed<'a, T> {
    fn new(pointer: PointerBuf, text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        Self { value: text.parse().ok().map(T::canonical), pointer, text }
    }

    fn of(fact: Fact<'a>) -> Self {
        Self::new(fact.pointer, fact.text)
    }

    /// The value at a path of keys.
    fn at(part: &Part<'a>, path: Path) -> Option<Self> {
        part.fact(path).map(Self::of)
    }

    /// The values at a path through a list.
    fn each(part: &Part<'a>, path: Path) -> Vec<Self> {
        part.facts(path).into_iter().map(Self::of).collect()
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
            (kinds::ATTACHMENTS, kinds::ATTACHMENT) => {
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
