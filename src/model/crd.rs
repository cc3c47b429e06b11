//! Reads `CustomResourceDefinition`s that the user gives into shapes.
//!
//! Source: Kubernetes `apiextensions.k8s.io/v1` and its structural schemas. Must not know any kind that they define.

use std::collections::BTreeMap;

use crate::catalogue::crd::{Child, Crds, Field, Limit, Limits, Schema, Type};
use crate::find::value;
use crate::krm::{Item, Source};
use crate::path;
use crate::path::Path;
use crate::yaml::{Error, Kind, Node};

const GROUP: &str = "apiextensions.k8s.io";
const KIND: &str = "CustomResourceDefinition";

/// The fields that every object has, whether or not its schema lists them.
const OF_ALL: [&str; 3] = ["apiVersion", "kind", "metadata"];

/// How many objects of a text are CRDs, and how many are not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    /// The number of `CustomResourceDefinition`s.
    pub definitions: usize,
    /// The number of objects that were ignored.
    pub others: usize,
}

/// Adds the CRDs of a text to a table, and ignores other objects.
pub fn read_crds<'a>(source: &'a Source<'a>, crds: &mut Crds<'a>) -> Result<Counted, Error> {
    let mut counted = Counted::default();
    for item in source.items(0, 0)? {
        if item.is(GROUP, KIND) {
            Definition { item, text: source.text }.read(crds)?;
            counted.definitions += 1;
        } else {
            counted.others += 1;
        }
    }
    Ok(counted)
}

/// One CRD and its text.
struct Definition<'a> {
    item: Item<'a>,
    text: &'a str,
}

impl<'a> Definition<'a> {
    fn read(&self, crds: &mut Crds<'a>) -> Result<(), Error> {
        if self.item.api_version != "apiextensions.k8s.io/v1" {
            let place = self.item.node.get("apiVersion");
            return Err(self.wrong(
                place,
                &format!(
                    "apiVersion is {}, and only {GROUP}/v1 is read; give the CRD as the API server has it \
                     (kubectl get crd NAME -o yaml)",
                    self.item.api_version
                ),
            ));
        }
        let (group, kind) = (self.word(path!("spec.group"))?, self.word(path!("spec.names.kind"))?);
        let versions = value(self.item.node, path!("spec.versions"));
        let listed = versions.map(Node::items).unwrap_or_default();
        if listed.is_empty() {
            return Err(self.wrong(versions, "spec.versions lists no version; give the whole CRD"));
        }
        for (index, version) in listed.iter().enumerate() {
            self.version(group, kind, (index, version), crds)?;
        }
        Ok(())
    }

    fn version(
        &self,
        group: &'a str,
        kind: &'a str,
        (index, version): (usize, &'a Node<'a>),
        crds: &mut Crds<'a>,
    ) -> Result<(), Error> {
        let Some(name) = version.get("name").and_then(Node::as_str).filter(|name| !name.is_empty()) else {
            let message = format!("spec.versions[{index}].name is missing; give the whole CRD");
            return Err(self.wrong(Some(version), &message));
        };
        let schema = value(version, path!("schema.openAPIV3Schema"));
        let Some(schema) = schema.filter(|schema| matches!(schema.resolved().kind, Kind::Mapping(_))) else {
            let message = format!(
                "the version {name} has no schema.openAPIV3Schema, so it says nothing of fields; give the CRD with its \
                 schema"
            );
            return Err(self.wrong(Some(version), &message));
        };
        let shape = Schemas { crds, seen: BTreeMap::new() }.of_kind(schema);
        if crds.add(group, name, kind, shape) {
            return Ok(());
        }
        let message =
            format!("{group}/{name} {kind} was given already with other fields; give one of the two");
        Err(self.wrong(Some(version), &message))
    }

    /// The text at a path that every CRD must have.
    fn word(&self, path: Path) -> Result<&'a str, Error> {
        let node = value(self.item.node, path);
        node.and_then(Node::as_str).filter(|word| !word.is_empty()).ok_or_else(|| {
            let message = format!("{path} is missing or no text; give the whole CRD");
            self.wrong(node, &message)
        })
    }

    /// An error at a node, or at the CRD if the node is absent.
    fn wrong(&self, node: Option<&Node<'_>>, message: &str) -> Error {
        let place = node.unwrap_or(self.item.node).span.start;
        Error::at(self.text, place, format!("{KIND} {}: {message}", self.item.name()))
    }
}

