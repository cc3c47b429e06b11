//! An address plan made ready: what each slot has of each network, and so each instance's config.
//!
//! Arithmetic alone: the plan is written down, nothing is looked for. This module must not know the list.

mod beside;
mod distance;
mod fits;
mod instance;
mod read;
mod slot;
mod space;
mod table;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::address::Block;
use crate::config::PlannedInterface;

use distance::Distance;
pub use fits::{End, Fits, Why};
pub use slot::{Lack, SlotNetwork};
pub use space::is_private;
pub use table::Row;

/// The last slot: as many as there are VLAN IDs are looked at, and may be asked for.
const MOST: u32 = 4094;

/// By how much the VLAN IDs of two slots differ, unless the plan says otherwise.
const VLAN_STEP: u16 = 10;

/// A plan that can be computed.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The base's namespace.
    pub from: Option<String>,
    /// The networks, in the plan's order.
    pub networks: Vec<Network>,
    /// Host interfaces that belong to no single network.
    pub interfaces: Vec<PlannedInterface>,
    /// Blocks that no slot may have, each with its place below `spec.reserved.addresses`.
    pub reserved: Vec<Block>,
    /// VLAN IDs that no slot may have: first and last, by their places below `spec.reserved.vlans`.
    pub reserved_vlans: Vec<(u16, u16)>,
    /// The instances by name: slot, and what of its spec the plan writes down.
    pub instances: BTreeMap<String, Registered>,
    /// Fields of `OpenStackInstance.spec` for all.
    pub defaults: Map<String, Value>,
    /// Who prints what all share, where the plan says so: an instance, or a config of its own kind.
    pub shared_by: Option<String>,
    slots: u32,
}

/// An instance of the plan.
#[derive(Debug, Clone)]
pub struct Registered {
    /// Its slot, from 1.
    pub slot: u32,
    /// Which slice of the base's subnets it has, from 2, where it lives in them.
    pub slice: Option<u32>,
    /// Fields of its `spec`.
    pub spec: Map<String, Value>,
}

/// One network of the plan.
#[derive(Debug, Clone)]
pub struct Network {
    /// Its name, as it is written.
    pub name: String,
    /// What slot 1 has.
    pub addresses: Vec<Block>,
    /// How slots go on.
    pub course: Course,
    /// What instances have that do not follow the course, by name.
    pub existing: BTreeMap<String, Vec<Block>>,
    /// What an instance inside the base's subnets has, where slots go on by steps.
    pub inside: Option<Inside>,
    /// What no slot may leave.
    pub within: Vec<Block>,
    /// VLAN ID of slot 1, and the difference from slot to slot.
    pub vlan: Option<(u16, u16)>,
    /// Host interface of slot 1, and the template of the others.
    pub interface: Option<(String, String)>,
    /// DNS domain of slot 1, and the template of the others.
    pub dns_domain: Option<(String, String)>,
}

/// How the addresses of a network go on from slot to slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Course {
    /// All instances have the same.
    Shared,
    /// Each slot is this far from the one before.
    Step(Distance),
    /// Each slot from 2 on has the next part of these blocks.
    Slices(Vec<Block>),
}

/// The base's ranges, and where those of instances inside its subnets are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inside {
    /// What the base itself uses of its addresses.
    pub ranges: Vec<Block>,
    /// What is cut into ranges as large.
    pub slices: Vec<Block>,
}

/// A slot as a network is asked for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seat<'p> {
    /// The slot, from 1.
    pub slot: u32,
    /// The slice of the base's subnets that its instance has, from 2.
    pub slice: Option<u32>,
    /// The instance that has it, or what stands for its name.
    pub instance: &'p str,
}

impl Plan {
    /// The last slot that is checked: the highest taken, or as many as the plan keeps free.
    #[must_use]
    pub fn last_slot(&self) -> u32 {
        let taken = self.instances.values().map(|instance| instance.slot).max();
        self.slots.max(taken.unwrap_or(1)).max(1)
    }

    /// The instance that has a slot.
    #[must_use]
    pub fn taker(&self, slot: u32) -> Option<&str> {
        self.instances.iter().find(|(_, instance)| instance.slot == slot).map(|(name, _)| name.as_str())
    }

    /// Who prints what all instances share: whom the plan names, else the instance of slot 1.
    #[must_use]
    pub fn printer(&self) -> Option<&str> {
        self.shared_by.as_deref().or_else(|| self.taker(1))
    }

    /// A slot with what the plan says of its instance; `unnamed` stands for the name of one that is free.
    #[must_use]
    pub fn seat<'p>(&'p self, slot: u32, unnamed: &'p str) -> Seat<'p> {
        let taker = self.instances.iter().find(|(_, instance)| instance.slot == slot);
        let slice = taker.and_then(|(_, registered)| registered.slice);
        Seat { slot, slice, instance: taker.map_or(unnamed, |(name, _)| name.as_str()) }
    }

    /// The lowest slot that no instance has.
    #[must_use]
    pub fn free_slot(&self) -> u32 {
        (1..=u32::MAX).find(|slot| self.taker(*slot).is_none()).unwrap_or(u32::MAX)
    }
}
