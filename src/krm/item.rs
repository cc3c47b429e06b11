//! One Kubernetes object of the list: who it is, where it came from.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::File;
use crate::find::{Part, value};
use crate::path;
use crate::yaml::Node;

/// The identity of an object, as a result's `resourceRef` has it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResourceRef {
    /// `group/version`, or `v1`.
    pub api_version: String,
    /// The kind.
    pub kind: String,
    /// `metadata.name`.
    pub name: String,
    /// `metadata.namespace`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
}

impl fmt::Display for ResourceRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.namespace {
            Some(namespace) => write!(f, "{} {namespace}/{}", self.kind, self.name),
            None => write!(f, "{} {}", self.kind, self.name),
        }
    }
}

/// One object of the list, read only.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    /// Its place in the list, from zero.
    pub index: usize,
    /// Which source text it stands in.
    pub source: usize,
    /// The path of that source, where it is a file.
    pub path: Option<&'a str>,
    /// The object.
    pub node: &'a Node<'a>,
    /// `apiVersion`.
    pub api_version: &'a str,
    /// `kind`.
    pub kind: &'a str,
}

impl<'a> Item<'a> {
    /// The object as a part, to read below.
    #[must_use]
    pub fn part(&self) -> Part<'a> {
        Part::root(self.node)
    }

    /// `metadata.name`; empty where it is missing.
    #[must_use]
    pub fn name(&self) -> &'a str {
        value(self.node, path!("metadata.name")).and_then(Node::text).unwrap_or_default()
    }

    /// `metadata.namespace`; an empty one is none.
    #[must_use]
    pub fn namespace(&self) -> Option<&'a str> {
        let namespace = value(self.node, path!("metadata.namespace")).and_then(Node::as_str);
        namespace.filter(|namespace| !namespace.is_empty())
    }

    /// The API group; empty for the core group.
    #[must_use]
    pub fn group(&self) -> &'a str {
        self.api_version.split_once('/').map_or("", |(group, _)| group)
    }

    /// Whether the object is of this group and kind, in any version.
    #[must_use]
    pub fn is(&self, group: &str, kind: &str) -> bool {
        self.kind == kind && self.group() == group
    }

    /// `metadata.labels`.
    #[must_use]
    pub fn labels(&self) -> BTreeMap<&'a str, &'a str> {
        self.part().words(path!("metadata.labels"))
    }

    /// An annotation of the object itself.
    #[must_use]
    pub fn annotation(&self, key: &str) -> Option<&'a str> {
        value(self.node, path!("metadata.annotations"))?.get(key)?.text()
    }

    /// The identity.
    #[must_use]
    pub fn reference(&self) -> ResourceRef {
        ResourceRef {
            api_version: self.api_version.to_owned(),
            kind: self.kind.to_owned(),
            name: self.name().to_owned(),
            namespace: self.namespace().map(str::to_owned),
        }
    }

    /// The file: the source's path, else what the orchestrator wrote into the annotations.
    #[must_use]
    pub fn file(&self) -> Option<File> {
        if let Some(path) = self.path {
            return Some(File { path: path.to_owned(), index: None });
        }
        let annotated = |name: &str| {
            self.annotation(&format!("internal.config.kubernetes.io/{name}"))
                .or_else(|| self.annotation(&format!("config.kubernetes.io/{name}")))
        };
        let index = annotated("index").and_then(|index| index.parse().ok());
        Some(File { path: annotated("path")?.to_owned(), index })
    }
}
