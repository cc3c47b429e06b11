//! The config's schema, out of the very types that are read: for editors, and as a `KRMFunctionDefinition`.
//!
//! Source: JSON Schema 2020-12; KEP 2906 (`KRMFunctionDefinition`, `config.kubernetes.io/v1alpha1`).

use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use super::{ConfigKind, GROUP};

/// The JSON Schema of a kind; none for one that is Kubernetes' own.
#[must_use]
pub fn json_schema(kind: &ConfigKind) -> Option<Value> {
    let mut schema = object_schema(kind)?;
    if let Some(fields) = schema.as_object_mut() {
        fields.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
        fields.insert("title".to_owned(), json!(kind.kind));
    }
    Some(schema)
}

/// The function's definition as KRM orchestrators read it.
#[must_use]
pub fn function_definition(kind: &ConfigKind) -> Option<Value> {
    let version = kind.api_version.rsplit('/').next().unwrap_or(kind.api_version);
    Some(json!({
        "apiVersion": "config.kubernetes.io/v1alpha1",
        "kind": "KRMFunctionDefinition",
        "metadata": { "name": format!("{}.{GROUP}", kind.kind.to_lowercase()) },
        "spec": {
            "group": GROUP,
            "names": { "kind": kind.kind },
            "description": kind.description,
            "publisher": GROUP,
            "tags": kind.tags,
            "versions": [{
                "name": version,
                "idempotent": true,
                "license": env!("CARGO_PKG_LICENSE"),
                "usage": "README.md",
                "examples": ["overlays/openstack2", "overlays/openstack3", "overlays/openstack-ipv6"],
                "runtime": { "exec": { "platforms": [{ "bin": env!("CARGO_PKG_NAME"), "os": "linux" }] } },
                "schema": { "openAPIV3Schema": open_api(object_schema(kind)?) },
            }],
        },
    }))
}

/// The whole object, no references: what `apiVersion` and `kind` it has is part of it.
pub(super) fn object_schema(kind: &ConfigKind) -> Option<Value> {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.inline_subschemas = true;
        settings.meta_schema = None;
    });
    let mut spec = kind.spec_schema(&settings)?;
    if let Some(fields) = spec.as_object_mut() {
        fields.remove("title");
    }
    Some(json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["apiVersion", "kind"],
        "properties": {
            "apiVersion": { "type": "string", "const": kind.api_version },
            "kind": { "type": "string", "const": kind.kind },
            "metadata": { "type": "object" },
            "spec": spec,
        },
    }))
}

/// The same for `OpenAPI` 3.0, which knows neither `const` nor a list of types.
fn open_api(schema: Value) -> Value {
    match schema {
        Value::Object(fields) => {
            fields.into_iter().flat_map(|(key, value)| open_api_field(key, value)).collect()
        }
        Value::Array(items) => items.into_iter().map(open_api).collect(),
        other => other,
    }
}

fn open_api_field(key: String, value: Value) -> Vec<(String, Value)> {
    match (key.as_str(), value) {
        ("const", value) => vec![("enum".to_owned(), json!([value]))],
        ("type", Value::Array(types)) => {
            let name = types.into_iter().find(|name| name != "null").unwrap_or_default();
            vec![(key, name), ("nullable".to_owned(), json!(true))]
        }
        (_, value) => vec![(key, open_api(value))],
    }
}
