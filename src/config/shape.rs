//! What is wrong with the shape of a config, all of it, in plain words: by the schema of the very types that are read.
//!
//! Asked only where those types did not take the config. Knows no field by name.

use serde_json::{Map, Value, json};

use super::ConfigError;

/// How far a word may be from the one that was meant.
const FAR: usize = 3;

/// Everything in a value that its schema does not allow, in the order of the value.
pub(super) fn faults(schema: &Value, value: &Value) -> Vec<ConfigError> {
    let mut faults = Vec::new();
    look(schema, value, "", &mut faults);
    faults
}

/// The known word that another was meant to be, where one is near.
#[must_use]
pub fn nearest<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let lower = word.to_lowercase();
    let distance = |known: &str| match known.to_lowercase() {
        same if same == lower => 0,
        known => strsim::osa_distance(&known, &lower),
    };
    let near = known.into_iter().map(|known| (distance(known), known)).min_by_key(|(distance, _)| *distance);
    near.filter(|(distance, _)| *distance <= FAR.min(word.chars().count() / 2)).map(|(_, known)| known)
}

/// Takes a faulty field out, so that the rest can be read: of a network on both sides, as one says nothing without the
/// other. An entry that cannot be had without the field becomes one that says nothing, as entries are counted.
pub(super) fn leave_out(config: &mut Value, field: &str) {
    for (list, idle) in IDLE {
        let entry = field.strip_prefix("spec.").and_then(|rest| rest.strip_prefix(list)?.strip_prefix('['));
        let Some((index, below)) = entry.and_then(|rest| rest.split_once(']')) else { continue };
        let Some(entry) = config.pointer_mut(&format!("/spec/{list}/{index}")) else { continue };
        let keys: Vec<&str> = below.split(['.', '[']).skip(1).collect();
        match (keys.as_slice(), entry.as_object_mut()) {
            (["from" | "to", key, ..], Some(network)) => {
                let sides = ["from", "to"].map(str::to_owned);
                network
                    .iter_mut()
                    .filter(|(name, _)| sides.contains(name))
                    .for_each(|(_, side)| remove(side, key));
            }
            (["from" | "to"], Some(network)) if list == "networks" => {
                network.retain(|name, _| !matches!(name.as_str(), "from" | "to"));
            }
            ([key], Some(entry)) if !idle.contains(key) => drop(entry.remove(*key)),
            _ => *entry = idle.iter().map(|key| ((*key).to_owned(), json!(format!("\0{index}")))).collect(),
        }
        return;
    }
    remove(config, field.split('[').next().unwrap_or(field));
}

/// Lists of `spec` whose entries are counted, and what an entry cannot be had without.
const IDLE: [(&str, &[&str]); 3] =
    [("networks", &["name"]), ("interfaces", &["from", "to"]), ("hosts", &["from", "to"])];

/// Whether a word only keeps the place of an entry that could not be read.
pub(super) fn is_idle(word: &str) -> bool {
    word.starts_with('\0')
}

fn remove(value: &mut Value, field: &str) {
    let Some(entries) = value.as_object_mut() else { return };
    if entries.remove(field).is_some() {
        return;
    }
    // A key may have dots in it.
    for (key, below) in entries {
        if let Some(rest) = field.strip_prefix(key.as_str()).and_then(|rest| rest.strip_prefix('.')) {
            remove(below, rest);
        }
    }
}

fn look(schema: &Value, value: &Value, field: &str, faults: &mut Vec<ConfigError>) {
    let words = words(schema);
    if !words.is_empty() {
        let text = plain(value);
        if !words.iter().any(|word| plain(word) == text) {
            faults.push(ConfigError::new(field, not_a_word(&words, value)));
        }
        return;
    }
    let schema = schema.get("anyOf").and_then(|any| any.get(0)).unwrap_or(schema);
    let kinds = kinds(schema);
    let meant = kinds.iter().find(|kind| is_of(kind, value)).or(kinds.first());
    match (meant.copied(), value) {
        (Some("object"), Value::Object(entries)) => object(schema, entries, field, faults),
        (Some("array"), Value::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                look(schema.get("items").unwrap_or(&Value::Null), item, &format!("{field}[{index}]"), faults);
            }
        }
        (Some("string"), Value::String(_)) | (Some("boolean"), Value::Bool(_)) | (None, _) => {}
        (Some("integer"), Value::Number(number)) if is_within(schema, number.as_i64()) => {}
        (Some(_), value) => faults.push(ConfigError::new(field, takes(schema, &kinds, value))),
    }
}

