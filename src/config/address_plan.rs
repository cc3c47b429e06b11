//! `AddressPlan`: one plan for all instances of a cluster, an item of the base that is never applied. The fields' comments
//! are the descriptions in the published JSON Schema. This module must not know arithmetic on addresses.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::schema::{From, Spec};
use super::typed::{typed, without_nulls};
use super::{ADDRESS_PLAN, ConfigError};
use crate::yaml::Node;

/// What every instance of a cluster has of each network, by slots: slot 1 is the base, and slot n is computed from it. An
/// instance's config then says `spec: {plan: NAME}`, and whatever else it says wins over the plan.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct AddressPlan {
    /// What the base manifests were written for: the namespace of slot 1.
    pub from: From,
    /// How many slots are checked ahead and kept free, 4094 at most. Default: the highest that an instance has.
    #[schemars(range(max = 4094))]
    pub slots: Option<u32>,
    /// By how much the VLAN IDs of a slot differ from those of the slot before. Default: 10.
    pub vlan_step: Option<u16>,
    /// Fields of `OpenStackInstance.spec` for every instance. Addresses in `endpoints.loadBalancerIPs` are the base's, and
    /// move with their network. Default: none.
    #[schemars(with = "Spec")]
    pub defaults: Map<String, Value>,
    /// The networks of the base, and how each goes on from slot to slot. Each name may be given once. Default: none.
    pub networks: Vec<PlannedNetwork>,
    /// Host interfaces of the base that belong to no single network, and each slot's. Default: none.
    pub interfaces: Vec<PlannedInterface>,
    /// What no slot may have. Default: nothing.
    pub reserved: Reserved,
    /// Who prints what all instances share, and the others leave out: BGP peers, what is marked as shared, the node policies
    /// of shared interfaces with every instance's addresses. The name of an instance, or of a `SharedObjects` config in an
    /// overlay of its own. Default: the instance of slot 1; without one everybody prints all.
    pub shared_by: Option<String>,
    /// Every instance by its name, and its slot: a number from 1, or `{slot: 3, …}` with fields of
    /// `OpenStackInstance.spec` beside it. `{slot: 3, slice: 2}` is an instance inside the base's subnets: of each network
    /// with `slices` it has those ranges (1 is the base), and the base's VLANs and interfaces. Default: none.
    #[schemars(schema_with = "instances")]
    pub instances: BTreeMap<String, Value>,
}

/// One network of the base, and how it goes on.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlannedNetwork {
    /// Name of the network as in `NetConfig`: `internalapi`. Required.
    pub name: String,
    /// What the base, slot 1, has: CIDRs and ranges of either family. Default: none.
    #[serde(default)]
    pub addresses: Vec<String>,
    /// How far a slot's addresses are from those of the slot before: an address as a distance (`0.0.10.0`, `6::`), a
    /// number of addresses, or a list with one for each family. Needs `addresses`.
    #[serde(default)]
    #[schemars(schema_with = "step")]
    pub step: Option<Value>,
    /// What instances have that were there before the plan and do not follow the step: blocks as large as those in
    /// `addresses`, by name: `{openstack2: [172.27.0.0/24]}`. Default: none.
    #[serde(default)]
    pub existing: BTreeMap<String, Vec<String>>,
    /// For instances that share a subnet and VLAN: where the ranges of slots from 2 on are, one after another, as large as
    /// those in `addresses`; one block or several. VLAN, interface and domain stay. In place of `step`; or beside it, inside
    /// `addresses`, for the instances that have a `slice`.
    #[serde(default)]
    #[schemars(schema_with = "blocks")]
    pub slices: Option<Value>,
    /// The ranges of the base that an instance with a `slice` has its own of, as large, in `slices`. Needed where both
    /// `step` and `slices` are given.
    #[serde(default)]
    pub ranges: Vec<String>,
    /// A block that no slot's addresses may leave; one for each family. Default: none.
    #[serde(default)]
    #[schemars(schema_with = "blocks")]
    pub within: Option<Value>,
    /// Whether all instances have this network in common, so that nothing of it moves. Default: `false`.
    #[serde(default)]
    pub shared: bool,
    /// VLAN ID of slot 1, 1 to 4094; slot n has `(n-1) x vlanStep` more.
    #[serde(default)]
    pub vlan: Option<u16>,
    /// This network's own `vlanStep`.
    #[serde(default)]
    pub vlan_step: Option<u16>,
    /// Host interface of slot 1: `internalapi`; slot n > 1 has `interfaceTemplate`.
    #[serde(default)]
    pub interface: Option<String>,
    /// Name of the interface in slot n > 1, of `{base}` and `{slot}`. Default: `{base}{slot}`.
    #[serde(default)]
    pub interface_template: Option<String>,
    /// DNS domain of slot 1; slot n > 1 has `dnsDomainTemplate`.
    #[serde(default)]
    pub dns_domain: Option<String>,
    /// DNS domain in slot n > 1, of `{label}` (the first label of the base's), `{rest}` (what follows it), `{slot}` and
    /// `{instance}`. Default: `{label}{slot}.{rest}`.
    #[serde(default)]
    pub dns_domain_template: Option<String>,
}

/// One host interface that belongs to no single network.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlannedInterface {
    /// Name of the interface in the base: `enp6s0`. Required.
    pub from: String,
    /// Names in slot 2, 3, …, or a template of `{base}` and `{slot}`. Required.
    #[schemars(schema_with = "names")]
    pub to: Value,
}

/// What no slot may have.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Reserved {
    /// CIDRs and ranges. Default: none.
    pub addresses: Vec<String>,
    /// VLAN IDs (`100`) and ranges of them (`100-199`). Default: none.
    #[schemars(schema_with = "vlans")]
    pub vlans: Vec<Value>,
}

fn instances(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "object", "additionalProperties": { "type": ["integer", "object"] } })
}

fn step(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": ["string", "integer", "array", "null"], "items": { "type": ["string", "integer"] } })
}

fn blocks(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": ["string", "array", "null"], "items": { "type": "string" } })
}

fn names(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": ["array", "string"], "items": { "type": "string" } })
}

fn vlans(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "array", "items": { "type": ["integer", "string"] } })
}

/// Reads the kind: what can be read of it, and all that is ill-typed.
#[must_use]
pub fn read_plan(item: &Node<'_>) -> (AddressPlan, Vec<ConfigError>) {
    typed(&ADDRESS_PLAN, without_nulls(item.to_value()))
}
