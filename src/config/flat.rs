//! The flat `ConfigMap` form, which `kpt fn eval … -- key=value` writes.

use serde_json::{Map, Value, json};

use super::shape::unknown;
use super::typed::without_nulls;
use super::{API_VERSION, ConfigError, INSTANCE, Read, schema};
use crate::yaml::{self, Node};

/// How a key's text is read.
#[derive(Clone, Copy)]
enum Text {
    /// As it stands.
    Plain,
    /// As YAML: a bool, a list, a map.
    Yaml,
    /// As a YAML list, or words with commas between.
    Words,
}

/// Every key, the field of `spec` that it is, and how its text is read.
const KEYS: [(&str, &[&str], Text); 21] = [
    ("plan", &["plan"], Text::Plain),
    ("namespace", &["namespace"], Text::Plain),
    ("fromNamespace", &["from", "namespace"], Text::Plain),
    ("fromUnset", &["from", "unset"], Text::Yaml),
    ("poolName", &["names", "pool"], Text::Plain),
    ("advertisementName", &["names", "advertisement"], Text::Plain),
    ("peerName", &["names", "peer"], Text::Plain),
    ("nodePolicyName", &["names", "nodePolicy"], Text::Plain),
    ("clusterObjectName", &["names", "clusterObject"], Text::Plain),
    ("metallbNamespace", &["metallb", "namespace"], Text::Plain),
    ("scope", &["metallb", "scope"], Text::Yaml),
    ("autoAssign", &["metallb", "autoAssign"], Text::Plain),
    ("sharedPools", &["metallb", "sharedPools"], Text::Words),
    ("inject", &["endpoints", "inject"], Text::Yaml),
    ("pools", &["endpoints", "pools"], Text::Yaml),
    ("loadBalancerIPs", &["endpoints", "loadBalancerIPs"], Text::Yaml),
    ("networks", &["networks"], Text::Yaml),
    ("interfaces", &["interfaces"], Text::Yaml),
    ("hosts", &["hosts"], Text::Yaml),
    ("nodePolicies", &["nodePolicies"], Text::Plain),
    ("rules", &["rules"], Text::Yaml),
];

/// Reads the `ConfigMap`'s `data` into the same value as the kind gives, with all that is wrong.
pub(super) fn read(config: &Node<'_>) -> Read {
    let known = ["apiVersion", "kind", "metadata", "data"];
    let keys = config.entries().iter().filter_map(|entry| entry.key.text());
    let strangers = keys.filter(|key| !known.contains(key));
    let message = "is no field of a ConfigMap config; the settings go under `data`";
    let mut wrong: Vec<ConfigError> = strangers.map(|key| ConfigError::new(key, message)).collect();
    let mut spec = Value::Object(Map::new());
    for entry in config.get("data").map(Node::entries).unwrap_or_default() {
        match setting(entry.key.text().unwrap_or_default(), &entry.value) {
            Ok((path, value)) => put(&mut spec, path, value),
            Err(error) => wrong.push(error),
        }
    }
    let config = json!({ "apiVersion": API_VERSION, "kind": INSTANCE.kind, "spec": spec });
    let (config, senseless) = schema::sensible(&without_nulls(config));
    let of_data = |error: ConfigError| {
        let field = error.field.strip_prefix("spec.").unwrap_or(&error.field);
        ConfigError::new(data_field(field), error.message)
    };
    wrong.extend(senseless.into_iter().map(of_data));
    (config, wrong)
}

fn setting(key: &str, node: &Node<'_>) -> Result<(&'static [&'static str], Value), ConfigError> {
    let field = format!("data.{key}");
    let Some((_, path, reading)) = KEYS.iter().find(|(known, ..)| *known == key) else {
        return Err(ConfigError::new(field, unknown("key", key, KEYS.iter().map(|(key, ..)| *key))));
    };
    let Some(text) = node.text() else {
        return Err(ConfigError::new(
            field,
            "the value must be a string (YAML text where it is a list or map)",
        ));
    };
    let yaml = |text: &str| {
        value(text).map_err(|error| ConfigError::new(field.clone(), format!("the text is no YAML: {error}")))
    };
    let value = match reading {
        Text::Plain => json!(text),
        Text::Yaml => yaml(text)?,
        Text::Words if text.trim_start().starts_with(['[', '-']) => yaml(text)?,
        Text::Words => text.split(',').map(str::trim).filter(|word| !word.is_empty()).collect(),
    };
    Ok((path, value))
}

/// A text's value. Our own reader goes first: it has bounds where libyaml's time grows with the square of the depth.
fn value(text: &str) -> Result<Value, String> {
    yaml::parse(text).map_err(|error| error.to_string())?;
    serde_yaml::from_str(text).map_err(|error| error.to_string())
}

fn put(spec: &mut Value, path: &[&str], value: Value) {
    let Some((last, parents)) = path.split_last() else { return };
    let mut place = spec;
    for key in parents {
        let Some(map) = place.as_object_mut() else { return };
        place = map.entry(*key).or_insert_with(|| json!({}));
    }
    if let Some(map) = place.as_object_mut() {
        map.insert((*last).to_owned(), value);
    }
}

/// `names.pool` as `data.poolName`.
fn data_field(field: &str) -> String {
    let row = KEYS.iter().find_map(|(key, path, _)| {
        let rest = field.strip_prefix(&path.join("."))?;
        (rest.is_empty() || rest.starts_with(['.', '['])).then(|| format!("data.{key}{rest}"))
    });
    row.unwrap_or_else(|| format!("data.{field}"))
}
