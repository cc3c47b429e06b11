//! `FleetCheck`: the config of a run that only checks, over the list of one or several instances.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::schema::{Level, Metallb, Spec, typed, without_nulls};
use super::{ConfigError, FLEET_CHECK};
use crate::yaml::Node;

/// `spec` of a `FleetCheck`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct FleetCheck {
    /// What is printed.
    pub output: FleetOutput,
    /// Rule to level, over the rule's own.
    pub rules: BTreeMap<String, Level>,
    /// Where MetalLB is, and which pools it has besides the list's.
    pub metallb: FleetMetallb,
}

/// `spec.metallb` of a `FleetCheck`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct FleetMetallb {
    /// The one namespace that MetalLB reads.
    pub namespace: String,
    /// Pools that are there though the list does not hold them.
    pub shared_pools: Vec<String>,
}

impl Default for FleetMetallb {
    fn default() -> Self {
        Self::of(Metallb::default())
    }
}

impl FleetMetallb {
    fn of(metallb: Metallb) -> Self {
        Self { namespace: metallb.namespace, shared_pools: metallb.shared_pools }
    }
}

/// `spec.output` of a `FleetCheck`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FleetOutput {
    /// The list as it came in: under `transformers:`.
    #[default]
    List,
    /// Nothing, the exit code being the verdict: under `validators:`.
    None,
}

impl FleetCheck {
    /// The check that an instance's config asks for.
    #[must_use]
    pub fn of(spec: Spec) -> Self {
        Self { output: FleetOutput::List, rules: spec.rules, metallb: FleetMetallb::of(spec.metallb) }
    }
}

/// Reads the kind.
pub(super) fn read(config: &Node<'_>) -> (FleetCheck, Vec<ConfigError>) {
    typed(&FLEET_CHECK, without_nulls(config.to_value()))
}
