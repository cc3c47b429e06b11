//! A config's `spec` as a type: what can be read of it, and all that is wrong. This module must not know a field.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::json_schema::object_schema;
use super::{ConfigError, ConfigKind, shape};

/// A config as it is written.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, bound(deserialize = "S: Deserialize<'de> + Default"))]
struct Document<S> {
    #[serde(rename = "apiVersion")]
    _api_version: String,
    #[serde(rename = "kind")]
    _kind: String,
    /// Whatever kustomize and kpt put there; ignored.
    #[serde(rename = "metadata", default)]
    _metadata: Value,
    #[serde(default)]
    spec: S,
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

/// The value without the nulls in its mappings: to Kubernetes a null field is an absent one.
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
