//! The texts that items come in: a `ResourceList`, or a plain stream of documents.

use serde_json::Value;

use super::{Finding, Item};
use crate::yaml::{self, Error, Node};

/// What a text holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceKind {
    /// One `ResourceList`, `config.kubernetes.io` v1, v1beta1 or v1alpha1.
    ResourceList,
    /// Documents, each an object or a `List` of objects.
    Stream,
}

/// One input text with its documents.
#[derive(Debug)]
pub struct Source<'t> {
    /// The file's path; none for a stream.
    pub path: Option<&'t str>,
    /// The text.
    pub text: &'t str,
    /// Its documents.
    pub documents: Vec<Node<'t>>,
    /// What it is.
    pub kind: SourceKind,
}

const RESOURCE_LIST_VERSIONS: [&str; 3] =
    ["config.kubernetes.io/v1", "config.kubernetes.io/v1beta1", "config.kubernetes.io/v1alpha1"];

impl<'t> Source<'t> {
    /// Reads a text; the error says where in it.
    pub fn parse(path: Option<&'t str>, text: &'t str) -> Result<Self, Error> {
        let documents = yaml::parse(text)?;
        let kind = match documents.as_slice() {
            [document] if is_resource_list(document) => SourceKind::ResourceList,
            _ => SourceKind::Stream,
        };
        Ok(Self { path, text, documents, kind })
    }

    /// The `functionConfig` of a `ResourceList`.
    #[must_use]
    pub fn function_config(&self) -> Option<&Node<'t>> {
        let list = self.documents.first().filter(|_| self.kind == SourceKind::ResourceList)?;
        list.get("functionConfig").filter(|config| !config.is_null())
    }

    /// The objects of the text in their order, `List`s opened; `first` is the index of the first one.
    pub fn items<'a>(&'a self, source: usize, first: usize) -> Result<Vec<Item<'a>>, Error>
    where
        't: 'a,
    {
        let nodes: Vec<&Node<'_>> = match self.kind {
            SourceKind::ResourceList => self.documents.iter().flat_map(|list| list_items(list)).collect(),
            SourceKind::Stream => {
                self.documents.iter().filter(|node| !node.is_null()).flat_map(opened).collect()
            }
        };
        let item = |(offset, node)| self.item(source, first + offset, node);
        nodes.into_iter().enumerate().map(item).collect()
    }

    fn item<'a>(&'a self, source: usize, index: usize, node: &'a Node<'t>) -> Result<Item<'a>, Error> {
        let word = |key: &str| node.get(key).and_then(Node::as_str).filter(|word| !word.is_empty());
        match (word("apiVersion"), word("kind")) {
            (Some(api_version), Some(kind)) => {
                Ok(Item { index, source, path: self.path, node, api_version, kind })
            }
            _ => Err(Error::at(
                self.text,
                node.span.start,
                "this is no Kubernetes object: it needs `apiVersion` and `kind`, both strings",
            )),
        }
    }
}

fn is_resource_list(node: &Node<'_>) -> bool {
    let word = |key: &str| node.get(key).and_then(Node::as_str);
    word("kind") == Some("ResourceList")
        && word("apiVersion").is_some_and(|version| RESOURCE_LIST_VERSIONS.contains(&version))
}

fn list_items<'a, 't>(list: &'a Node<'t>) -> &'a [Node<'t>] {
    list.get("items").map(Node::items).unwrap_or_default()
}

/// A `List` (`v1`, or any kind that ends so and has items) as its objects, anything else as itself.
fn opened<'a, 't>(node: &'a Node<'t>) -> Vec<&'a Node<'t>> {
    let is_list = node.get("kind").and_then(Node::as_str).is_some_and(|kind| kind.ends_with("List"));
    match node.get("items") {
        Some(items) if is_list => items.items().iter().collect(),
        _ => vec![node],
    }
}

/// The findings as the list's `results`.
#[must_use]
pub fn results_value(findings: &[Finding]) -> Value {
    findings.iter().map(Finding::to_value).collect()
}
