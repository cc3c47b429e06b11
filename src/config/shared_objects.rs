//! `SharedObjects`: the config of a run that prints what the instances of a plan share, and nothing else. The fields'
//! comments are the descriptions in the published JSON Schema. This module must not know the list.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::schema::Level;
use super::typed::{typed, without_nulls};
use super::{ConfigError, SHARED_OBJECTS};
use crate::yaml::Node;

/// What all instances of a plan share, printed by an overlay of its own: the plan's `sharedBy` says this config's name.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct SharedSpec {
    /// Name of the `AddressPlan` in the list. Required.
    pub plan: String,
    /// Level for each rule by name, in place of the rule's own: `{pool-host-bits: error, vip-sharing: off}`.
    /// docs/rules.md lists the names. Refused: an unknown name, and a rule marked "always" there. Default: none.
    pub rules: BTreeMap<String, Level>,
}

/// The config with its own name, by which the plan names it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SharedObjects {
    /// `metadata.name`.
    pub name: String,
    /// `spec`.
    pub spec: SharedSpec,
}

/// Reads the kind.
pub(super) fn read(config: &Node<'_>) -> (SharedObjects, Vec<ConfigError>) {
    let value = without_nulls(config.to_value());
    let name = value.pointer("/metadata/name").and_then(|name| name.as_str()).unwrap_or_default().to_owned();
    let (spec, mut wrong): (SharedSpec, _) = typed(&SHARED_OBJECTS, value);
    if spec.plan.is_empty() {
        wrong.push(ConfigError::new("spec.plan", "the name of the list's AddressPlan is missing; write it"));
    }
    if name.is_empty() {
        wrong.push(ConfigError::new(
            "metadata.name",
            "the plan names this config in `sharedBy`; write its name",
        ));
    }
    (SharedObjects { name, spec }, wrong)
}
