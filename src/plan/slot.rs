//! What one slot has of one network. Must not know other slots or networks.

use std::net::IpAddr;

use crate::address::{Block, number, numbered};

use super::distance::{Distance, moved};
use super::{Course, Network};

/// What a slot has of a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotNetwork {
    /// The addresses, in the order of the base's.
    pub addresses: Vec<Block>,
    /// The VLAN ID; may be more than there are.
    pub vlan: Option<u32>,
    /// The host interface.
    pub interface: Option<String>,
    /// The DNS domain.
    pub dns_domain: Option<String>,
}

/// Why a slot has no such network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lack {
    /// There are no addresses so far up.
    Beyond(Block),
    /// The slices end before the slot's last address.
    SlicesEnd {
        /// The blocks that are cut into slices.
        slices: Block,
        /// What the slot needs the addresses to.
        needed: IpAddr,
    },
}

impl Network {
    /// Whether a slot's networks are its own, rather than parts of the base's.
    #[must_use]
    pub fn is_own(&self) -> bool {
        matches!(self.course, Course::Step(_))
    }

    /// What a slot has; the instance's name stands in its domain where the template says so.
    pub fn slot(&self, slot: u32, instance: &str) -> Result<SlotNetwork, Lack> {
        let behind = slot.saturating_sub(1);
        let is_own = behind > 0 && self.is_own();
        let named = |pair: &Option<(String, String)>, fill: &dyn Fn(&str, &str) -> String| {
            pair.as_ref().map(|(base, template)| if is_own { fill(base, template) } else { base.clone() })
        };
        let vlan =
            |(first, step): (u16, u16)| u32::from(first) + if is_own { behind * u32::from(step) } else { 0 };
        Ok(SlotNetwork {
            addresses: self.addresses(slot)?,
            vlan: self.vlan.map(vlan),
            interface: named(&self.interface, &|base, template| {
                template.replace("{base}", base).replace("{slot}", &slot.to_string())
            }),
            dns_domain: named(&self.dns_domain, &|base, template| domain(base, template, slot, instance)),
        })
    }

    fn addresses(&self, slot: u32) -> Result<Vec<Block>, Lack> {
        match &self.course {
            _ if slot <= 1 => Ok(self.addresses.clone()),
            Course::Shared => Ok(self.addresses.clone()),
            Course::Step(step) => self.addresses.iter().map(|block| stepped(block, step, slot)).collect(),
            Course::Slices(slices) => {
                let sliced = |(place, block)| self.sliced(slices, place, block, slot);
                self.addresses.iter().enumerate().map(sliced).collect()
            }
        }
    }

    /// The part of the slices that a slot has for a block: behind those of the slots before, and of the blocks before.
    fn sliced(&self, slices: &[Block], place: usize, block: &Block, slot: u32) -> Result<Block, Lack> {
        let is_kin = |other: &&Block| other.first().is_ipv4() == block.first().is_ipv4();
        let Some(slices) = slices.iter().find(is_kin) else { return Ok(*block) };
        let count = |blocks: &[Block]| -> u128 {
            blocks.iter().filter(is_kin).map(|block| block.size().saturating_add(1)).sum()
        };
        let own = count(self.addresses.get(..place).unwrap_or_default());
        let before =
            count(&self.addresses).saturating_mul(u128::from(slot.saturating_sub(2))).saturating_add(own);
        let at = |offset: u128| numbered(slices.first(), number(slices.first()).checked_add(offset)?);
        let (first, last) = (at(before), at(before.saturating_add(block.size())));
        let (Some(first), Some(last)) = (first, last) else { return Err(Lack::Beyond(*slices)) };
        let cut = Block::range(first, last).map_err(|_| Lack::Beyond(*slices))?;
        if slices.contains(last) { Ok(cut) } else { Err(Lack::SlicesEnd { slices: *slices, needed: last }) }
    }
}

fn stepped(block: &Block, step: &Distance, slot: u32) -> Result<Block, Lack> {
    let by = step.of(block).unwrap_or_default().checked_mul(u128::from(slot.saturating_sub(1)));
    by.and_then(|by| moved(block, by)).ok_or(Lack::Beyond(*block))
}

fn domain(base: &str, template: &str, slot: u32, instance: &str) -> String {
    let (label, rest) = base.split_once('.').unwrap_or((base, ""));
    let filled = template.replace("{label}", label).replace("{rest}", rest);
    let filled = filled.replace("{slot}", &slot.to_string()).replace("{instance}", instance);
    filled.trim_end_matches('.').to_owned()
}
