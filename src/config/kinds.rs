//! The kinds that a function config may be of: how each is read, and its schema.

use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::{
    AddressPlan, Config, ConfigError, FleetCheck, SharedSpec, Spec, flat, fleet, package_context, schema,
    shared_objects,
};
use crate::yaml::Node;

/// The API group of the function's own kinds; items of it are never changed.
pub const GROUP: &str = "multi-rhoso.dev";
/// The API version of the function's own kinds.
pub const API_VERSION: &str = "multi-rhoso.dev/v1alpha1";

/// What can be read of a config, and all that is wrong with it.
pub type Read = (Config, Vec<ConfigError>);

/// A kind that a function config may be of.
#[derive(Debug, Clone, Copy)]
pub struct ConfigKind {
    /// `apiVersion`.
    pub api_version: &'static str,
    /// `kind`.
    pub kind: &'static str,
    /// What a run with such a config is for, in one sentence.
    pub description: &'static str,
    /// The KRM catalogs' words for it.
    pub tags: &'static [&'static str],
    /// None where it is no function config.
    read: Option<fn(&Node<'_>) -> Read>,
    spec_schema: Option<fn(&SchemaSettings) -> Value>,
}

/// An instance made of a base.
pub const INSTANCE: ConfigKind = ConfigKind {
    api_version: API_VERSION,
    kind: "OpenStackInstance",
    description: env!("CARGO_PKG_DESCRIPTION"),
    tags: &["mutator", "openstack", "metallb"],
    read: Some(schema::read),
    spec_schema: Some(|settings| settings.clone().into_generator().into_root_schema_for::<Spec>().to_value()),
};

/// A list checked.
pub const FLEET_CHECK: ConfigKind = ConfigKind {
    api_version: API_VERSION,
    kind: "FleetCheck",
    description: "A KRM function that checks the manifests of several OpenStacks on one cluster against each other",
    tags: &["validator", "openstack", "metallb"],
    read: Some(|config| {
        let (fleet, wrong) = fleet::read(config);
        (Config::FleetCheck(fleet), wrong)
    }),
    spec_schema: Some(|settings| {
        settings.clone().into_generator().into_root_schema_for::<FleetCheck>().to_value()
    }),
};

/// What the instances of a plan share.
pub const SHARED_OBJECTS: ConfigKind = ConfigKind {
    api_version: API_VERSION,
    kind: "SharedObjects",
    description: "A KRM function that prints what all OpenStacks on one cluster share",
    tags: &["mutator", "openstack", "metallb"],
    read: Some(|config| {
        let (shared, wrong) = shared_objects::read(config);
        (Config::SharedObjects(shared), wrong)
    }),
    spec_schema: Some(|settings| {
        settings.clone().into_generator().into_root_schema_for::<SharedSpec>().to_value()
    }),
};

/// One plan for all instances: an item of the base, by which instances' configs are completed.
pub const ADDRESS_PLAN: ConfigKind = ConfigKind {
    api_version: API_VERSION,
    kind: "AddressPlan",
    description: "One plan of the addresses of all OpenStacks on one cluster",
    tags: &["openstack", "metallb"],
    read: None,
    spec_schema: Some(|settings| {
        settings.clone().into_generator().into_root_schema_for::<AddressPlan>().to_value()
    }),
};

/// An instance by flat keys, as `kpt fn eval … -- key=value` writes it, or by the name of kpt's package.
const FLAT: ConfigKind = ConfigKind {
    api_version: "v1",
    kind: "ConfigMap",
    description: INSTANCE.description,
    tags: INSTANCE.tags,
    read: Some(|config| {
        if package_context::is_context(config) { package_context::read(config) } else { flat::read(config) }
    }),
    spec_schema: None,
};

/// All of them.
pub const KINDS: [ConfigKind; 5] = [INSTANCE, FLEET_CHECK, SHARED_OBJECTS, ADDRESS_PLAN, FLAT];

impl ConfigKind {
    /// Whether a run may have such a config, and kustomize finds a plugin by it.
    #[must_use]
    pub fn is_function(&self) -> bool {
        self.is_own() && self.read.is_some()
    }

    /// Whether the kind is the function's own, so that it has a schema.
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.spec_schema.is_some()
    }

    /// The JSON Schema of `spec`; none for a kind of Kubernetes'.
    pub(super) fn spec_schema(&self, settings: &SchemaSettings) -> Option<Value> {
        self.spec_schema.map(|schema| schema(settings))
    }
}

/// Reads a function config by its kind; the error is that it is of none.
pub fn read(config: &Node<'_>) -> Result<Read, ConfigError> {
    let word = |key: &str| config.get(key).and_then(Node::text).unwrap_or_default();
    let (api_version, kind) = (word("apiVersion"), word("kind"));
    match KINDS.iter().find(|known| (known.api_version, known.kind) == (api_version, kind)) {
        Some(ConfigKind { read: Some(read), .. }) => Ok(read(config)),
        Some(_) => Err(no_config(kind)),
        None => Err(unknown(api_version, kind)),
    }
}

fn no_config(kind: &str) -> ConfigError {
    let message = format!(
        "the function config is an {kind}, which is an item of the list; give a `kind: {}` that names it in `spec.plan`",
        INSTANCE.kind
    );
    ConfigError::new("kind", message)
}

fn unknown(api_version: &str, kind: &str) -> ConfigError {
    let own = KINDS.iter().filter(|kind| kind.is_function()).map(|known| format!("`kind: {}`", known.kind));
    let message = format!(
        "the function config is {api_version:?} {kind:?}; write `apiVersion: {API_VERSION}` and {}, or a v1 ConfigMap",
        own.collect::<Vec<_>>().join(" or ")
    );
    ConfigError::new("kind", message)
}
