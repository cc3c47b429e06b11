//! The table of a plan: every slot that is checked, and what it has. Must not know how it is printed.

use super::{Lack, Network, Plan, SlotNetwork};

/// One slot of the table.
#[derive(Debug, Clone)]
pub struct Row<'p> {
    /// The slot.
    pub slot: u32,
    /// The instance that has it.
    pub instance: Option<&'p str>,
    /// Each network, with what the slot has of it.
    pub networks: Vec<(&'p Network, Result<SlotNetwork, Lack>)>,
    /// Host interfaces that belong to no network: the base's name and the slot's, where it has one.
    pub interfaces: Vec<(&'p str, Option<String>)>,
}

impl Plan {
    /// Every slot that is checked, taken or free.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (1..=self.last_slot()).map(|slot| {
            let seat = self.seat(slot, "{instance}");
            let of_network = |network| (network, Network::slot(network, seat));
            let interfaces = self.interfaces.iter().map(|one| {
                let stays = slot == 1 || seat.slice.is_some();
                (one.from.as_str(), if stays { Some(one.from.clone()) } else { one.of_slot(slot) })
            });
            Row {
                slot,
                instance: self.taker(slot),
                networks: self.networks.iter().map(of_network).collect(),
                interfaces: interfaces.collect(),
            }
        })
    }

    /// The slots that are checked and no instance has.
    #[must_use]
    pub fn free_slots(&self) -> Vec<u32> {
        (1..=self.last_slot()).filter(|slot| self.taker(*slot).is_none()).collect()
    }
}
