//! `NodeNetworkConfigurationPolicy`: interfaces, addresses and routes of the cluster's nodes.

use std::collections::BTreeMap;

use crate::krm::Item;
use crate::yaml::{Node, PointerBuf};

use super::super::fact::Fact;
use super::{Address, Parsed, below, list, words};

/// A `NodeNetworkConfigurationPolicy`.
#[derive(Debug, Clone)]
pub struct NodePolicy<'a> {
    /// The object.
    pub item: Item<'a>,
    /// `metadata.name`.
    pub name: &'a str,
    /// `spec.nodeSelector`; empty selects every node.
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
    /// `type`; empty where it is not written.
    pub kind: &'a str,
    /// Whether the policy takes the interface away (`state: absent`).
    pub absent: bool,
    /// Whether addresses come by DHCP or from a router, in either family.
    pub dynamic: bool,
    /// `vlan`.
    pub vlan: Option<Vlan<'a>>,
    /// `ipv4.address`; none where the policy does not say.
    pub ipv4: Option<Vec<InterfaceAddress<'a>>>,
    /// `ipv6.address`; none where the policy does not say.
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
    /// `table-id`; empty where it is not written.
    pub table: &'a str,
}

const STATE: [&str; 2] = ["spec", "desiredState"];
const PORTS: [&[&str]; 3] =
    [&["link-aggregation", "port"], &["link-aggregation", "slaves"], &["vrf", "port"]];

impl<'a> NodePolicy<'a> {
    pub(super) fn read(item: &Item<'a>) -> Self {
        let selector = item.node.path(&["spec", "nodeSelector"]).map(Node::entries).unwrap_or_default();
        let selector = selector.iter().filter_map(|entry| Some((entry.key.text()?, entry.value.text()?)));
        let place = PointerBuf::from_tokens(STATE);
        let state = item.node.path(&STATE);
        let of = |path: &[&str]| -> Vec<(PointerBuf, &'a Node<'a>)> {
            state.map(|state| list(state, &place, path).collect()).unwrap_or_default()
        };
        Self {
            item: *item,
            name: item.name(),
            selector: selector.collect(),
            interfaces: of(&["interfaces"])
                .into_iter()
                .filter_map(|(place, node)| Interface::read(place, node))
                .collect(),
            routes: of(&["routes", "config"])
                .into_iter()
                .map(|(place, node)| NodeRoute::read(place, node))
                .collect(),
            dns_servers: state
                .map(|state| words(state, &place, &["dns-resolver", "config", "server"]))
                .unwrap_or_default(),
        }
    }

    /// The names of all interfaces that the policy knows: defined, built upon or routed through.
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
    fn read(pointer: PointerBuf, node: &'a Node<'a>) -> Option<Self> {
        let is_on = |path: &[&str]| node.path(path).and_then(Node::as_bool).unwrap_or_default();
        let addresses = |family: &str| {
            let path = [family, "address"];
            node.path(&path)?;
            let address = |(place, node): (PointerBuf, &'a Node<'a>)| {
                Some(InterfaceAddress {
                    ip: Parsed::of(below(node, &place, &["ip"])?),
                    prefix: node.get("prefix-length").and_then(Node::text)?.parse().ok(),
                })
            };
            Some(list(node, &pointer, &path).filter_map(address).collect())
        };
        let named = list(node, &pointer, &["bridge", "port"]);
        let named = named.filter_map(|(place, port)| below(port, &place, &["name"]));
        let ports = named.chain(PORTS.iter().flat_map(|path| words(node, &pointer, path))).collect();
        let vlan = |key| below(node, &pointer, &["vlan", key]);
        Some(Self {
            name: node.get("name").and_then(Node::text)?,
            kind: node.get("type").and_then(Node::text).unwrap_or_default(),
            absent: node.get("state").and_then(Node::text) == Some("absent"),
            dynamic: is_on(&["ipv4", "dhcp"]) || is_on(&["ipv6", "dhcp"]) || is_on(&["ipv6", "autoconf"]),
            vlan: node.get("vlan").map(|_| Vlan { base: vlan("base-iface"), id: vlan("id") }),
            ipv4: addresses("ipv4"),
            ipv6: addresses("ipv6"),
            ports,
            pointer,
        })
    }

    /// The addresses of both families.
    pub fn addresses(&self) -> impl Iterator<Item = &InterfaceAddress<'a>> {
        self.ipv4.iter().chain(&self.ipv6).flatten()
    }
}

impl<'a> NodeRoute<'a> {
    fn read(pointer: PointerBuf, node: &'a Node<'a>) -> Self {
        let word = |key| below(node, &pointer, &[key]);
        Self {
            destination: word("destination"),
            next_hop: word("next-hop-address"),
            interface: word("next-hop-interface"),
            table: node.get("table-id").and_then(Node::text).unwrap_or_default(),
            pointer,
        }
    }
}
