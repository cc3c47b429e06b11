//! A config that an address plan completes: what is written, until the plan is found. This module must not know a plan.

use serde_json::{Map, Value, json};

use super::typed::typed;
use super::{ConfigError, INSTANCE, Spec};

/// A config that a plan in the list completes.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// The instance's name.
    pub name: String,
    /// What is written, as far as it goes.
    pub spec: Box<Spec>,
    /// The same as it is written.
    pub written: Map<String, Value>,
}

impl Planned {
    /// A config with a plan's name in it; which instance of the plan it is, its own name or namespace says.
    pub(super) fn new(spec: Spec, config: &Value) -> (Self, Option<ConfigError>) {
        let named = config.pointer("/metadata/name").or_else(|| config.pointer("/spec/namespace"));
        let name = named.and_then(Value::as_str).unwrap_or_default().to_owned();
        let unnamed = name.is_empty().then(|| {
            let message = "with spec.plan the config's own name, or its namespace, says which instance of the plan it is; \
                           write it";
            ConfigError::new("metadata.name", message)
        });
        let written = config.get("spec").and_then(Value::as_object).cloned().unwrap_or_default();
        (Self { name, spec: Box::new(spec), written }, unnamed)
    }
}

/// A completed `spec`, or all that is wrong with it.
pub fn complete(spec: &Value) -> Result<Spec, Vec<ConfigError>> {
    let config = json!({ "apiVersion": INSTANCE.api_version, "kind": INSTANCE.kind, "spec": spec });
    let (spec, mut wrong): (Spec, Vec<ConfigError>) = typed(&INSTANCE, config);
    wrong.extend(spec.faults());
    if wrong.is_empty() { Ok(spec) } else { Err(wrong) }
}
