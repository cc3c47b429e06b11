//! The Secrets of an instance: which ones a base asks for, and stubs of them. No value of one ever leaves this room.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::catalogue::named::Named;
use crate::find::{scalars, value};
use crate::krm::{Item, ResourceRef, field_path};
use crate::model::Model;
use crate::path;
use crate::yaml::Node;

/// What becomes of Secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secrets {
    /// They are named.
    Name,
    /// They are named, and printed with their keys and no value.
    Stub,
}

/// What stands where a value was.
const PLACEHOLDER: &str = "CHANGE_ME";

/// A Secret that a base needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needed {
    /// Its namespace.
    pub namespace: Option<String>,
    /// Its name.
    pub name: String,
    /// Its keys, where it was among the objects.
    pub keys: Option<Vec<String>>,
    /// What asks for it, and at which field.
    pub asked_by: Vec<(ResourceRef, String)>,
}

pub(super) fn is_secret(item: &Item<'_>) -> bool {
    item.is("", "Secret")
}

/// The Secrets that objects ask for, and those that people made; what the objects give themselves (a certificate's) is
/// none of them.
pub(super) fn needed(secrets: &[Item<'_>], objects: &[Item<'_>]) -> Vec<Needed> {
    let model = Model::new(objects);
    let known = model.known(Named::Secret);
    let is_given = |namespace: Option<&str>, name: &str| {
        known.as_ref().is_some_and(|known| known.of(namespace).any(|known| known == name))
    };
    let mut all: Vec<Needed> = secrets.iter().map(found).collect();
    for asked in model.asked(&[Named::Secret]) {
        if !is_given(asked.namespace.as_deref(), &asked.name) {
            let by = (asked.item.reference(), field_path(&asked.pointer));
            asked_for(&mut all, asked.namespace.as_deref(), &asked.name, by);
        }
    }
    for item in objects {
        named_elsewhere(item, &mut all);
    }
    all.sort_by(|one, other| (&one.namespace, &one.name).cmp(&(&other.namespace, &other.name)));
    all
}

fn found(item: &Item<'_>) -> Needed {
    Needed {
        namespace: item.namespace().map(str::to_owned),
        name: item.name().to_owned(),
        keys: Some(keys(item).into_iter().map(str::to_owned).collect()),
        asked_by: Vec::new(),
    }
}

fn asked_for(all: &mut Vec<Needed>, namespace: Option<&str>, name: &str, by: (ResourceRef, String)) {
    let of = |one: &&mut Needed| one.name == name && one.namespace.as_deref() == namespace;
    match all.iter_mut().find(of) {
        Some(one) if one.asked_by.contains(&by) => {}
        Some(one) => one.asked_by.push(by),
        None => all.push(Needed {
            namespace: namespace.map(str::to_owned),
            name: name.to_owned(),
            keys: None,
            asked_by: vec![by],
        }),
    }
}

/// Fields that no table knows, whose whole text is the name of a Secret of the same namespace.
fn named_elsewhere(item: &Item<'_>, all: &mut [Needed]) {
    let names: BTreeSet<String> = {
        let own = all.iter().filter(|one| one.keys.is_some() && one.namespace.as_deref() == item.namespace());
        own.map(|one| one.name.clone()).collect()
    };
    let is_name = |keys: &[&str], text: &str| {
        let says_secret = keys.iter().rev().take(2).any(|key| key.to_ascii_lowercase().contains("secret"));
        says_secret && names.contains(text)
    };
    for scalar in scalars(item.node, is_name) {
        let by = (item.reference(), field_path(&scalar.pointer));
        let one = all.iter_mut().find(|one| one.name == scalar.text && one.namespace == by.0.namespace);
        if let Some(one) = one.filter(|one| !one.asked_by.contains(&by)) {
            one.asked_by.push(by);
        }
    }
}

/// The keys of a Secret, `data` before `stringData`.
fn keys<'a>(item: &Item<'a>) -> Vec<&'a str> {
    let of = |key: &str| item.node.get(key).map(Node::entries).unwrap_or_default();
    let mut keys: Vec<&str> =
        of("data").iter().chain(of("stringData")).filter_map(|entry| entry.key.text()).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// A Secret with its keys and no value. Annotations may hold values, too, and are not printed.
pub(super) fn stub(item: &Item<'_>) -> Value {
    let mut metadata = Map::new();
    metadata.insert("name".to_owned(), json!(item.name()));
    metadata.extend(item.namespace().map(|namespace| ("namespace".to_owned(), json!(namespace))));
    let mut whole = Map::new();
    whole.insert("apiVersion".to_owned(), json!(item.api_version));
    whole.insert("kind".to_owned(), json!(item.kind));
    whole.insert("metadata".to_owned(), Value::Object(metadata));
    let kind = value(item.node, path!("type")).and_then(Node::text);
    whole.extend(kind.map(|kind| ("type".to_owned(), json!(kind))));
    let data: Map<String, Value> =
        keys(item).into_iter().map(|key| (key.to_owned(), json!(PLACEHOLDER))).collect();
    if !data.is_empty() {
        whole.insert("stringData".to_owned(), Value::Object(data));
    }
    Value::Object(whole)
}
