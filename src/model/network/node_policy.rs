//! `NodeNetworkConfigurationPolicy`: interfaces, addresses and routes of cluster nodes.

use std::collections::BTreeMap;

use crate::catalogue::nmstate::SWITCHES;
use crate::catalogue::node_policy::{
    ADDRESSES, CAPTURE, DNS_SERVERS, DYNAMIC, ENABLED, INTERFACES, PORTS, ROUTES,
};
use crate::find::{Fact, Part, value};
use crate::krm::Item;
use crate::path;
use crate::path::Path;
use crate::yaml::PointerBuf;

use super::{Address, Parsed};

/// A `NodeNetworkConfigurationPolicy`.
#[derive(Debug, Clone)]
pub struct NodePolicy<'a> {
    /// The object.
    pub item: Item<'a>,
    /// `metadata.name`.
    pub name: &'a str,
    /// Whether it has templates, which are known on each node alone (`spec.capture`).
    pub captures: bool,
    /// `spec.nodeSelector`; an empty one selects every node.
    pub selector: BTreeMap<&'a str, &'a str>,
    /// `interfaces`.
    pub interfaces: Vec<Interface<'a>>,
    /// `routes.config`.
    pub routes: Vec<NodeRoute<'a>>,
    /// `dns-resolver.config.server`.
    pub dns_servers: Vec<Fact<'a>>,
}

/// One of a policy's interfaces.
#[derive(Debug, Clone)]
pub struct Interface<'a> {
    /// Where it stands.
    pub pointer: PointerBuf,
    /// `name`.
    pub name: &'a str,
    /// `type`; empty if absent.
    pub kind: &'a str,
    /// Whether the policy removes the interface (`state: absent`).
    pub absent: bool,
    /// Whether it is to be up, as it is where nothing else is said.
    pub up: bool,
    /// `identifier`, where it is not known by its name; empty if absent.
    pub identifier: &'a str,
    /// `mtu`.
    pub mtu: Option<Fact<'a>>,
    /// `ipv4.enabled` and `ipv6.enabled`, as far as the policy says so.
    pub enabled: [Option<bool>; 2],
    /// Whether addresses of either family come from DHCP or router advertisements.
    pub dynamic: bool,
    /// `vlan`.
    pub vlan: Option<Vlan<'a>>,
    /// `ipv4.address`; `None` if the policy does not set it.
    pub ipv4: Option<Vec<InterfaceAddress<'a>>>,
    /// `ipv6.address`; `None` if the policy does not set it.
    pub ipv6: Option<Vec<InterfaceAddress<'a>>>,
    /// The ports of a bridge, a bond or a VRF.
    pub ports: Vec<Fact<'a>>,
}

/// An interface's `vlan`.
#[derive(Debug, Clone)]
pub struct Vlan<'a> {
    /// `base-iface`.
    pub base: Option<Fact<'a>>,
    /// `id`.
    pub id: Option<Fact<'a>>,
}

/// An address of an interface.
#[derive(Debug, Clone)]
pub struct InterfaceAddress<'a> {
    /// `ip`.
    pub ip: Address<'a>,
    /// `prefix-length`.
    pub prefix: Option<u8>,
}

/// One of `routes.config`.
#[derive(Debug, Clone)]
pub struct NodeRoute<'a> {
    /// Where it stands.
    pub pointer: PointerBuf,
    /// `destination`.
    pub destination: Option<Fact<'a>>,
    /// `next-hop-address`.
    pub next_hop: Option<Fact<'a>>,
    /// `next-hop-interface`.
    pub interface: Option<Fact<'a>>,
    /// `table-id`; empty if absent.
    pub table: &'a str,
    /// `state`: `absent` where the policy removes routes; empty where it adds one.
    pub state: &'a str,
    /// `route-type`: a route that leads nowhere; empty if absent.
    pub kind: &'a str,
    /// `source`.
    pub source: Option<Fact<'a>>,
    /// `weight`.
    pub weight: Option<Fact<'a>>,
}

