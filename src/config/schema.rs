//! The fields of `OpenStackInstance`, as strict as they may be written. Their comments are the descriptions in the
//! published JSON Schema. This module must not know the list.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::{Deserializer, Error as _};
use serde_json::Value;

use super::typed::{typed, without_nulls};
use super::{Config, ConfigError, Host, INSTANCE, Planned, Read, Template};
use crate::catalogue::kinds::METALLB_NAMESPACE;
use crate::yaml::Node;

/// How this instance differs from the base. Every field is optional; an unknown one is refused.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Spec {
    /// Name of an `AddressPlan` in the list, which says all that is left out here: the slot of the instance that is called as
    /// this config is. Default: none.
    pub plan: Option<String>,
    /// Namespace that the instance lives in: a DNS label of at most 63 characters, `openstack2`. Left out: the
    /// namespace of the list's `OpenStackControlPlane`; the run is refused where the list has none, and where that is
    /// `from.namespace` though something of the network moves.
    pub namespace: Option<String>,
    /// What the base manifests were written for.
    pub from: From,
    /// Name templates for objects that all instances keep in one place: MetalLB's namespace, or the cluster.
    pub names: Names,
    /// Where MetalLB lives, and who may use the instance's pools.
    pub metallb: Metallb,
    /// Pools and addresses of the control plane's endpoints.
    pub endpoints: Endpoints,
    /// Networks of the base, and what this instance has in their place. A network that is not listed does not move.
    /// Default: none.
    pub networks: Vec<Network>,
    /// Host interfaces that belong to no single network, such as a physical port or a bond. Default: none.
    pub interfaces: Vec<Interface>,
    /// Data plane nodes and the instance's own names for them, in every reference too; two instances of one base have
    /// nodes of equal names otherwise. Default: none.
    pub hosts: Vec<Host>,
    /// What becomes of every `NodeNetworkConfigurationPolicy`. Default: `replace`.
    pub node_policies: Option<NodePolicies>,
    /// Level for each rule by name, in place of the rule's own: `{pool-host-bits: error, vip-sharing: off}`.
    /// docs/rules.md lists the names. Refused: an unknown name, and a rule marked "always" there. Default: none.
    pub rules: BTreeMap<String, Level>,
}

/// The level of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// A finding fails the run: exit code 1, manifests unchanged.
    Error,
    /// A finding is reported, and the run goes on.
    Warning,
    /// A finding is among the results, and printed with `--verbose` only.
    Info,
    /// Nothing is reported but an info (`rule-off`) that the rule is off.
    Off,
}

/// What the base manifests were written for.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct From {
    /// Namespace that the base lives in, a DNS label. It becomes `namespace` in objects, in references between them
    /// and in host names (`keystone-internal.openstack.svc`). Left out: no namespace and no host name is rewritten.
    pub namespace: Option<String>,
    /// `true`: objects without a namespace are the base's too, and get the instance's, where their kind surely has one.
    /// `false` leaves them to whoever applies them, with a warning where others have one. Default: `false`.
    pub unset: bool,
}

/// Name templates.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Names {
    /// Template for the names of `IPAddressPool`s. `{name}`, required once, is the base's name, `{namespace}` the
    /// instance's namespace; else lower-case letters, digits, `-` and `.` only. Default: `{namespace}-{name}`, as in
    /// `openstack2-internalapi`. References follow.
    pub pool: Template,
    /// Template for the names of `L2Advertisement`s and `BGPAdvertisement`s, written as for `pool`. Default:
    /// `{namespace}-{name}`.
    pub advertisement: Template,
    /// Template for the names of `BGPPeer`s, `BFDProfile`s and `Community`s, and of community aliases, written as for
    /// `pool`. Default: `{name}`, by which all instances share them and their addresses do not move.
    pub peer: Template,
    /// Template for the names of `NodeNetworkConfigurationPolicy`s, which are cluster-scoped, written as for `pool`.
    /// Used with `nodePolicies: replace` only. Default: `{name}-{namespace}`.
    pub node_policy: Template,
    /// Template for the names of all other cluster-scoped objects that the run changes (a `ClusterRoleBinding` whose
    /// subject moves, a `PersistentVolume` whose claim does), written as for `pool`. References in the list follow; what
    /// the run does not change keeps its name, and all instances share it. Default: `{name}-{namespace}`.
    pub cluster_object: Template,
}

impl Default for Names {
    fn default() -> Self {
        Self {
            pool: Template::from("{namespace}-{name}"),
            advertisement: Template::from("{namespace}-{name}"),
            peer: Template::from("{name}"),
            node_policy: Template::from("{name}-{namespace}"),
            cluster_object: Template::from("{name}-{namespace}"),
        }
    }
}

