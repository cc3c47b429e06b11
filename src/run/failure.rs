//! What a run says when it cannot begin.

use std::collections::BTreeMap;

use crate::config::{self, Config, ConfigError, Level};
use crate::find::value;
use crate::krm::{Field, Finding, Item, Source, SourceSpan};
use crate::path;
use crate::rules::{Levels, Row, said};
use crate::yaml::{self, Kind, Node, Position};

/// Where a function config stands.
#[derive(Clone, Copy)]
pub(super) enum Seen<'c> {
    /// In a file or stream of its own, which whoever wrote it can open.
    Alone(&'c Source<'c>),
    /// In a list that an orchestrator made: nobody sees its lines.
    InAList,
}

/// The config and the levels that it sets for rules, or all that is wrong with it in the order of its fields.
pub(super) fn read_config(seen: Seen<'_>, node: &Node<'_>) -> Result<(Config, Levels), Vec<Finding>> {
    if let Some(alias) = first_alias(node) {
        let message = match seen {
            Seen::Alone(source) => {
                format!("an alias stands at {}", Position::of(source.text, alias.span.start))
            }
            Seen::InAList => "an alias stands in it".to_owned(),
        };
        let message = format!("function config: {message}; write out what it stands for");
        return Err(vec![said::CONFIG.finding(message)]);
    }
    let (config, mut wrong) = config::read(node).map_err(|error| findings(seen, node, vec![error]))?;
    match Levels::new(config.rules()) {
        Ok(levels) if wrong.is_empty() => return Ok((config, levels)),
        Ok(_) => {}
        Err(errors) => wrong.extend(errors.into_iter().map(|error| of_data(node, error))),
    }
    Err(findings(seen, node, wrong))
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

/// A rule's field as a `ConfigMap` has it.
fn of_data(node: &Node<'_>, error: ConfigError) -> ConfigError {
    match error
        .field
        .strip_prefix("spec.")
        .filter(|_| node.get("kind").and_then(Node::text) == Some("ConfigMap"))
    {
        Some(field) => ConfigError::new(format!("data.{field}"), error.message),
        None => error,
    }
}

fn findings(seen: Seen<'_>, node: &Node<'_>, mut wrong: Vec<ConfigError>) -> Vec<Finding> {
    wrong.sort_by_key(|error| nearest(node, &error.field).span.start);
    let name = value(node, path!("metadata.name")).and_then(Node::text).map(|name| format!(" {name:?}"));
    let who = format!("function config{}", name.unwrap_or_default());
    let finding = |error: &ConfigError| {
        let who = match seen {
            Seen::InAList => who.clone(),
            Seen::Alone(source) => {
                let place = Position::of(source.text, nearest(node, &error.field).span.start);
                let path = source.path.unwrap_or("stdin");
                format!("{who} ({path}:{}:{})", place.line, place.column)
            }
        };
        config_finding(&who, error)
    };
    wrong.iter().map(finding).collect()
}

/// The levels that a completed config sets.
pub(super) fn levels_of(rules: &BTreeMap<String, Level>) -> Result<Levels, Vec<Finding>> {
    Levels::new(rules)
        .map_err(|wrong| wrong.iter().map(|error| config_finding("function config", error)).collect())
}

/// What is wrong with a field of an item: there, or at the nearest thing above it that is there.
pub(super) fn at_field(rule: Row, item: &Item<'_>, error: &ConfigError) -> Finding {
    let span = nearest(item.node, &error.field).span.clone();
    let mut finding = rule.finding(error.message.clone());
    finding.field = Some(Field { path: error.field.clone(), current_value: None, proposed_value: None });
    finding.place = Some(SourceSpan { source: item.source, span });
    finding.on(item)
}

/// What is wrong with an address plan.
pub(super) fn of_plan(plan: &Item<'_>, wrong: &[ConfigError]) -> Vec<Finding> {
    wrong.iter().map(|error| at_field(said::PLAN, plan, error)).collect()
}

/// What is wrong with a field of the config: the field first, and whose it is.
pub(super) fn config_finding(who: &str, error: &ConfigError) -> Finding {
    let mut finding = said::CONFIG.finding(format!("{who}: {}", error.message));
    finding.field = Some(Field { path: error.field.clone(), current_value: None, proposed_value: None });
    finding
}

/// The node at `spec.networks[0].to`, or the nearest one above that is there. A key may have dots in it.
fn nearest<'n, 't>(node: &'n Node<'t>, field: &str) -> &'n Node<'t> {
    let field = field.trim_start_matches('.');
    if let Some((index, rest)) = field.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        let item = index.parse::<usize>().ok().and_then(|index| node.items().get(index));
        return item.map_or(node, |item| nearest(item, rest));
    }
    let below = node.entries().iter().find_map(|entry| {
        let rest = field.strip_prefix(entry.key.text().filter(|key| !key.is_empty())?)?;
        (rest.is_empty() || rest.starts_with(['.', '['])).then_some((&entry.value, rest))
    });
    below.map_or(node, |(node, rest)| nearest(node, rest))
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