/// The shapes of one version's schema.
struct Schemas<'c, 'a> {
    crds: &'c mut Crds<'a>,
    /// By node identity, because aliases may lead to one schema from many places.
    seen: BTreeMap<*const Node<'a>, Child>,
}

impl<'a> Schemas<'_, 'a> {
    fn of_kind(&mut self, schema: &'a Node<'a>) -> Child {
        if is_free(schema) {
            return None;
        }
        let mut fields = self.fields(schema)?;
        fields.extend(OF_ALL.map(|name| (name, (None, false))));
        Some(self.crds.number(listed(fields)))
    }

    fn number(&mut self, schema: &'a Node<'a>) -> Child {
        let schema = schema.resolved();
        if let Some(number) = self.seen.get(&std::ptr::from_ref(schema)) {
            return *number;
        }
        let number = self.schema(schema).map(|schema| self.crds.number(schema));
        self.seen.insert(schema, number);
        number
    }

    /// `None` where the API server accepts anything.
    fn schema(&mut self, schema: &'a Node<'a>) -> Option<Schema<'a>> {
        if is_free(schema) {
            return None;
        }
        if let Some(items) = mapping(schema, "items") {
            return Some(Schema::Items(self.number(items), limits(schema)));
        }
        if let Some(fields) = self.fields(schema) {
            return Some(listed(fields));
        }
        if let Some(each) = mapping(schema, "additionalProperties") {
            return Some(Schema::Each(self.number(each)));
        }
        Some(Schema::Value(kind(schema)?, limits(schema)))
    }

    fn fields(&mut self, schema: &'a Node<'a>) -> Option<BTreeMap<&'a str, (Child, bool)>> {
        let required = schema.get("required").map(Node::items).unwrap_or_default();
        let mut fields = BTreeMap::new();
        for entry in mapping(schema, "properties")?.entries() {
            let name = entry.key.text()?;
            let fills = |key: &str| entry.value.get(key).is_some_and(|node| node.as_bool() != Some(false));
            let is_filled = entry.value.get("default").is_some() || fills("nullable");
            let needed = !is_filled && required.iter().any(|one| one.text() == Some(name));
            fields.insert(name, (self.number(&entry.value), needed));
        }
        Some(fields).filter(|fields| !fields.is_empty())
    }
}

fn listed(fields: BTreeMap<&str, (Child, bool)>) -> Schema<'_> {
    let field = |(name, (child, needed))| Field { name, child, needed };
    Schema::Fields(fields.into_iter().map(field).collect())
}

/// The type of a value; `None` where any will do.
fn kind(schema: &Node<'_>) -> Option<Type> {
    if is_true(schema, "x-kubernetes-int-or-string") {
        return Some(Type::IntOrString);
    }
    let format = schema.get("format").and_then(Node::text);
    match schema.get("type").and_then(Node::text)? {
        "string" => Some(Type::String),
        "integer" if format == Some("int32") => Some(Type::Integer32),
        "integer" => Some(Type::Integer),
        "number" => Some(Type::Number),
        "boolean" => Some(Type::Boolean),
        "object" => Some(Type::Object),
        _ => None,
    }
}

fn limits<'a>(schema: &'a Node<'a>) -> Limits<'a> {
    let nullable = is_true(schema, "nullable");
    let of = |(word, limit): (&str, Limit)| {
        let node = schema.get(word);
        let values = match limit {
            Limit::Enum => node.map(Node::items).unwrap_or_default(),
            Limit::AboveMinimum | Limit::BelowMaximum if !is_true(schema, word) => &[],
            _ => node.map(std::slice::from_ref).unwrap_or_default(),
        };
        values.iter().filter_map(move |value| Some((limit, value.text()?))).collect::<Vec<_>>()
    };
    if nullable { Vec::new() } else { Limit::WORDS.into_iter().flat_map(of).collect() }
}

/// Whether the API server keeps fields here that the schema does not list.
fn is_free(schema: &Node<'_>) -> bool {
    let marks = ["x-kubernetes-preserve-unknown-fields", "x-kubernetes-embedded-resource"];
    marks.iter().any(|mark| is_true(schema, mark))
}

fn is_true(schema: &Node<'_>, mark: &str) -> bool {
    schema.get(mark).and_then(Node::as_bool) == Some(true)
}

fn mapping<'a>(schema: &'a Node<'a>, key: &str) -> Option<&'a Node<'a>> {
    schema.get(key).filter(|node| matches!(node.resolved().kind, Kind::Mapping(_)))
}
