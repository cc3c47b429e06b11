//! `unknown-field`: a field that the CRD does not list; the API server drops it, server-side apply refuses the object.
//!
//! A kind or version that neither a given CRD nor our own table has is not looked at.

use crate::catalogue::crd::{Known, Shape};
use crate::krm::Item;
use crate::model::Model;
use crate::rules::Report;
use crate::yaml::{Entry, Kind, Node, PointerBuf};

pub(super) fn check(model: &Model<'_>, report: &mut Report) {
    for item in &model.objects {
        below(model.fields_of(item), &Place::Root(item), item.node, report);
    }
}

/// Where the walk stands: written down only for what is reported.
enum Place<'p, 'a> {
    Root(&'p Item<'a>),
    Key(&'p Self, &'p str),
    Index(&'p Self, usize),
}

fn below(known: Known<'_>, place: &Place<'_, '_>, node: &Node<'_>, report: &mut Report) {
    if let Known::Of(shape) = known {
        walk(shape, place, node, report);
    }
}

/// An aliased node is looked at where its anchor stands.
fn walk(shape: Shape<'_>, place: &Place<'_, '_>, node: &Node<'_>, report: &mut Report) {
    match &node.kind {
        Kind::Mapping(entries) => {
            for entry in entries {
                let name = entry.key.text().unwrap_or_default();
                match shape.key(name) {
                    Known::No => unknown(entry, shape, &Place::Key(place, name), report),
                    known => below(known, &Place::Key(place, name), &entry.value, report),
                }
            }
        }
        Kind::Sequence(items) => {
            let Known::Of(each) = shape.items() else { return };
            for (index, item) in items.iter().enumerate() {
                walk(each, &Place::Index(place, index), item, report);
            }
        }
        _ => {}
    }
}

fn unknown(entry: &Entry<'_>, shape: Shape<'_>, place: &Place<'_, '_>, report: &mut Report) {
    let name = entry.key.text().unwrap_or_default();
    let cure = match shape.near(name) {
        Some(near) => format!("write {near}"),
        None => "remove it, or put it where the CRD has it".to_owned(),
    };
    let mut pointer = PointerBuf::root();
    let item = place.write(&mut pointer);
    let message = format!(
        "{} has no field {name} here, so the API server drops it and server-side apply refuses the object; {cure}",
        item.kind
    );
    report.add(report.finding(message).at_key(item, &pointer));
}

impl<'p, 'a> Place<'p, 'a> {
    /// Puts the place behind a pointer, and gives the object that it is in.
    fn write(&self, pointer: &mut PointerBuf) -> &'p Item<'a> {
        match self {
            Self::Root(item) => item,
            Self::Key(above, key) => {
                let item = above.write(pointer);
                pointer.push_back(*key);
                item
            }
            Self::Index(above, index) => {
                let item = above.write(pointer);
                pointer.push_back(*index);
                item
            }
        }
    }
}
