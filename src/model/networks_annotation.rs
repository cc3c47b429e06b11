//! The annotation that attaches pods to networks, in both its forms: `ns/net@if, …` and a JSON list.
//!
//! Source: Network Plumbing Working Group, "Kubernetes Network Custom Resource Definition De-facto Standard", 4.1.

use crate::catalogue::references::NETWORKS_ANNOTATION;
use crate::yaml::{self, Node};

/// Whether the way to a text ends at the annotation.
#[must_use]
pub fn is_networks(keys: &[&str]) -> bool {
    matches!(keys, [.., "annotations", last] if *last == NETWORKS_ANNOTATION)
}

/// The networks that the annotation names, each with its namespace where one is written. Text that cannot be read names none.
#[must_use]
pub fn networks(text: &str) -> Vec<(Option<String>, String)> {
    if !text.trim_start().starts_with(['[', '{']) {
        return text.split(',').map(short).collect();
    }
    let documents = yaml::parse(text).unwrap_or_default();
    let text = |network: &Node<'_>, key| network.get(key).and_then(Node::as_str).map(str::to_owned);
    let network = |network: &Node<'_>| match network.as_str() {
        Some(word) => short(word),
        None => (text(network, "namespace"), text(network, "name").unwrap_or_default()),
    };
    documents.iter().flat_map(Node::items).map(network).collect()
}

/// `ns/name@interface`.
fn short(word: &str) -> (Option<String>, String) {
    let word = word.trim();
    let word = word.split_once('@').map_or(word, |(word, _)| word);
    match word.split_once('/') {
        Some((namespace, name)) => (Some(namespace.to_owned()), name.to_owned()),
        None => (None, word.to_owned()),
    }
}
