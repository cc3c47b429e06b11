//! Live objects made a base: what the cluster wrote is taken out of them, what it makes itself is left out, Secrets are
//! named and not printed, and what stays has an order in which it can be read and applied.
//!
//! Which fields and objects are the cluster's stands in `catalogue::written`. Must not know files, nor any config.

mod account;
mod made;
mod order;
mod secrets;
mod taken;
mod text;

use std::fmt;

use serde_json::Value;

use crate::krm::{Item, ResourceRef, Source};
use crate::yaml::Error;

pub use order::Stage;
pub use secrets::{Needed, Secrets};
pub use taken::Taken;

/// What stands between two documents.
pub const SEPARATOR: &str = "---\n";

/// What becomes of live objects.
#[derive(Debug, Default)]
pub struct Imported {
    /// The documents that stay, in their order.
    pub documents: Vec<Document>,
    /// What is left out.
    pub left_out: Vec<LeftOut>,
    /// The Secrets that the documents ask for, or that were among the objects.
    pub secrets: Vec<Needed>,
}

/// An object that stays.
#[derive(Debug)]
pub struct Document {
    /// Who it is.
    pub object: ResourceRef,
    /// When it is applied.
    pub stage: Stage,
    /// What was taken out of it.
    pub taken: Vec<Taken>,
    /// Its text: a document without a marker.
    pub text: String,
}

/// An object that does not stay.
#[derive(Debug)]
pub struct LeftOut {
    /// Who it is.
    pub object: ResourceRef,
    /// Why.
    pub why: String,
}

/// Why objects are no base: an object, and what is wrong with it.
#[derive(Debug)]
pub struct Wrong {
    /// Which source text.
    pub source: usize,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// Imports objects; the error says of one of them why it cannot be.
pub fn import(items: &[Item<'_>], secrets: Secrets) -> Result<Imported, Wrong> {
    let mut imported = Imported::default();
    let mut staying: Vec<Item<'_>> = Vec::new();
    for item in items {
        match made::why_left_out(item) {
            Some(why) => imported.left_out.push(LeftOut { object: item.reference(), why }),
            None => staying.push(*item),
        }
    }
    let (own_secrets, objects): (Vec<_>, Vec<_>) = staying.into_iter().partition(secrets::is_secret);
    for item in &objects {
        add(&mut imported.documents, document(item)?, item)?;
    }
    imported.secrets = needed(&own_secrets, &imported.documents)?;
    if secrets == Secrets::Stub {
        for item in &own_secrets {
            let (value, taken) = (secrets::stub(item), Vec::new());
            add(&mut imported.documents, printed(item, value, taken)?, item)?;
        }
    }
    imported.documents.sort_by_cached_key(order::key);
    imported.left_out.sort_by(|one, other| one.object.cmp(&other.object));
    Ok(imported)
}

/// The Secrets that the documents ask for as they are printed: what was taken out asks for nothing.
fn needed(secrets: &[Item<'_>], documents: &[Document]) -> Result<Vec<Needed>, Wrong> {
    let unreadable = |error: Error| Wrong { source: 0, message: error.to_string() };
    let texts: Vec<&str> = documents.iter().map(|document| document.text.as_str()).collect();
    let text = texts.join(SEPARATOR);
    let source = Source::parse(None, &text).map_err(unreadable)?;
    Ok(secrets::needed(secrets, &source.items(0, 0).map_err(unreadable)?))
}

fn document(item: &Item<'_>) -> Result<Document, Wrong> {
    text::refuse_aliases(item.node).map_err(|()| Wrong {
        source: item.source,
        message: format!(
            "{}: it has a YAML alias, which no API server prints; write out what it stands for",
            item.reference()
        ),
    })?;
    let (value, taken) = taken::without(item);
    printed(item, value, taken)
}

fn printed(item: &Item<'_>, value: Value, taken: Vec<Taken>) -> Result<Document, Wrong> {
    let object = item.reference();
    let text = text::printed(value).map_err(|error: Error| Wrong {
        source: item.source,
        message: format!("{object}: it cannot be printed: {error}"),
    })?;
    Ok(Document { stage: order::stage(item.group(), item.kind), object, taken, text })
}

/// Adds a document. The same object twice is one; two that differ cannot both be.
fn add(documents: &mut Vec<Document>, document: Document, item: &Item<'_>) -> Result<(), Wrong> {
    match documents.iter().find(|known| known.object == document.object) {
        None => documents.push(document),
        Some(known) if known.text == document.text => {}
        Some(_) => {
            let message = format!(
                "{}: it is there twice and not the same; fetch everything once, at one time",
                document.object
            );
            return Err(Wrong { source: item.source, message });
        }
    }
    Ok(())
}
