//! `NetConfig`: the networks on which data plane nodes get addresses.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::address::Block;
use crate::find::{Fact, Part};
use crate::krm::Item;
use crate::path;
use crate::yaml::PointerBuf;

use super::{Address, Parsed};

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
    /// `vlan`; may be a placeholder.
    pub vlan: Option<Fact<'a>>,
    /// `cidr`.
    pub cidr: Option<Parsed<'a, IpNet>>,
    /// `gateway`; an empty one is there, too.
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
    /// Where it stands.
    pub pointer: PointerBuf,
    /// `destination`.
    pub destination: Option<Parsed<'a, IpNet>>,
    /// `nexthop`.
    pub next_hop: Option<Address<'a>>,
}

impl<'a> NetConfig<'a> {
    /// Reads an object of the kind.
    #[must_use]
    pub fn read(item: &Item<'a>) -> Self {
        let networks = item.part().each(path!("spec.networks.[]"));
        Self { item: *item, networks: networks.into_iter().map(Network::read).collect() }
    }

    /// All subnets, each with its network.
    pub fn subnets(&self) -> impl Iterator<Item = (&Network<'a>, &Subnet<'a>)> {
        self.networks.iter().flat_map(|network| network.subnets.iter().map(move |subnet| (network, subnet)))
    }
}

impl<'a> Network<'a> {
    fn read(part: Part<'a>) -> Self {
        Self {
            name: part.fact(path!("name")),
            service_network: part.fact(path!("serviceNetwork")),
            dns_domain: part.fact(path!("dnsDomain")),
            subnets: part.each(path!("subnets.[]")).into_iter().map(Subnet::read).collect(),
            pointer: part.pointer,
        }
    }

    /// The name; empty if missing.
    #[must_use]
    pub fn title(&self) -> &'a str {
        self.name.as_ref().map_or("", |fact| fact.text)
    }
}

impl<'a> Subnet<'a> {
    fn read(part: Part<'a>) -> Self {
        let range = |part: Part<'a>| Range {
            start: Parsed::at(&part, path!("start")),
            end: Parsed::at(&part, path!("end")),
            pointer: part.pointer,
        };
        let route = |part: Part<'a>| Route {
            destination: Parsed::at(&part, path!("destination")),
            next_hop: Parsed::at(&part, path!("nexthop")),
            pointer: part.pointer,
        };
        Self {
            name: part.fact(path!("name")),
            dns_domain: part.fact(path!("dnsDomain")),
            vlan: part.fact(path!("vlan")),
            cidr: Parsed::at(&part, path!("cidr")),
            gateway: Parsed::at(&part, path!("gateway")),
            ranges: part.each(path!("allocationRanges.[]")).into_iter().map(range).collect(),
            excluded: Parsed::each(&part, path!("excludeAddresses.[]")),
            routes: part.each(path!("routes.[]")).into_iter().map(route).collect(),
            pointer: part.pointer,
        }
    }

    /// Whether an address is one of `excludeAddresses`.
    #[must_use]
    pub fn excludes(&self, address: IpAddr) -> bool {
        self.excluded.iter().any(|excluded| excluded.value == Some(address))
    }
}

impl Range<'_> {
    /// Its addresses; `None` if an end cannot be read or they are out of order.
    #[must_use]
    pub fn block(&self) -> Option<Block> {
        Block::range(self.start.as_ref()?.value?, self.end.as_ref()?.value?).ok()
    }
}
