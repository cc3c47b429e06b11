//! `FleetCheck`: the config of a run that checks the list of one or several instances and changes nothing. The fields'
//! comments are the descriptions in the published JSON Schema. This module must not know the list.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::schema::{Level, Metallb, Spec};
use super::typed::{typed, without_nulls};
use super::{ConfigError, FLEET_CHECK};
use crate::yaml::Node;

/// What a check of the list, of one instance or several, prints and how strict it is. Every field is optional; an
/// unknown one is refused.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct FleetCheck {
    /// What is printed besides the findings. Default: `list`.
    pub output: FleetOutput,
    /// Level for each rule by name, in place of the rule's own: `{pool-host-bits: error, vip-sharing: off}`.
    /// docs/rules.md lists the names. Refused: an unknown name, and a rule marked "always" there. Default: none.
    pub rules: BTreeMap<String, Level>,
    /// Where MetalLB lives, and which of its pools the list does not hold.
    pub metallb: FleetMetallb,
}

/// Where MetalLB lives, and which of its pools the list does not hold.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct FleetMetallb {
    /// Namespace that MetalLB runs in, the only one whose objects it reads. Default: `metallb-system`.
    pub namespace: String,
    /// Names of pools that are on the cluster and not in the list: none is called unknown. Default: none.
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

/// What is printed besides the findings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FleetOutput {
    /// The list as it came in, for `transformers:`.
    #[default]
    List,
    /// No items, for `validators:`: the exit code alone is the verdict.
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
