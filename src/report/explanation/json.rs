//! An explanation for programs: every change, with values as they are; every key is there in each.

use serde_json::{Value, json};

use crate::run::{Explained, ExplainedChange as Change, Moved, Staying};

pub(super) fn print(explained: &Explained, stays: bool) -> String {
    let changes: Vec<Value> = explained.changes.iter().map(change).collect();
    let networks: Vec<Value> = explained.moved.iter().map(moved).collect();
    let left = explained.left_out.as_ref();
    let mut page = json!({
        "instance": explained.instance,
        "objects": explained.objects,
        "networks": networks,
        "changes": changes,
        "leftOut": left.map(|(printer, objects)| json!({ "printedBy": printer, "objects": objects })),
    });
    if stays && let Some(page) = page.as_object_mut() {
        page.insert("stays".to_owned(), explained.stays.iter().map(staying).collect());
    }
    format!("{page:#}\n")
}

fn moved(moved: &Moved) -> Value {
    let side = |(from, to): &(String, String)| json!({ "from": from, "to": to });
    let sides: Vec<Value> = moved.sides.iter().map(side).collect();
    json!({ "name": moved.name, "isInterface": moved.is_interface, "sides": sides })
}

fn change(change: &Change) -> Value {
    json!({
        "object": change.object,
        "file": change.file,
        "field": change.field,
        "isKey": change.is_key,
        "from": change.from,
        "to": change.to,
        "reasons": change.reasons,
        "movedBy": change.moved_by,
        "endpoint": change.endpoint,
    })
}

fn staying(one: &Staying) -> Value {
    json!({ "object": one.object, "field": one.field, "why": one.why, "rule": one.rule })
}
