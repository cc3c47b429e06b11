//! The fields of `OpenStackInstance`, strictly as they may be written.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error as _};
use serde_json::{Map, Value};

use super::json_schema::object_schema;
use super::{ConfigError, ConfigKind, INSTANCE, Template, shape};
use crate::yaml::Node;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, bound(deserialize = "S: Deserialize<'de> + Default"))]
pub(super) struct Document<S> {
    #[serde(rename = "apiVersion")]
    _api_version: String,
    #[serde(rename = "kind")]
    _kind: String,
    /// Names and what kustomize and kpt add: not the function's business.
    #[serde(rename = "metadata", default)]
    _metadata: Value,
    #[serde(default)]
    pub(super) spec: S,
}

/// `spec` of an `OpenStackInstance`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Spec {
    /// The instance's namespace; default: the one of the list's `OpenStackControlPlane`.
    pub namespace: Option<String>,
    /// What the manifests were written for.
    pub from: From,
    /// Name templates.
    pub names: Names,
    /// Where pools belong, and who may use them.
    pub metallb: Metallb,
    /// Endpoints of the control plane.
    pub endpoints: Endpoints,
    /// Networks that move.
    pub networks: Vec<Network>,
    /// Host interfaces that belong to no network.
    pub interfaces: Vec<Interface>,
    /// What becomes of node policies; default: `replace`.
    pub node_policies: Option<NodePolicies>,
    /// Rule to level, over the rule's own severity; that each is a rule's name is the rules' to say.
    pub rules: BTreeMap<String, Level>,
}

/// One value of `spec.rules`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Fails the run.
    Error,
    /// Is said.
    Warning,
    /// Is said to those who ask.
    Info,
    /// The rule does not run, which is said.
    Off,
}

/// `spec.from`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct From {
    /// The base's namespace; without it no namespace and no host name is rewritten.
    pub namespace: Option<String>,
}

/// `spec.names`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Names {
    /// `IPAddressPool`.
    pub pool: Template,
    /// `L2Advertisement`, `BGPAdvertisement`.
    pub advertisement: Template,
    /// `BGPPeer`, and what a peer needs: `BFDProfile`, `Community` and its aliases.
    pub peer: Template,
    /// `NodeNetworkConfigurationPolicy`, which is cluster-scoped.
    pub node_policy: Template,
}

impl Default for Names {
    fn default() -> Self {
        Self {
            pool: Template::from("{namespace}-{name}"),
            advertisement: Template::from("{namespace}-{name}"),
            peer: Template::from("{name}"),
            node_policy: Template::from("{name}-{namespace}"),
        }
    }
}

/// `spec.metallb`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Metallb {
    /// The one namespace that MetalLB reads.
    pub namespace: String,
    /// Whether pools are closed to other namespaces (`spec.serviceAllocation.namespaces`).
    pub scope: bool,
    /// What becomes of `spec.autoAssign`.
    pub auto_assign: AutoAssign,
    /// Pools that all instances use: neither renamed nor scoped.
    pub shared_pools: Vec<String>,
}

impl Default for Metallb {
    fn default() -> Self {
        Self {
            namespace: "metallb-system".to_owned(),
            scope: true,
            auto_assign: AutoAssign::Keep,
            shared_pools: Vec::new(),
        }
    }
}

/// `spec.metallb.autoAssign`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AutoAssign {
    /// As the base has it.
    Keep,
    /// Written into every pool.
    Set(bool),
}

impl JsonSchema for AutoAssign {
    fn schema_name() -> Cow<'static, str> {
        "AutoAssign".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "enum": ["keep", true, false], "default": "keep" })
    }
}

impl<'de> Deserialize<'de> for AutoAssign {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::Bool(value) => Ok(Self::Set(value)),
            Value::String(word) if word == "keep" => Ok(Self::Keep),
            Value::String(word) if word == "true" || word == "false" => Ok(Self::Set(word == "true")),
            other => Err(D::Error::custom(format!("{other} is none of keep, true, false"))),
        }
    }
}

/// `spec.endpoints`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Endpoints {
    /// Whether endpoints without an override get one.
    pub inject: bool,
    /// Endpoint to base pool name, over the catalogue's default.
    pub pools: BTreeMap<String, String>,
    /// Endpoint to pinned address, or to one IPv4 and one IPv6 with a comma between.
    #[serde(rename = "loadBalancerIPs")]
    pub load_balancer_ips: BTreeMap<String, String>,
}

impl Default for Endpoints {
    fn default() -> Self {
        Self { inject: true, pools: BTreeMap::new(), load_balancer_ips: BTreeMap::new() }
    }
}

/// One entry of `spec.networks`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Network {
    /// The network's name in `NetConfig`, compared without case.
    pub name: String,
    /// What the base has.
    #[serde(default)]
    pub from: Side,
    /// What the instance has; none for a network that is shared.
    pub to: Option<Side>,
}

/// One side of a network's move.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Side {
    /// CIDRs or ranges, paired with the other side's by position.
    pub addresses: Vec<String>,
    /// The VLAN id.
    pub vlan: Option<u16>,
    /// The host interface.
    pub interface: Option<String>,
    /// The DNS domain.
    pub dns_domain: Option<String>,
}

/// One entry of `spec.interfaces`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Interface {
    /// The base's host interface.
    pub from: String,
    /// The instance's.
    pub to: String,
}

/// `spec.nodePolicies`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum NodePolicies {
    /// Policies of the instance's own.
    Replace,
    /// Secondary addresses on shared interfaces.
    Append,
    /// As they are.
    Keep,
}

/// Reads the kind: what can be read of it, and all that is wrong.
pub(super) fn read(config: &Node<'_>) -> (Spec, Vec<ConfigError>) {
    sensible(without_nulls(config.to_value()))
}

/// A config of the kind with all that is ill-typed or makes no sense.
pub(super) fn sensible(config: Value) -> (Spec, Vec<ConfigError>) {
    let (spec, mut wrong): (Spec, _) = typed(&INSTANCE, config);
    wrong.extend(spec.faults());
    (spec, wrong)
}

/// `spec` of a config as a type, without the fields that are no such thing, and what is wrong with those.
pub(super) fn typed<S: DeserializeOwned + Default>(
    kind: &ConfigKind,
    config: Value,
) -> (S, Vec<ConfigError>) {
    let error = match serde_json::from_value::<Document<S>>(config.clone()) {
        Ok(document) => return (document.spec, Vec::new()),
        Err(error) => error,
    };
    let schema = object_schema(kind).unwrap_or_default();
    let mut wrong = shape::faults(&schema, &config);
    let mut rest = config;
    for fault in &wrong {
        shape::leave_out(&mut rest, &fault.field);
    }
    if wrong.is_empty() {
        wrong.push(ConfigError::new("spec", error.to_string()));
    }
    let document = serde_json::from_value::<Document<S>>(rest);
    (document.map(|document| document.spec).unwrap_or_default(), wrong)
}

/// Nulls of mappings taken out: to Kubernetes a null field is an absent one.
pub(super) fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(map) => Value::Object(
            map.into_iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(key, value)| (key, without_nulls(value)))
                .collect::<Map<_, _>>(),
        ),
        other => other,
    }
}