fn object(schema: &Value, entries: &Map<String, Value>, field: &str, faults: &mut Vec<ConfigError>) {
    let none = Map::new();
    let known = schema.get("properties").and_then(Value::as_object).unwrap_or(&none);
    let others = schema.get("additionalProperties").filter(|others| others.is_object());
    for (key, value) in entries {
        let below = if field.is_empty() { key.clone() } else { format!("{field}.{key}") };
        match known.get(key).or(others) {
            Some(schema) => look(schema, value, &below, faults),
            None if schema.get("additionalProperties").is_none() => {}
            None => {
                faults.push(ConfigError::new(below, unknown("field", key, known.keys().map(String::as_str))));
            }
        }
    }
    let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
    for key in required.filter_map(Value::as_str).filter(|key| !entries.contains_key(*key)) {
        faults.push(ConfigError::new(field, format!("`{key}` is missing; write it")));
    }
}

/// What to say of a word that is none of the known ones.
pub(super) fn unknown<'w>(what: &str, word: &str, known: impl Iterator<Item = &'w str> + Clone) -> String {
    match nearest(word, known.clone()) {
        Some(near) => format!("there is no {what} {word:?} here; did you mean {near}?"),
        None => {
            format!("there is no {what} {word:?} here; there are {}", known.collect::<Vec<_>>().join(", "))
        }
    }
}

/// The words that a schema allows; none where it allows others.
fn words(schema: &Value) -> Vec<&Value> {
    let of = |key: &str| schema.get(key).and_then(Value::as_array).into_iter().flatten();
    let own = schema.get("const").into_iter().chain(of("enum"));
    own.chain(of("oneOf").chain(of("anyOf")).flat_map(words)).collect()
}

fn not_a_word(words: &[&Value], value: &Value) -> String {
    let known: Vec<String> = words.iter().map(|word| plain(word)).collect();
    let near = value.as_str().and_then(|word| nearest(word, known.iter().map(String::as_str)));
    let near = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
    format!("takes one of {}, and {} stands there{near}", known.join(", "), shown(value))
}

/// The types that a schema allows, but null.
fn kinds(schema: &Value) -> Vec<&str> {
    let kind = schema.get("type");
    let several = kind.and_then(Value::as_array).into_iter().flatten();
    let each = kind.into_iter().filter(|kind| kind.is_string()).chain(several);
    each.filter_map(Value::as_str).filter(|kind| *kind != "null").collect()
}

fn is_of(kind: &str, value: &Value) -> bool {
    match value {
        Value::Object(_) => kind == "object",
        Value::Array(_) => kind == "array",
        Value::String(_) => kind == "string",
        Value::Bool(_) => kind == "boolean",
        Value::Number(_) => kind == "integer",
        Value::Null => false,
    }
}

fn is_within(schema: &Value, number: Option<i64>) -> bool {
    let bound = |key: &str| schema.get(key).and_then(Value::as_i64);
    number.is_some_and(|number| {
        bound("minimum").is_none_or(|least| least <= number)
            && bound("maximum").is_none_or(|most| number <= most)
    })
}

/// The largest number of a `u16`, which in a config is a VLAN ID.
const MOST: i64 = u16::MAX as i64;

fn takes(schema: &Value, kinds: &[&str], value: &Value) -> String {
    let what = |kind: &&str| match *kind {
        "object" => "fields (`key: value`)".to_owned(),
        "array" => "a list (`- …`, or `[…]`)".to_owned(),
        "string" => "a text".to_owned(),
        "boolean" => "true or false".to_owned(),
        _ => match schema.get("maximum").and_then(Value::as_i64) {
            Some(MOST) => "a whole number from 1 to 4094".to_owned(),
            Some(most) => format!("a whole number up to {most}"),
            None => "a whole number".to_owned(),
        },
    };
    let cure = match value {
        Value::Number(_) | Value::Bool(_) if kinds == ["string"] => {
            format!("; write {:?} in quotes", plain(value))
        }
        _ => String::new(),
    };
    let what = kinds.iter().map(what).collect::<Vec<_>>().join(" or ");
    format!("takes {what}, and {} stands there{cure}", shown(value))
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "fields (`key: value`)".to_owned(),
        Value::String(text) => format!("the text {text:?}"),
        Value::Number(number) => format!("the number {number}"),
        Value::Bool(word) => format!("the word {word}"),
    }
}

/// A scalar as it is written without quotes.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
