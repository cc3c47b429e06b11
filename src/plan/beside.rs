//! Two plans of one cluster: whether a slot of the one can be beside the instances of the other. Must not know the list.

use super::{Plan, Seat, SlotNetwork};

impl Plan {
    /// What a slot would have in common with an instance of another plan, in a sentence's end.
    #[must_use]
    pub fn meets(&self, slot: u32, other: &Self) -> Option<String> {
        let own = self.of(self.seat(slot, "{instance}"));
        other.instances.iter().find_map(|(name, registered)| {
            let seat = Seat { slot: registered.slot, slice: registered.slice, instance: name };
            let theirs = other.of(seat);
            let shared = own.iter().find_map(|one| theirs.iter().find_map(|other| one.shares(other)))?;
            Some(format!("{shared} is that of {name}, which is in another plan"))
        })
    }

    /// What a slot has for itself.
    fn of(&self, seat: Seat<'_>) -> Vec<SlotNetwork> {
        let own = self.networks.iter().filter(|network| seat.slot == 1 || network.is_own(seat));
        own.filter_map(|network| network.slot(seat).ok()).collect()
    }
}

impl SlotNetwork {
    fn shares(&self, other: &Self) -> Option<String> {
        let meets = |block: &&crate::address::Block| other.addresses.iter().any(|one| one.overlaps(block));
        let block = self.addresses.iter().find(meets).map(|block| format!("a part of {block}"));
        let interface = || self.interface.clone().filter(|_| self.interface == other.interface);
        let domain = || self.dns_domain.clone().filter(|_| self.dns_domain == other.dns_domain);
        block.or_else(|| interface().map(|name| format!("the interface {name}"))).or_else(domain)
    }
}
