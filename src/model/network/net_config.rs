//! `NetConfig`: the networks that the data plane gets addresses on.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::address::Block;
use crate::krm::Item;
use crate::yaml::{Node, PointerBuf};

use super::super::fact::Fact;
use super::{Address, Parsed, below, list, words};

/// A `NetConfig`.
#[derive(Debug, Clone)]
pub struct NetConfig<'a> {
    /// The object.
    pub item: Item<'a>,
    /// `spec.networks`.
    pub networks: Vec<Network<'a>>,
}

/// One of `spec.networks`.
#[derive(Debug, Clone)]
pub struct Network<'a> {
    /// Where it stands.
    pub pointer: PointerBuf,
    /// `name`.
    pub name: Option<Fact<'a>>,
    /// `serviceNetwork`.
    pub service_network: Option<Fact<'a>>,
    /// `dnsDomain`.
    pub dns_domain: Option<Fact<'a>>,
    /// `subnets`.
    pub subnets: Vec<Subnet<'a>>,
}

/// One of a network's `subnets`.
#[derive(Debug, Clone)]
pub struct Subnet<'a> {
    /// Where it stands.
    pub pointer: PointerBuf,
    /// `name`.
    pub name: Option<Fact<'a>>,
    /// `dnsDomain`.
    pub dns_domain: Option<Fact<'a>>,
    /// `vlan`, which may be a placeholder.
    pub vlan: Option<Fact<'a>>,
    /// `cidr`.
    pub cidr: Option<Parsed<'a, IpNet>>,
    /// `gateway`.
    pub gateway: Option<Address<'a>>,
    /// `allocationRanges`.
    pub ranges: Vec<Range<'a>>,
    /// `excludeAddresses`.
    pub excluded: Vec<Address<'a>>,
    /// `routes`.
    pub routes: Vec<Route<'a>>,
}

/// One of `allocationRanges`.
#[derive(Debug, Clone)]
pub struct Range<'a> {
    /// Where it stands.
    pub pointer: PointerBuf,
    /// `start`.
    pub start: Option<Address<'a>>,
    /// `end`.
    pub end: Option<Address<'a>>,
}

/// One of a subnet's `routes`.
#[derive(Debug, Clone)]
pub struct Route<'a> {
    /// `destination`.
    pub destination: Option<Parsed<'a, IpNet>>,
    /// `nexthop`.
    pub next_hop: Option<Address<'a>>,
}

impl<'a> NetConfig<'a> {
    pub(super) fn read(item: &Item<'a>) -> Self {
        let networks = list(item.node, &PointerBuf::root(), &["spec", "networks"]);
        Self { item: *item, networks: networks.map(|(place, node)| Network::read(place, node)).collect() }
    }

    /// All subnets, each with its network.
    pub fn subnets(&self) -> impl Iterator<Item = (&Network<'a>, &Subnet<'a>)> {
        self.networks.iter().flat_map(|network| network.subnets.iter().map(move |subnet| (network, subnet)))
    }
}

impl<'a> Network<'a> {
    fn read(pointer: PointerBuf, node: &'a Node<'a>) -> Self {
        let word = |key| below(node, &pointer, &[key]);
        Self {
            name: word("name"),
            service_network: word("serviceNetwork"),
            dns_domain: word("dnsDomain"),
            subnets: list(node, &pointer, &["subnets"])
                .map(|(place, node)| Subnet::read(place, node))
                .collect(),
            pointer,
        }
    }

    /// The name; empty where it is missing.
    #[must_use]
    pub fn title(&self) -> &'a str {
        self.name.as_ref().map_or("", |fact| fact.text)
    }
}

impl<'a> Subnet<'a> {
    fn read(pointer: PointerBuf, node: &'a Node<'a>) -> Self {
        let word = |key| below(node, &pointer, &[key]);
        let range = |(place, node): (PointerBuf, &'a Node<'a>)| Range {
            start: below(node, &place, &["start"]).map(Parsed::of),
            end: below(node, &place, &["end"]).map(Parsed::of),
            pointer: place,
        };
        let route = |(place, node): (PointerBuf, &'a Node<'a>)| Route {
            destination: below(node, &place, &["destination"]).map(Parsed::of),
            next_hop: below(node, &place, &["nexthop"]).map(Parsed::of),
        };
        Self {
            name: word("name"),
            dns_domain: word("dnsDomain"),
            vlan: word("vlan"),
            cidr: word("cidr").map(Parsed::of),
            gateway: word("gateway").filter(|fact| !fact.text.is_empty()).map(Parsed::of),
            ranges: list(node, &pointer, &["allocationRanges"]).map(range).collect(),
            excluded: words(node, &pointer, &["excludeAddresses"]).into_iter().map(Parsed::of).collect(),
            routes: list(node, &pointer, &["routes"]).map(route).collect(),
            pointer,
        }
    }

    /// Whether an address is one of `excludeAddresses`.
    #[must_use]
    pub fn excludes(&self, address: IpAddr) -> bool {
        self.excluded.iter().any(|excluded| excluded.value == Some(address))
    }
}

impl Range<'_> {
    /// Its addresses, where both ends can be read and are in order.
    #[must_use]
    pub fn block(&self) -> Option<Block> {
        Block::range(self.start.as_ref()?.value?, self.end.as_ref()?.value?).ok()
    }
}
