//! The texts that items come in: a `ResourceList`, or a plain stream of documents.

use serde_json::Value;

use super::{Finding, Item};
use crate::yaml::{self, Error, Kind, Node};

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
    /// When it is applied: what a later stage defines again takes the place of an earlier one's.
    pub stage: usize,
}

/// The key that a list holds its objects under.
pub const ITEMS: &str = "items";

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
        Ok(Self { path, text, documents, kind, stage: 0 })
    }

    /// The same, applied at this stage.
    #[must_use]
    pub fn at_stage(self, stage: usize) -> Self {
        Self { stage, ..self }
    }

    /// The `ResourceList`, where the text is one.
    #[must_use]
    pub fn list(&self) -> Option<&Node<'t>> {
        self.documents.first().filter(|_| self.kind == SourceKind::ResourceList)
    }

    /// The `functionConfig` of a `ResourceList`.
    #[must_use]
    pub fn function_config(&self) -> Option<&Node<'t>> {
        self.list()?.get("functionConfig").filter(|config| !config.is_null())
    }

    /// The objects of the text in their order, `List`s opened; `first` is the index of the first one.
    pub fn items<'a>(&'a self, source: usize, first: usize) -> Result<Vec<Item<'a>>, Error>
    where
        't: 'a,
    {
        let objects = match self.list().map(|list| list.get(ITEMS)) {
            None => self.documents.iter().filter(|node| !node.is_null()).collect(),
            Some(None) => Vec::new(),
            Some(Some(items)) => self.objects_of(items)?,
        };
        let mut nodes = Vec::with_capacity(objects.len());
        objects.into_iter().try_for_each(|node| self.open(node, &mut nodes))?;
        let item = |(offset, node)| self.item(source, first + offset, node);
        nodes.into_iter().enumerate().map(item).collect()
    }

    /// Adds an object, or a `List`'s objects in its stead, also those of a `List` in it: who applies the manifests opens
    /// them all.
    fn open<'a>(&self, node: &'a Node<'t>, found: &mut Vec<&'a Node<'t>>) -> Result<(), Error> {
        if let Some(items) = node.get(ITEMS).filter(|items| is_list(node, items)) {
            return self.objects_of(items)?.into_iter().try_for_each(|node| self.open(node, found));
        }
        found.push(node);
        Ok(())
    }

    /// The nodes of a list of objects; a null is an empty list.
    fn objects_of<'a>(&self, items: &'a Node<'t>) -> Result<Vec<&'a Node<'t>>, Error> {
        if items.is_null() || matches!(items.resolved().kind, Kind::Sequence(_)) {
            return Ok(items.items().iter().collect());
        }
        Err(Error::at(self.text, items.span.start, "`items` is no list of objects; write one"))
    }

    fn item<'a>(&'a self, source: usize, index: usize, node: &'a Node<'t>) -> Result<Item<'a>, Error> {
        let word = |key: &str| node.get(key).and_then(Node::as_str).filter(|word| !word.is_empty());
        match (word("apiVersion"), word("kind")) {
            (Some(api_version), Some(kind)) => {
                Ok(Item { index, source, path: self.path, ..Item::new(node, api_version, kind) })
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

/// Whether an object that has `items` is a `List`: `v1`, or any kind that ends so and holds a list of objects.
fn is_list(node: &Node<'_>, items: &Node<'_>) -> bool {
    let kind = node.get("kind").and_then(Node::as_str).unwrap_or_default();
    let is_list = |node: &Node<'_>| matches!(node.kind, Kind::Sequence(_));
    let is_object = |node: &Node<'_>| matches!(node.resolved().kind, Kind::Mapping(_));
    let holds_objects = is_list(items.resolved()) && items.items().iter().all(is_object);
    kind == "List" || (kind.ends_with("List") && (holds_objects || items.is_null()))
}

/// The findings as the list's `results`.
#[must_use]
pub fn results_value(findings: &[Finding]) -> Value {
    findings.iter().map(Finding::to_value).collect()
}
