//! The function's config: the kinds it may come as, and the one value that they become.
//!
//! `kinds` is the one table of kinds: a new one is a row there and a file beside it. This module must not know the items of the list.

mod address_plan;
mod contradictions;
mod error;
mod flat;
mod fleet;
mod hosts;
mod instance;
mod json_schema;
mod kinds;
mod moves;
mod network_moves;
mod package_context;
mod planned;
mod schema;
mod shape;
mod shared_objects;
mod sharing;
mod template;
mod typed;

pub use address_plan::{AddressPlan, PlannedInterface, PlannedNetwork, Reserved, read_plan};
pub use error::ConfigError;
pub use fleet::{FleetCheck, FleetMetallb, FleetOutput};
pub use hosts::{Host, HostMoves};
pub use instance::{Instance, check_namespace};
pub use json_schema::{function_definition, json_schema};
pub use kinds::{
    ADDRESS_PLAN, API_VERSION, ConfigKind, FLEET_CHECK, GROUP, INSTANCE, KINDS, Read, SHARED_OBJECTS, read,
};
pub use network_moves::{LONGEST_INTERFACE, Move, MovedNetwork, NetworkMoves};
pub use planned::{Planned, complete};
pub use schema::{AutoAssign, Endpoints, Level, Metallb, Names, Network as SpecNetwork, NodePolicies, Spec};
pub use shape::nearest;
pub use shared_objects::{SharedObjects, SharedSpec};
pub use sharing::{Printer, Sharing};
pub use template::{Naming, Template};

use std::collections::BTreeMap;

/// What a config asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Config {
    /// An instance made of the base.
    Instance(Box<Spec>),
    /// An instance that a plan in the list completes.
    Planned(Planned),
    /// A list checked.
    FleetCheck(FleetCheck),
    /// What the instances of a plan share.
    SharedObjects(SharedObjects),
}

impl Config {
    /// The levels that it sets for rules, by name.
    #[must_use]
    pub fn rules(&self) -> &BTreeMap<String, Level> {
        match self {
            Self::Instance(spec) | Self::Planned(Planned { spec, .. }) => &spec.rules,
            Self::FleetCheck(fleet) => &fleet.rules,
            Self::SharedObjects(shared) => &shared.spec.rules,
        }
    }
}
