//! `unknown-field`: a field that the CRD does not list; the API server drops it, server-side apply refuses the object.
//!
//! A kind or version that the table does not have is not looked at.

use crate::catalogue::crd::{self, Known, Shape};
use crate::krm::Item;
use crate::model::Model;
use crate::rules::Report;
use crate::yaml::{Entry, Kind, Node, PointerBuf};

pub(super) fn check(model: &Model<'_>, report: &mut Report) {
    for item in &model.objects {
        if let Some(shape) = crd::shape(item.api_version, item.kind) {
            walk(item, item.node, shape, &mut PointerBuf::root(), report);
        }
    }
}

/// An aliased node is looked at where its anchor stands.
fn walk(item: &Item<'_>, node: &Node<'_>, shape: Shape, place: &mut PointerBuf, report: &mut Report) {
    match &node.kind {
        Kind::Mapping(entries) => {
            for entry in entries {
                let name = entry.key.text().unwrap_or_default();
                place.push_back(name);
                match shape.key(name) {
                    Known::Of(below) => walk(item, &entry.value, below, place, report),
                    Known::Leaf => {}
                    Known::No => unknown(item, entry, shape, place, report),
                }
                place.pop_back();
            }
        }
        Kind::Sequence(items) => {
            let Some(below) = shape.items() else { return };
            for (index, one) in items.iter().enumerate() {
                place.push_back(index);
                walk(item, one, below, place, report);
                place.pop_back();
            }
        }
        _ => {}
    }
}

fn unknown(item: &Item<'_>, entry: &Entry<'_>, shape: Shape, place: &PointerBuf, report: &mut Report) {
    let name = entry.key.text().unwrap_or_default();
    let cure = match shape.near(name) {
        Some(near) => format!("write {near}"),
        None => "remove it, or put it where the CRD has it".to_owned(),
    };
    let message = format!(
        "{} has no field {name} here, so the API server drops it and server-side apply refuses the object; {cure}",
        item.kind
    );
    report.add(report.finding(message).at(item, place).without_current());
}
