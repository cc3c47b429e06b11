//! What a run has to say about an item: a result of the KRM specification as data.

use std::fmt;
use std::ops::Range;

use serde::Serialize;
use serde_json::{Value, json};

use super::{Item, ResourceRef};
use crate::find::value;
use crate::path;
use crate::yaml::Pointer;

/// How bad a finding is. An error fails the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The output would not work: nothing is printed but the input.
    Error,
    /// It works, and is probably not what was meant.
    Warning,
    /// Worth knowing.
    Info,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        })
    }
}

/// The field that a finding is about.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Field {
    /// The path as people write it: `spec.addresses[0]`.
    pub path: String,
    /// What stands there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current_value: Option<Value>,
    /// What would be right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposed_value: Option<Value>,
}

/// The file that an item came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct File {
    /// The path, relative to the package or as it was given.
    pub path: String,
    /// The item's place in the file, from zero.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<u64>,
}

/// The bytes that a finding is about, for a printer that has the texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceSpan {
    /// Which source text.
    pub source: usize,
    /// The bytes in it.
    pub span: Range<usize>,
}

/// Another side of what a finding is about: whose it is, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    /// The item.
    pub resource: ResourceRef,
    /// The bytes in its source text.
    pub place: Option<SourceSpan>,
}

/// One result: what, how bad, where.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// The rule's stable name (`pool-collision`), printed as `tags.rule`.
    pub rule: &'static str,
    /// One sentence: what is wrong and what to do.
    pub message: String,
    /// The item.
    pub resource: Option<ResourceRef>,
    /// The field in the item.
    pub field: Option<Field>,
    /// The item's file.
    pub file: Option<File>,
    /// The bytes in the source text.
    pub place: Option<SourceSpan>,
    /// What else it is about, for a printer that has the texts; the message names them.
    pub others: Vec<Side>,
}

impl Finding {
    /// The same, with another side.
    #[must_use]
    pub fn beside(mut self, item: &Item<'_>, pointer: &Pointer) -> Self {
        let place = nearest(item, pointer).map(|span| SourceSpan { source: item.source, span });
        self.others.push(Side { resource: item.reference(), place });
        self
    }

    /// The bytes of all its sides.
    pub fn places(&self) -> impl Iterator<Item = &SourceSpan> {
        self.place.iter().chain(self.others.iter().filter_map(|side| side.place.as_ref()))
    }

    /// The same about one item.
    #[must_use]
    pub fn on(mut self, item: &Item<'_>) -> Self {
        self.resource = Some(item.reference());
        self.file = item.file();
        self.place.get_or_insert_with(|| SourceSpan { source: item.source, span: title(item) });
        self
    }

    /// The same about one field; the current value is read from the item.
    #[must_use]
    pub fn at(mut self, item: &Item<'_>, pointer: &Pointer) -> Self {
        let current_value = item.node.at(pointer).map(crate::yaml::Node::to_value);
        self.field = Some(Field { path: field_path(pointer), current_value, proposed_value: None });
        self.place = nearest(item, pointer).map(|span| SourceSpan { source: item.source, span });
        self.on(item)
    }

    /// The same about a field's key: that it is there at all, or how it is spelled.
    #[must_use]
    pub fn at_key(self, item: &Item<'_>, pointer: &Pointer) -> Self {
        let mut finding = self.at(item, pointer).without_current();
        if let Some(span) = key(item, pointer) {
            finding.place = Some(SourceSpan { source: item.source, span });
        }
        finding
    }

    /// The same about something other than the field's value, such as its key.
    #[must_use]
    pub fn with_current(mut self, value: impl Into<Value>) -> Self {
        if let Some(field) = &mut self.field {
            field.current_value = Some(value.into());
        }
        self
    }

    /// The same without the field's value, where it is long or says nothing.
    #[must_use]
    pub fn without_current(mut self) -> Self {
        if let Some(field) = &mut self.field {
            field.current_value = None;
        }
        self
    }

    /// The same with the value that would be right.
    #[must_use]
    pub fn proposing(mut self, value: impl Into<Value>) -> Self {
        if let Some(field) = &mut self.field {
            field.proposed_value = Some(value.into());
        }
        self
    }

    /// The result as the KRM specification has it.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let mut value = json!({ "message": self.message, "severity": self.severity });
        if let Some(object) = value.as_object_mut() {
            let mut put =
                |key: &str, part: Option<Value>| part.map(|part| object.insert(key.to_owned(), part));
            put("resourceRef", self.resource.as_ref().map(|resource| json!(resource)));
            put("field", self.field.as_ref().map(|field| json!(field)));
            put("file", self.file.as_ref().map(|file| json!(file)));
            put("tags", Some(json!({ "rule": self.rule })));
        }
        value
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.severity)?;
        if let Some(resource) = &self.resource {
            write!(f, "{resource}")?;
            if let Some(field) = &self.field {
                write!(f, " {}", field.path)?;
            }
            f.write_str(": ")?;
        } else if let Some(field) = &self.field {
            write!(f, "{}: ", field.path)?;
        }
        write!(f, "{} [{}]", self.message.replace('\n', " "), self.rule)?;
        match &self.file {
            Some(file) => write!(f, " ({})", file.path),
            None => Ok(()),
        }
    }
}

/// The object's name, else its kind: what a person looks for in the file.
fn title(item: &Item<'_>) -> Range<usize> {
    let name = value(item.node, path!("metadata.name")).or_else(|| item.node.get("kind"));
    name.map_or(item.node.span.start..item.node.span.start, |node| node.span.clone())
}

/// The value at a place; where there is none, the key of the nearest thing above it that is there.
fn nearest(item: &Item<'_>, pointer: &Pointer) -> Option<Range<usize>> {
    if let Some(node) = item.node.at(pointer).filter(|node| !node.span.is_empty()) {
        let is_leaf = node.entries().is_empty() && node.items().is_empty();
        return Some(if is_leaf {
            node.span.clone()
        } else {
            key(item, pointer).unwrap_or(node.span.clone())
        });
    }
    key(item, pointer).or_else(|| nearest(item, pointer.parent()?))
}

/// The key that a place is the value of.
fn key(item: &Item<'_>, pointer: &Pointer) -> Option<Range<usize>> {
    let name = pointer.last()?.decoded().into_owned();
    let entries = item.node.at(pointer.parent()?)?.entries();
    entries.iter().find(|entry| entry.key.text() == Some(&name)).map(|entry| entry.key.span.clone())
}

/// `/spec/addresses/0` as `spec.addresses[0]`; a key with a dot or slash, and an empty one, stands in brackets and quotes.
#[must_use]
pub fn field_path(pointer: &Pointer) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let segments = pointer.tokens().enumerate().map(|(depth, token)| {
        let token = token.decoded();
        if token.is_empty() {
            "[\"\"]".to_owned()
        } else if token.bytes().all(|byte| byte.is_ascii_digit()) {
            format!("[{token}]")
        } else if token.chars().all(plain) {
            format!("{}{token}", if depth == 0 { "" } else { "." })
        } else {
            format!("[\"{token}\"]")
        }
    });
    segments.collect::<Vec<_>>().concat()
}

/// So many words as a sentence names, and how many more there are.
#[must_use]
pub fn at_most(most: usize, words: impl ExactSizeIterator<Item = String>) -> Vec<String> {
    let more = words.len().checked_sub(most).filter(|more| *more > 0);
    words.take(most).chain(more.map(|more| format!("{more} more"))).collect()
}

/// Words as a sentence names them: `a, b and c`.
#[must_use]
pub fn listed(words: &[String]) -> String {
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => words.concat(),
    }
}
