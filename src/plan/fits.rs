//! How many slots a plan has room for, and what ends first. Must not know which slots are taken, but for their names.

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::{Course, Lack, MOST, Network, Plan, Seat, SlotNetwork, is_private};
use crate::address::Block;
use crate::config::LONGEST_INTERFACE;

/// How many slots a plan has room for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fits {
    /// The last slot before one that cannot be.
    pub slots: u32,
    /// Why the next one cannot be; nothing where there is an end to looking, and none to the room.
    pub ends: Vec<End>,
    /// Host interfaces that belong to no network, and the last slot that the plan's list has a name for.
    pub named: Vec<(String, u32)>,
}

/// What has no further slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// The network.
    pub network: String,
    /// Why.
    pub why: Why,
}

/// Why a network has no further slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// There are no such addresses, or the slices end.
    Room(Lack),
    /// What is a CIDR in the base would be none.
    NoNetwork(Block),
    /// Its addresses would leave the bound that stands second.
    Within(Block, Block),
    /// Its addresses would leave private space.
    Public(Block),
    /// Its addresses would meet what is reserved.
    Reserved(Block, Block),
    /// Its addresses would meet those of another network's slot.
    Meets(Block, Block, String, u32),
    /// There is no such VLAN ID.
    Vlan(u32),
    /// The VLAN ID is reserved.
    VlanReserved(u32),
    /// The VLAN ID is that of another network's slot.
    VlanTaken(u32, String, u32),
    /// The interface's name would be too long.
    Interface(String),
}

impl Why {
    /// One word for it, for programs.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Room(Lack::Beyond(_)) => "overflow",
            Self::Room(Lack::SlicesEnd { .. }) => "slices",
            Self::NoNetwork(_) => "step",
            Self::Within(..) => "within",
            Self::Public(_) => "public",
            Self::Reserved(..) | Self::VlanReserved(_) => "reserved",
            Self::Meets(..) => "overlap",
            Self::Vlan(_) => "vlan",
            Self::VlanTaken(..) => "vlan-taken",
            Self::Interface(_) => "interface",
        }
    }
}

impl End {
    /// A sentence's end, behind the slot that cannot be.
    #[must_use]
    pub fn sentence(&self) -> String {
        let of = &self.network;
        match &self.why {
            Why::Room(Lack::Beyond(block)) => format!("{of} has no addresses so far above {block}"),
            Why::Room(Lack::SlicesEnd { slices, needed }) => {
                format!("{of} needs addresses to {needed}, and {slices} ends before")
            }
            Why::NoNetwork(block) => format!("{of} would have {block}, which is no network"),
            Why::Within(block, bound) => format!("{of} would have {block}, outside of {bound}"),
            Why::Public(block) => format!("{of} would have {block}, which is not private space"),
            Why::Reserved(block, reserved) => format!("{of} would have {block}, and {reserved} is reserved"),
            Why::Meets(block, other, whose, slot) => {
                format!("{of} would have {block}, which meets {other} of {whose} in slot {slot}")
            }
            Why::Vlan(vlan) => format!("{of} would have VLAN {vlan}, and there are 1 to {MOST}"),
            Why::VlanReserved(vlan) => format!("{of} would have VLAN {vlan}, which is reserved"),
            Why::VlanTaken(vlan, whose, slot) => {
                format!("{of} would have VLAN {vlan}, which is that of {whose} in slot {slot}")
            }
            Why::Interface(name) => {
                format!("{of} would have the interface {name}, and {LONGEST_INTERFACE} bytes are the most")
            }
        }
    }
}

impl Plan {
    /// How many slots there is room for, taken or not, and what ends first.
    #[must_use]
    pub fn fits(&self) -> Fits {
        let mut taken = Taken::default();
        let ended = (1..=MOST).find_map(|slot| {
            let ends = self.ends(slot, &mut taken);
            (!ends.is_empty()).then(|| (slot.saturating_sub(1), ends))
        });
        let (slots, ends) = ended.unwrap_or((MOST, Vec::new()));
        let named = self.interfaces.iter().filter_map(|one| {
            let nameless = (2..=slots.saturating_add(1)).find(|slot| one.of_slot(*slot).is_none())?;
            Some((one.from.clone(), nameless.saturating_sub(1)))
        });
        Fits { slots, ends, named: named.collect() }
    }

