//! The package context, a `ConfigMap` that kpt writes into every package (`package-context.yaml`): the package's name says
//! which instance of the list's plan it is, and the plan all else. This module must not know a plan.
//!
//! Source: kpt `pkg/lib/kptops` and `internal/builtins/pkg_context.go` (`kptfile.kpt.dev`, `data.name`,
//! `data.package-path`).

use serde_json::Map;

use super::{Config, ConfigError, Planned, Read};
use crate::yaml::Node;

/// What kpt calls it.
const NAME: &str = "kptfile.kpt.dev";

/// Whether a `ConfigMap` is one.
pub(super) fn is_context(config: &Node<'_>) -> bool {
    config.get("metadata").and_then(|metadata| metadata.get("name")).and_then(Node::text) == Some(NAME)
}

/// The instance that the package is called by. Other keys are other functions'.
pub(super) fn read(config: &Node<'_>) -> Read {
    let name = config.get("data").and_then(|data| data.get("name")).and_then(Node::text).unwrap_or_default();
    let unnamed = name.is_empty().then(|| {
        let message = "the package context does not say the package's name, by which the plan knows the instance; \
                       write it, or get the package by `kpt pkg get … --for-deployment`";
        ConfigError::new("data.name", message)
    });
    let planned = Planned { name: name.to_owned(), spec: Box::default(), written: Map::new() };
    (Config::Planned(planned), unnamed.into_iter().collect())
}
