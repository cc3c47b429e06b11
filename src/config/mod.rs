//! The function's config: the kinds it may come as, and the one value that they become.
//!
//! Dispatch by kind is here and nowhere else. This module must not know the items of the list.

mod error;
mod flat;
mod fleet;
mod instance;
mod json_schema;
mod network_moves;
mod schema;
mod template;

pub use error::ConfigError;
pub use fleet::{FleetCheck, FleetMetallb, FleetOutput};
pub use instance::Instance;
pub use json_schema::{function_definition, json_schema};
pub use network_moves::{LONGEST_INTERFACE, Move, MovedNetwork, NetworkMoves};
pub use schema::{AutoAssign, Endpoints, Level, Metallb, Names, NodePolicies, Spec};
pub use template::{Naming, Template};

use std::collections::BTreeMap;

use crate::yaml::Node;

/// The API group of the function's own kinds; items of it are never changed.
pub const GROUP: &str = "multi-rhoso.dev";
/// The API version of the config.
pub const API_VERSION: &str = "multi-rhoso.dev/v1alpha1";
/// The kind of an instance's config.
pub const KIND: &str = "OpenStackInstance";
/// The kind of a config that only checks.
pub const FLEET_CHECK: &str = "FleetCheck";

/// What a config asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Config {
    /// An instance made of the base.
    Instance(Box<Spec>),
    /// A list checked.
    FleetCheck(FleetCheck),
}

impl Config {
    /// The levels that it sets for rules, by name.
    #[must_use]
    pub fn rules(&self) -> &BTreeMap<String, Level> {
        match self {
            Self::Instance(spec) => &spec.rules,
            Self::FleetCheck(fleet) => &fleet.rules,
        }
    }
}

/// Reads a function config: an `OpenStackInstance`, kpt's flat `ConfigMap`, or a `FleetCheck`.
pub fn read(config: &Node<'_>) -> Result<Config, ConfigError> {
    let word = |key: &str| config.get(key).and_then(Node::text).unwrap_or_default();
    let instance = |spec: Spec| Config::Instance(Box::new(spec));
    match (word("apiVersion"), word("kind")) {
        (API_VERSION, KIND) => schema::read(config).map(instance),
        (API_VERSION, FLEET_CHECK) => fleet::read(config).map(Config::FleetCheck),
        ("v1", "ConfigMap") => flat::read(config).map(instance),
        (api_version, kind) => Err(ConfigError::new(
            "kind",
            format!(
                "the function config is {api_version:?} {kind:?}; write `apiVersion: {API_VERSION}` and \
                 `kind: {KIND}` or `kind: {FLEET_CHECK}`, or a v1 ConfigMap"
            ),
        )),
    }
}