    /// What a slot cannot have beside those before it, which it is then among.
    fn ends(&self, slot: u32, taken: &mut Taken) -> Vec<End> {
        let moving = self.networks.iter().filter(|network| slot == 1 || network.course != Course::Shared);
        let of_network = moving.filter_map(|network| {
            let seat = self.seat(slot, "");
            let why = match network.slot(seat) {
                Err(lack) => Some(Why::Room(lack)),
                Ok(own) => self.ends_network(seat, network, &own, taken),
            };
            Some(End { network: network.name.clone(), why: why? })
        });
        of_network.collect()
    }

    fn ends_network(
        &self,
        seat: Seat<'_>,
        network: &Network,
        own: &SlotNetwork,
        taken: &mut Taken,
    ) -> Option<Why> {
        let slot = seat.slot;
        let is_inside = network.inside(seat).is_some();
        if slot == 1 {
            for range in network.inside.iter().flat_map(|inside| &inside.ranges) {
                taken.inside.put(&network.name, slot, *range);
            }
        }
        let by_address = own.addresses.iter().enumerate().find_map(|(place, block)| {
            let base = network.base(seat).get(place);
            let is_none = network.is_own(seat) && !block.is_cidr() && base.is_some_and(Block::is_cidr);
            let is_public = base.is_some_and(is_private) && !is_private(block);
            let reserved = self.reserved.iter().find(|reserved| reserved.overlaps(block));
            let among = if is_inside { &mut taken.inside } else { &mut taken.blocks };
            let met = among.put(&network.name, slot, *block);
            met.or_else(|| is_none.then_some(Why::NoNetwork(*block)))
                .or_else(|| network.left_by(block).map(|bound| Why::Within(*block, *bound)))
                .or_else(|| is_public.then_some(Why::Public(*block)))
                .or_else(|| reserved.map(|reserved| Why::Reserved(*block, *reserved)))
        });
        let is_own = slot == 1 || network.is_own(seat);
        let by_name = || {
            let vlan = own.vlan.and_then(|vlan| self.ends_vlan(slot, network, vlan, taken));
            let long = own.interface.clone().filter(|name| name.len() > LONGEST_INTERFACE);
            vlan.or_else(|| long.map(Why::Interface))
        };
        by_address.or_else(|| is_own.then(by_name).flatten())
    }

    fn ends_vlan(&self, slot: u32, network: &Network, vlan: u32, taken: &mut Taken) -> Option<Why> {
        if !(1..=MOST).contains(&vlan) {
            return Some(Why::Vlan(vlan));
        }
        let holds = |(first, last): &(u16, u16)| (u32::from(*first)..=u32::from(*last)).contains(&vlan);
        if self.reserved_vlans.iter().any(holds) {
            return Some(Why::VlanReserved(vlan));
        }
        let (whose, first) = taken.vlans.insert(vlan, (network.name.clone(), slot))?;
        Some(Why::VlanTaken(vlan, whose, first))
    }
}

/// What the slots so far have.
#[derive(Default)]
struct Taken {
    blocks: Blocks,
    /// Inside the base's own subnets.
    inside: Blocks,
    vlans: BTreeMap<u32, (String, u32)>,
}

/// Blocks by their first addresses; no two meet.
#[derive(Default)]
struct Blocks(BTreeMap<IpAddr, (Block, String, u32)>);

impl Blocks {
    /// Adds a block, or says what it meets.
    fn put(&mut self, network: &str, slot: u32, block: Block) -> Option<Why> {
        // Those before it end before it, but for the last that begins before it ends.
        let near = self.0.range(..=block.last()).next_back();
        if let Some((_, (other, whose, first))) = near.filter(|(_, (other, ..))| other.overlaps(&block)) {
            return Some(Why::Meets(block, *other, whose.clone(), *first));
        }
        self.0.insert(block.first(), (block, network.to_owned(), slot));
        None
    }
}
