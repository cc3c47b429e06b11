//! One Kubernetes object of the list: who it is, where it came from.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::File;
use crate::find::{Part, value};
use crate::path;
use crate::yaml::Node;

/// The identity of an object, as a result's `resourceRef` has it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
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
    /// Read once, as nearly every rule asks for it.
    pub(super) name: &'a str,
    pub(super) namespace: Option<&'a str>,
}

impl<'a> Item<'a> {
    /// An object with its `apiVersion` and `kind`, the first of a stream.
    #[must_use]
    pub fn new(node: &'a Node<'a>, api_version: &'a str, kind: &'a str) -> Self {
        let metadata = node.get("metadata");
        let name = metadata.and_then(|metadata| metadata.get("name")?.text()).unwrap_or_default();
        let namespace = metadata.and_then(|metadata| metadata.get("namespace")?.as_str());
        let namespace = namespace.filter(|namespace| !namespace.is_empty());
        Self { index: 0, source: 0, path: None, node, api_version, kind, name, namespace }
    }

    /// The same object as it is written now.
    #[must_use]
    pub fn renewed(self, node: &'a Node<'a>) -> Self {
        let Self { index, source, path, api_version, kind, .. } = self;
        Self { index, source, path, ..Self::new(node, api_version, kind) }
    }

    /// The same object taken for one of another kind.
    #[must_use]
    pub fn taken_for(self, api_version: &'a str, kind: &'a str) -> Self {
        Self { api_version, kind, ..self }
    }

    /// The object as a part, to read below.
    #[must_use]
    pub fn part(&self) -> Part<'a> {
        Part::root(self.node)
    }

    /// `metadata.name`; empty where it is missing.
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.name
    }

    /// `metadata.namespace`; an empty one is none.
    #[must_use]
    pub fn namespace(&self) -> Option<&'a str> {
        self.namespace
    }

    /// The API group; empty for the core group.
    #[must_use]
    pub fn group(&self) -> &'a str {
        self.api_version.split_once('/').map_or("", |(group, _)| group)
    }

    /// Whether the object is of this group and kind, in any version.
    #[must_use]
    pub fn is(&self, group: &str, kind: &str) -> bool {
        self.kind == kind && is_version_of(self.api_version, group)
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

/// Whether an `apiVersion` is of a group; compared before it is split, as most are not.
fn is_version_of(api_version: &str, group: &str) -> bool {
    let rest = api_version.strip_prefix(group);
    rest.is_some_and(|rest| rest.starts_with('/') || (group.is_empty() && !rest.contains('/')))
}
