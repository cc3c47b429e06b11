//! The content of an object, to tell two definitions of it from copies of one. Must not know kinds.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::catalogue::kinds;
use crate::find::value;
use crate::krm::Item;
use crate::path;
use crate::yaml::Node;

/// What makes two definitions one object: group, kind, namespace, name.
pub type Identity<'a> = (&'a str, &'a str, Option<&'a str>, &'a str);

/// The identity of an object as it is.
#[must_use]
pub fn identity<'a>(item: &Item<'a>) -> Identity<'a> {
    identity_as(item, item.namespace(), item.name())
}

/// The identity of an object in this namespace and by this name. A namespace that stands in an object of a
/// cluster-scoped kind is nothing to the API server.
#[must_use]
pub fn identity_as<'a>(item: &Item<'a>, namespace: Option<&'a str>, name: &'a str) -> Identity<'a> {
    let scoped = !kinds::is_cluster_scoped(item.group(), item.kind);
    (item.group(), item.kind, namespace.filter(|_| scoped), name)
}

/// The objects without copies: instances that share an object may each bring it.
pub(super) fn distinct<'a>(objects: &[Item<'a>]) -> Vec<Item<'a>> {
    let mut first: BTreeMap<_, Item<'a>> = BTreeMap::new();
    let mut is_new = |item: &Item<'a>| {
        let earlier = *first.entry(identity(item)).or_insert(*item);
        item.name().is_empty() || earlier.index == item.index || content(&earlier) != content(item)
    };
    objects.iter().filter(|item| is_new(item)).copied().collect()
}

/// All fields of an object but its status, and of its metadata only labels and annotations.
#[must_use]
pub fn content(item: &Item<'_>) -> BTreeMap<String, Value> {
    let entries = item.node.entries().iter();
    let own = entries.filter_map(|entry| Some((entry.key.text()?, &entry.value)));
    let own = own.filter(|(key, _)| !matches!(*key, "metadata" | "status"));
    let written = [path!("metadata.labels"), path!("metadata.annotations")].into_iter().flat_map(|map| {
        let entries = value(item.node, map).map(Node::entries).unwrap_or_default().iter();
        entries.filter_map(|entry| Some((entry.key.text()?, &entry.value)))
    });
    let written = written.filter(|(key, _)| !is_bookkeeping(key));
    own.chain(written).map(|(key, node)| (key.to_owned(), node.to_value())).collect()
}

/// Whether an orchestrator keeps its own records in this annotation, such as origin or previous name.
#[must_use]
pub fn is_bookkeeping(key: &str) -> bool {
    let domain = key.split_once('/').map_or("", |(domain, _)| domain);
    ["config.kubernetes.io", "config.k8s.io", "kpt.dev"].iter().any(|own| domain.ends_with(own))
}
