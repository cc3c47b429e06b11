//! The function's config: the kinds it may come as, and the one value that they become.
//!
//! Dispatch by kind is here and nowhere else. This module must not know the items of the list.

mod error;
mod flat;
mod instance;
mod json_schema;
mod network_plan;
mod schema;
mod template;

pub use error::ConfigError;
pub use instance::Instance;
pub use json_schema::{function_definition, json_schema};
pub use network_plan::{Move, MovedNetwork, NetworkPlan};
pub use schema::{AutoAssign, Endpoints, Metallb, Names, NodePolicies, Spec};
pub use template::{Naming, Template};

use crate::yaml::Node;

/// The API group of the function's own kinds; items of it are never changed.
pub const GROUP: &str = "multi-rhoso.dev";
/// The API version of the config.
pub const API_VERSION: &str = "multi-rhoso.dev/v1alpha1";
/// The kind of the config.
pub const KIND: &str = "OpenStackInstance";

/// Reads a function config: an `OpenStackInstance`, or kpt's flat `ConfigMap`.
pub fn read(config: &Node<'_>) -> Result<Spec, ConfigError> {
    let word = |key: &str| config.get(key).and_then(Node::text).unwrap_or_default();
    match (word("apiVersion"), word("kind")) {
        (API_VERSION, KIND) => schema::read(config),
        ("v1", "ConfigMap") => flat::read(config),
        (api_version, kind) => Err(ConfigError::new(
            "kind",
            format!(
                "the function config is {api_version:?} {kind:?}; write `apiVersion: {API_VERSION}` and \
                 `kind: {KIND}`, or a v1 ConfigMap"
            ),
        )),
    }
}
