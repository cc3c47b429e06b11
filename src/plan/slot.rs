//! What one slot has of one network. Must not know other slots or networks.

use std::net::IpAddr;

use crate::address::{Block, number, numbered};

use super::distance::{Distance, moved};
use super::{Course, Inside, Network, Seat};

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
    /// Whether a slot's network is its own, rather than a part of the base's.
    #[must_use]
    pub fn is_own(&self, seat: Seat<'_>) -> bool {
        matches!(self.course, Course::Step(_)) && self.inside(seat).is_none()
    }

    /// What a slot has inside the base's own subnet, where it is the base's or lives there.
    #[must_use]
    pub fn inside(&self, seat: Seat<'_>) -> Option<&Inside> {
        self.inside.as_ref().filter(|_| seat.slice.is_some())
    }

    /// What of the base a slot has something in place of.
    #[must_use]
    pub fn base(&self, seat: Seat<'_>) -> &[Block] {
        self.inside(seat).map_or(&self.addresses, |inside| &inside.ranges)
    }

    /// What a slot has; the instance's name stands in its domain where the template says so.
    pub fn slot(&self, seat: Seat<'_>) -> Result<SlotNetwork, Lack> {
        let behind = seat.slot.saturating_sub(1);
        let is_own = behind > 0 && self.is_own(seat);
        let is_inside = self.inside(seat).is_some();
        let filled = |own: bool, pair: &Option<(String, String)>, fill: &dyn Fn(&str, &str) -> String| {
            pair.as_ref().map(|(base, template)| if own { fill(base, template) } else { base.clone() })
        };
        let vlan =
            |(first, step): (u16, u16)| u32::from(first) + if is_own { behind * u32::from(step) } else { 0 };
        Ok(SlotNetwork {
            addresses: self.addresses(seat)?,
            vlan: self.vlan.map(vlan),
            interface: filled(is_own, &self.interface, &|base, template| {
                template.replace("{base}", base).replace("{slot}", &seat.slot.to_string())
            }),
            // The domain is the instance's, whoever the subnet is shared with.
            dns_domain: filled(is_own || is_inside, &self.dns_domain, &|base, template| {
                domain(base, template, seat)
            }),
        })
    }

    fn addresses(&self, seat: Seat<'_>) -> Result<Vec<Block>, Lack> {
        if let Some(existing) =
            self.existing.get(seat.instance).filter(|_| seat.slot > 1 && seat.slice.is_none())
        {
            return Ok(existing.clone());
        }
        match (&self.course, self.inside(seat), seat.slice) {
            _ if seat.slot <= 1 => Ok(self.addresses.clone()),
            (_, Some(inside), Some(slice)) => cut(&inside.ranges, &inside.slices, slice),
            (Course::Shared, ..) => Ok(self.addresses.clone()),
            (Course::Step(step), ..) => {
                self.addresses.iter().map(|block| stepped(block, step, seat.slot)).collect()
            }
            (Course::Slices(slices), ..) => cut(&self.addresses, slices, seat.slot),
        }
    }
}

/// The ranges that a slice has in place of the base's: as large, one behind the other, behind those of the slices before.
fn cut(base: &[Block], slices: &[Block], slice: u32) -> Result<Vec<Block>, Lack> {
    let families = [true, false].map(|is_ipv4| {
        let of_family = |blocks: &[Block]| -> Vec<Block> {
            blocks.iter().filter(|block| block.first().is_ipv4() == is_ipv4).copied().collect()
        };
        let (base, slices) = (of_family(base), of_family(slices));
        match slices.as_slice() {
            [] => Ok(base),
            [one] => in_one(&base, one, slice),
            several => in_several(&base, several, slice),
        }
    });
    let [ipv4, ipv6] = families;
    let (mut ipv4, mut ipv6) = (ipv4?.into_iter(), ipv6?.into_iter());
    let each = base.iter().map(|block| if block.first().is_ipv4() { ipv4.next() } else { ipv6.next() });
    Ok(each.flatten().collect())
}

/// In one block the place follows from the number.
fn in_one(base: &[Block], slices: &Block, slice: u32) -> Result<Vec<Block>, Lack> {
    let all: u128 = base.iter().map(|block| block.size().saturating_add(1)).sum();
    let mut offset = all.saturating_mul(u128::from(slice.saturating_sub(2)));
    let mut own = Vec::new();
    for block in base {
        let cut = part(slices, offset, block).ok_or(Lack::Beyond(*slices))?;
        if !slices.contains(cut.last()) {
            return Err(Lack::SlicesEnd { slices: *slices, needed: cut.last() });
        }
        own.push(cut);
        offset = offset.saturating_add(block.size().saturating_add(1));
    }
    Ok(own)
}

/// In several, a range that does not fit any more begins the next.
fn in_several(base: &[Block], slices: &[Block], slice: u32) -> Result<Vec<Block>, Lack> {
    let mut blocks = slices.iter();
    let Some(mut block) = blocks.next() else { return Ok(Vec::new()) };
    let (mut offset, mut own) = (0u128, Vec::new());
    for _ in 2..=slice {
        own.clear();
        for range in base {
            let fitting =
                |block: &Block, offset| part(block, offset, range).filter(|cut| block.contains(cut.last()));
            let cut = match fitting(block, offset) {
                Some(cut) => cut,
                None => loop {
                    let needed = part(block, offset, range).map_or(block.last(), |cut| cut.last());
                    let lack = Lack::SlicesEnd { slices: *block, needed };
                    (block, offset) = (blocks.next().ok_or(lack)?, 0);
                    if let Some(cut) = fitting(block, 0) {
                        break cut;
                    }
                },
            };
            offset = offset.saturating_add(range.size().saturating_add(1));
            own.push(cut);
        }
    }
    Ok(own)
}

/// As many addresses as a range has, so far behind the first of a block.
fn part(block: &Block, offset: u128, range: &Block) -> Option<Block> {
    let at = |offset: u128| numbered(block.first(), number(block.first()).checked_add(offset)?);
    Block::range(at(offset)?, at(offset.saturating_add(range.size()))?).ok()
}

fn stepped(block: &Block, step: &Distance, slot: u32) -> Result<Block, Lack> {
    let by = step.of(block).unwrap_or_default().checked_mul(u128::from(slot.saturating_sub(1)));
    by.and_then(|by| moved(block, by)).ok_or(Lack::Beyond(*block))
}

fn domain(base: &str, template: &str, Seat { slot, instance, .. }: Seat<'_>) -> String {
    let (label, rest) = base.split_once('.').unwrap_or((base, ""));
    let filled = template.replace("{label}", label).replace("{rest}", rest);
    let filled = filled.replace("{slot}", &slot.to_string()).replace("{instance}", instance);
    filled.trim_end_matches('.').to_owned()
}
