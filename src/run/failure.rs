//! What a run says when it cannot begin.

use crate::config::{self, Config, ConfigError};
use crate::find::value;
use crate::krm::{Finding, Source};
use crate::path;
use crate::rules::{Levels, said};
use crate::yaml::{self, Kind, Node, Position};

/// The config and the levels that it sets for rules, or the finding that says what is wrong with it.
pub(super) fn read_config(text: &str, node: &Node<'_>) -> Result<(Config, Levels), Vec<Finding>> {
    if let Some(alias) = first_alias(node) {
        let place = Position::of(text, alias.span.start);
        let message = format!("function config: an alias stands at {place}; write out what it stands for");
        return Err(vec![said::CONFIG.finding(message)]);
    }
    let wrong = |error: ConfigError| vec![config_finding(text, node, &error)];
    let config = config::read(node).map_err(wrong)?;
    let levels = Levels::new(config.rules()).map_err(wrong)?;
    Ok((config, levels))
}

/// The first alias in a config, which is read as typed values and would get the alias's name for one.
fn first_alias<'n, 't>(node: &'n Node<'t>) -> Option<&'n Node<'t>> {
    match &node.kind {
        Kind::Alias { .. } => Some(node),
        Kind::Sequence(items) => items.iter().find_map(first_alias),
        Kind::Mapping(entries) => entries.iter().find_map(|entry| first_alias(&entry.value)),
        Kind::Scalar { .. } => None,
    }
}

/// The one document of a file that is a config; none where the file is empty.
pub(super) fn config_document<'a, 't>(config: &'a Source<'t>) -> Result<Option<&'a Node<'t>>, Vec<Finding>> {
    let wrong = |node: &Node<'_>, what: &str| {
        let name = config.path.unwrap_or("stdin");
        let place = Position::of(config.text, node.span.start);
        vec![said::CONFIG.finding(format!("function config {name}: {place}: {what}"))]
    };
    let mut documents = config.documents.iter().filter(|document| !document.is_null());
    match (documents.next(), documents.next()) {
        (_, Some(second)) => Err(wrong(second, "a second document starts here; give a file with one config")),
        (Some(only), None) if !matches!(only.kind, Kind::Mapping(_)) => Err(wrong(only, NO_OBJECT)),
        (only, None) => Ok(only),
    }
}

const NO_OBJECT: &str = "this is no object; write `apiVersion`, `kind` and `spec`";

/// The finding for a wrong field, with its place in the config's text where the field is there.
fn config_finding(text: &str, node: &Node<'_>, error: &ConfigError) -> Finding {
    let place = place(node, &error.field);
    let place = place.map(|node| format!(" ({})", Position::of(text, node.span.start)));
    let name = value(node, path!("metadata.name")).and_then(Node::text).map(|name| format!(" {name:?}"));
    let (name, place) = (name.unwrap_or_default(), place.unwrap_or_default());
    said::CONFIG.finding(format!("function config{name}: {error}{place}"))
}

/// The node at `spec.networks[0].to`.
fn place<'n, 't>(node: &'n Node<'t>, field: &str) -> Option<&'n Node<'t>> {
    let keys = field.split(['.', '[']).map(|key| key.trim_end_matches(']'));
    keys.into_iter().try_fold(node, |node, key| match key.parse::<usize>() {
        Ok(index) => node.items().get(index),
        Err(_) => node.get(key),
    })
}

pub(super) fn unreadable(name: &str, error: &yaml::Error) -> Finding {
    said::UNREADABLE.finding(format!("{name}: {error}"))
}

pub(super) fn no_resource_list() -> Finding {
    let message = "stdin holds no ResourceList of config.kubernetes.io v1, v1beta1 or v1alpha1; run the function by \
                   kustomize or kpt, or `multi-rhoso eval PATH… --config FILE` on plain manifests";
    said::NO_RESOURCE_LIST.finding(message)
}

pub(super) fn no_config() -> Finding {
    let message = format!(
        "there is no function config; give an {} of {} with spec.namespace, or a ConfigMap with data.namespace",
        config::INSTANCE.kind,
        config::API_VERSION
    );
    said::NO_CONFIG.finding(message)
}
