//! How the networks of a draft might go on: the steps, of some that people take, by which most slots fit. Must not know
//! where a network came from.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use serde_json::{Value, json};

use super::{Draft, Drafted};
use crate::address::{Block, number, numbered};
use crate::config::{AddressPlan, PlannedNetwork};
use crate::plan::Plan;

/// Distances of slots in IPv4, in the order in which they are tried.
const IPV4: [u128; 6] = [0x0a00, 0x1000, 0x4000, 0x01_0000, 0x0a_0000, 0x10_0000];
/// Distances of slots in IPv6: the next /64, the next /56, the next /48.
const IPV6: [u128; 3] = [1 << 64, 1 << 72, 1 << 80];
/// Distances of VLAN IDs; the first is the plan's own default.
const VLAN: [u16; 4] = [10, 100, 20, 50];
/// So many slots are enough of a choice.
const ENOUGH: u32 = 20;

/// What is proposed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Steps {
    ipv4: u128,
    ipv6: u128,
    /// The distance of VLAN IDs.
    pub(super) vlan: u16,
    /// How many slots fit by it, as far as it matters.
    pub(super) slots: u32,
}

impl Steps {
    /// Those by which most slots fit; the first of equal ones.
    pub(super) fn new(draft: &Draft) -> Self {
        let tried = VLAN.into_iter().flat_map(|vlan| {
            let by_family = IPV4.into_iter().flat_map(|ipv4| IPV6.into_iter().map(move |ipv6| (ipv4, ipv6)));
            by_family.map(move |(ipv4, ipv6)| Self { ipv4, ipv6, vlan, slots: 0 })
        });
        let first = Self { ipv4: 0x0a00, ipv6: 1 << 64, vlan: 10, slots: 0 };
        tried.fold(first, |best, steps| {
            if best.slots >= ENOUGH {
                return best;
            }
            let slots = steps.fit(draft).min(ENOUGH);
            if slots > best.slots { Self { slots, ..steps } } else { best }
        })
    }

    /// How many slots fit.
    fn fit(self, draft: &Draft) -> u32 {
        let planned = |network: &Drafted| PlannedNetwork {
            name: network.name.clone(),
            addresses: network.addresses.iter().map(ToString::to_string).collect(),
            step: self.of(network),
            shared: network.addresses.is_empty(),
            vlan: network.vlan,
            ..PlannedNetwork::default()
        };
        let plan = AddressPlan {
            vlan_step: Some(self.vlan),
            networks: draft.networks.iter().map(planned).collect(),
            ..AddressPlan::default()
        };
        Plan::new(&plan).map_or(0, |plan| plan.fits().slots)
    }

    /// The step of a network, as it is written; none where it has no addresses.
    pub(super) fn of(self, network: &Drafted) -> Option<Value> {
        let is_there = |ipv4: bool| network.addresses.iter().any(|block| block.first().is_ipv4() == ipv4);
        let zero: [IpAddr; 2] = [Ipv4Addr::UNSPECIFIED.into(), Ipv6Addr::UNSPECIFIED.into()];
        let written =
            zero.into_iter().zip([self.ipv4, self.ipv6]).filter(|(zero, _)| is_there(zero.is_ipv4()));
        let written = written.map(|(zero, step)| {
            let step = step.max(span(network, zero.is_ipv4()));
            json!(numbered(zero, step).unwrap_or(zero).to_string())
        });
        let mut written: Vec<Value> = written.collect();
        if written.len() > 1 { Some(written.into()) } else { written.pop() }
    }
}

/// The size of the largest block of a family, up to a power of two: by less no slot is apart from the next.
fn span(network: &Drafted, ipv4: bool) -> u128 {
    let own = network.addresses.iter().filter(|block| block.first().is_ipv4() == ipv4);
    let largest = own.map(Block::size).max().unwrap_or_default();
    let fits = largest.checked_add(1).and_then(u128::checked_next_power_of_two);
    // A /0 has no next one of its family.
    fits.filter(|size| !ipv4 || *size <= number(IpAddr::from(Ipv4Addr::BROADCAST))).unwrap_or(1)
}