impl<'a> NodePolicy<'a> {
    /// Reads an object of the kind.
    #[must_use]
    pub fn read(item: &Item<'a>) -> Self {
        let part = item.part();
        Self {
            item: *item,
            name: item.name(),
            captures: value(item.node, CAPTURE).is_some(),
            selector: part.words(path!("spec.nodeSelector")),
            interfaces: part.each(INTERFACES).into_iter().filter_map(Interface::read).collect(),
            routes: part.each(ROUTES).into_iter().map(NodeRoute::read).collect(),
            dns_servers: part.facts(DNS_SERVERS),
        }
    }

    /// The names of interfaces that the policy defines, builds upon or routes through.
    pub fn interface_names(&self) -> impl Iterator<Item = &'a str> {
        let defined = self.interfaces.iter().filter(|interface| !interface.absent);
        let defined = defined.flat_map(|interface| {
            let base = interface.vlan.iter().filter_map(|vlan| vlan.base.as_ref());
            std::iter::once(interface.name).chain(base.chain(&interface.ports).map(|fact| fact.text))
        });
        defined.chain(self.routes.iter().filter_map(|route| Some(route.interface.as_ref()?.text)))
    }
}

impl<'a> Interface<'a> {
    fn read(part: Part<'a>) -> Option<Self> {
        let [ipv4, ipv6] = ADDRESSES.map(|path| addresses(&part, path));
        Some(Self {
            name: part.text(path!("name"))?,
            kind: part.text(path!("type")).unwrap_or_default(),
            absent: part.text(path!("state")) == Some("absent"),
            up: part.text(path!("state")).is_none_or(|state| state == "up"),
            identifier: part.text(path!("identifier")).unwrap_or_default(),
            mtu: part.fact(path!("mtu")),
            enabled: ENABLED.map(|path| switch(&part, path)),
            dynamic: DYNAMIC.into_iter().any(|path| part.bool(path) == Some(true)),
            vlan: part
                .node
                .get("vlan")
                .map(|_| Vlan { base: part.fact(path!("vlan.base-iface")), id: part.fact(path!("vlan.id")) }),
            ipv4,
            ipv6,
            ports: PORTS.into_iter().flat_map(|path| part.facts(path)).collect(),
            pointer: part.pointer,
        })
    }

    /// Whether the interface is made by the policy where the node does not have it: not a port of the node's.
    #[must_use]
    pub fn is_made(&self) -> bool {
        !self.absent && !matches!(self.kind, "" | "unknown" | "ethernet" | "loopback")
    }

    /// The addresses of both families.
    pub fn addresses(&self) -> impl Iterator<Item = &InterfaceAddress<'a>> {
        self.ipv4.iter().chain(&self.ipv6).flatten()
    }
}

/// A boolean in any of the ways that nmstate reads it.
fn switch(part: &Part<'_>, path: Path) -> Option<bool> {
    let text = part.text(path)?.to_lowercase();
    SWITCHES.iter().find(|(word, _)| *word == text).map(|(_, on)| *on)
}

/// The addresses of one family; `None` if the policy does not set them.
fn addresses<'a>(interface: &Part<'a>, path: Path) -> Option<Vec<InterfaceAddress<'a>>> {
    value(interface.node, path)?;
    let address = |part: Part<'a>| {
        let prefix = part.text(path!("prefix-length"))?.parse().ok();
        Some(InterfaceAddress { ip: Parsed::at(&part, path!("ip"))?, prefix })
    };
    let list = interface.each(path).into_iter().flat_map(|list| list.each(path!("[]")));
    Some(list.filter_map(address).collect())
}

impl<'a> NodeRoute<'a> {
    fn read(part: Part<'a>) -> Self {
        Self {
            destination: part.fact(path!("destination")),
            next_hop: part.fact(path!("next-hop-address")),
            interface: part.fact(path!("next-hop-interface")),
            table: part.text(path!("table-id")).unwrap_or_default(),
            state: part.text(path!("state")).unwrap_or_default(),
            kind: part.text(path!("route-type")).unwrap_or_default(),
            source: part.fact(path!("source")),
            weight: part.fact(path!("weight")),
            pointer: part.pointer,
        }
    }
}
