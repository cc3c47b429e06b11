//! Requests for addresses to infra-operator: an `IPSet`, or the networks of a data plane node, from which one is made.

use crate::find::{Fact, Part};
use crate::krm::Item;
use crate::path;
use crate::path::Path;
use crate::yaml::PointerBuf;

use super::{Address, Parsed};

/// An `IPSet`.
#[derive(Debug, Clone)]
pub struct IpSet<'a> {
    /// The object.
    pub item: Item<'a>,
    /// `spec.networks`.
    pub networks: Vec<NodeNetwork<'a>>,
}

/// One entry of `networks` in an `IPSet` or a node.
#[derive(Debug, Clone)]
pub struct NodeNetwork<'a> {
    /// Its place in the object.
    pub pointer: PointerBuf,
    /// `name`; case does not matter.
    pub name: Option<Fact<'a>>,
    /// `subnetName`; case does not matter.
    pub subnet: Option<Fact<'a>>,
    /// `fixedIP`.
    pub fixed_ip: Option<Address<'a>>,
    /// `defaultRoute`: whether the subnet's gateway is the default route.
    pub default_route: bool,
}

impl<'a> IpSet<'a> {
    pub(super) fn read(item: &Item<'a>) -> Self {
        Self { item: *item, networks: networks(&item.part(), path!("spec.networks.[]")) }
    }
}

/// The entries at a path.
pub(super) fn networks<'a>(part: &Part<'a>, path: Path) -> Vec<NodeNetwork<'a>> {
    let read = |part: Part<'a>| NodeNetwork {
        name: part.fact(path!("name")),
        subnet: part.fact(path!("subnetName")),
        fixed_ip: Parsed::at(&part, path!("fixedIP")),
        default_route: part.bool(path!("defaultRoute")) == Some(true),
        pointer: part.pointer,
    };
    part.each(path).into_iter().map(read).collect()
}