/// Where MetalLB lives, and who may use the instance's pools.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Metallb {
    /// Namespace that MetalLB runs in, the only one whose objects it reads; a DNS label. Its objects are put back
    /// there when they have been moved to the instance's namespace. Default: `metallb-system`.
    pub namespace: String,
    /// `true` writes the instance's namespace into each pool's `spec.serviceAllocation.namespaces` in place of the
    /// base's; other namespaces listed there stay. `false` leaves the field as it is. Default: `true`.
    pub scope: bool,
    /// Whether the pools serve Services that ask for no pool: `true` or `false` is written into each pool's
    /// `spec.autoAssign`; `keep` leaves it as it is. Default: `keep`.
    pub auto_assign: AutoAssign,
    /// Names of pools that all instances use: neither renamed nor changed in any other way. Such a pool need not be in
    /// the list to count as existing. Default: none.
    pub shared_pools: Vec<String>,
}

impl Default for Metallb {
    fn default() -> Self {
        Self {
            namespace: METALLB_NAMESPACE.to_owned(),
            scope: true,
            auto_assign: AutoAssign::Keep,
            shared_pools: Vec::new(),
        }
    }
}

/// What becomes of a pool's `spec.autoAssign`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AutoAssign {
    /// It stays as the base has it.
    Keep,
    /// It is written into every pool of the instance.
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

/// Pools and addresses of the control plane's endpoints.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Endpoints {
    /// `true` gives each enabled endpoint that has no override, or a LoadBalancer override without a pool, the
    /// annotations it needs. Public endpoints and overrides of another Service type are left alone. Default: `true`.
    pub inject: bool,
    /// Pool by endpoint, under its name in the base: `{octavia: internalapi}`. `glance` is every Glance API,
    /// `glance.default` only one and takes precedence. Left out: the pool of the override, else upstream's. An unknown
    /// endpoint is an error.
    pub pools: BTreeMap<String, String>,
    /// Address by endpoint, as this instance has it: `{glance.edge1: 172.47.0.81}`; for dual stack one IPv4 and one
    /// IPv6 address with a comma between. The endpoint's pool must hold it. Left out: the address in the override,
    /// moved, or any.
    #[serde(rename = "loadBalancerIPs")]
    pub load_balancer_ips: BTreeMap<String, String>,
}

impl Default for Endpoints {
    fn default() -> Self {
        Self { inject: true, pools: BTreeMap::new(), load_balancer_ips: BTreeMap::new() }
    }
}

/// One network of the base.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Network {
    /// Name of the network as in `NetConfig`, upper and lower case alike: `internalapi`. Each name may be given once.
    pub name: String,
    /// What the base has. A value must stand here to be moved. Default: nothing.
    #[serde(default)]
    pub from: Side,
    /// What the instance has in its place; VLAN, interface and domain stay where they are left out. Without `to` all
    /// instances share the network, and nothing of it moves, even where a larger block around it does.
    pub to: Option<Side>,
}

/// One side of a move: what the base has, or what the instance has.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Side {
    /// CIDRs (`172.17.0.0/24`) and ranges (`172.17.0.80-172.17.0.90`) of either family. Each entry of `from` moves to
    /// the one at the same position in `to`: as many entries, of the same family and size. Refused: sources that
    /// overlap in part, and targets that overlap one another or anything that moves. Default: none.
    pub addresses: Vec<String>,
    /// VLAN ID, 1 to 4094. `to` needs `from`. Left out on either side: the VLAN stays.
    pub vlan: Option<u16>,
    /// Name of the host interface that carries the network: `internalapi`. `to` needs `from` and has at most 15 bytes,
    /// no `/`, `:` or blank. Left out on either side: the name stays, but `enp6s0.20` follows `enp6s0` and VLAN 20.
    pub interface: Option<String>,
    /// DNS domain of the network, `internalapi.example.com`, upper and lower case alike; host names in it follow. `to`
    /// needs `from`. Left out on either side: the domain stays.
    pub dns_domain: Option<String>,
}

/// One host interface.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Interface {
    /// Name of the interface in the base: `enp6s0`. VLAN interfaces on it (`enp6s0.20`) follow by themselves.
    /// Required.
    pub from: String,
    /// Name of the interface that the instance uses: `enp9s0`; at most 15 bytes, no `/`, `:` or blank. Required.
    /// Refused: the target of another interface, or an interface that moves itself.
    pub to: String,
}

/// What becomes of node policies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum NodePolicies {
    /// The instance gets policies of its own, named by `names.nodePolicy`, without the interfaces that keep the base's
    /// names: with a plan, those have every instance's addresses in the policy of the instance in slot 1.
    Replace,
    /// The base's policies stay as they are.
    Keep,
}

/// Reads the kind: what can be read of it, and all that is wrong.
pub(super) fn read(config: &Node<'_>) -> Read {
    sensible(&without_nulls(config.to_value()))
}

/// A config of the kind with all that is ill-typed or makes no sense. One that a plan completes makes sense with it only.
pub(super) fn sensible(config: &Value) -> Read {
    let (spec, mut wrong): (Spec, Vec<ConfigError>) = typed(&INSTANCE, config.clone());
    if spec.plan.is_some() {
        let (planned, unnamed) = Planned::new(spec, config);
        wrong.extend(unnamed);
        return (Config::Planned(planned), wrong);
    }
    wrong.extend(spec.faults());
    (Config::Instance(Box::new(spec)), wrong)
}
