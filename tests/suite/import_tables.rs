//! The tables of what the cluster writes: each row at work, and all of them in `docs/import.md`.

use std::fs;
use std::path::Path;

use libtest_mimic::{Failed, Trial};
use multi_rhoso::catalogue::written::{MADE, WRITTEN, WRITTEN_ANNOTATIONS, WRITTEN_LABELS, When, WrittenKey};
use multi_rhoso::yaml;
use serde_json::{Value, json};

use crate::corpus::PROJECT;
use crate::golden::compare;
use crate::import::{imported, text};

/// All tests of the tables.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("import::every_row_of_the_tables_is_heeded", every_row),
        Trial::test("import::the_page_has_the_tables", page),
    ]
}

/// Each row by an object of its own. What depends on more than the place has its line in a fixture.
fn every_row() -> Result<(), Failed> {
    let named = |kind: &str, key: &str| {
        let group = if key == "*" { "example.org" } else { key };
        let version = if group.is_empty() { "v1".to_owned() } else { format!("{group}/v1") };
        json!({"apiVersion": version, "kind": kind.replace('*', "Widget"), "metadata": {"name": "a", "namespace": "b"}})
    };
    for row in WRITTEN.iter().filter(|row| row.when == When::Always) {
        let way = row.path.to_string().replace("**", "a").replace(".[]", "");
        let mut value = named(row.kind, row.group);
        let place = format!("/{}", way.replace('.', "/"));
        put(&mut value, &place, json!("x"));
        gone(&value, &place, row.path.to_string().contains("[]"))?;
    }
    let group_of = |kind: &str| match kind {
        "Job" => "batch",
        "Route" => "route.openshift.io",
        "BareMetalHost" => "metal3.io",
        "OperatorGroup" => "operators.coreos.com",
        "*" => "*",
        _ => "",
    };
    let keys = |part: &'static str, rows: &'static [WrittenKey]| rows.iter().map(move |row| (part, row));
    for (part, row) in keys("annotations", WRITTEN_ANNOTATIONS).chain(keys("labels", WRITTEN_LABELS)) {
        let mut value = named(row.kind, group_of(row.kind));
        let key = row.key.replace('*', "x");
        value["metadata"][part] = json!({ key.clone(): "true" });
        gone(&value, &format!("/metadata/{part}"), false)?;
    }
    for row in MADE {
        let mut value = named(row.kind, row.group);
        value["metadata"]["name"] = json!(row.name.replace('*', "x"));
        if imported(&yaml::document(&value))?.left_out.len() != 1 {
            return Err(format!("{row:?} is not left out").into());
        }
    }
    Ok(())
}

/// Puts a value at a place, with what is missing above it.
fn put(value: &mut Value, pointer: &str, new: Value) {
    let mut here = value;
    for key in pointer.split('/').skip(1) {
        if !here[key].is_object() && !here.get(key).is_some_and(Value::is_string) {
            here[key] = json!({});
        }
        here = &mut here[key];
    }
    *here = new;
}

/// Rows of lists are for the fixtures.
fn gone(value: &Value, pointer: &str, is_list: bool) -> Result<(), Failed> {
    if is_list {
        return Ok(());
    }
    let imported = imported(&yaml::document(value))?;
    let documents =
        yaml::parse(&text(&imported)).map_err(|error| error.to_string())?.first().map(yaml::Node::to_value);
    match documents {
        // What is being deleted is left out.
        None if pointer == "/metadata/deletionTimestamp" => Ok(()),
        Some(document) if document.pointer(pointer).is_none() => Ok(()),
        other => Err(format!("{pointer} is left: {other:?}").into()),
    }
}

/// The tables of `docs/import.md` are those of the catalogue; `UPDATE=1` writes them.
fn page() -> Result<(), Failed> {
    let path = Path::new(PROJECT).join("docs/import.md");
    let page = fs::read_to_string(&path)?;
    let (begin, end) = ("<!-- tables -->\n", "<!-- end of tables -->\n");
    let (before, rest) = page.split_once(begin).ok_or("the page has no place for the tables")?;
    let (_, after) = rest.split_once(end).ok_or("the page's tables have no end")?;
    compare(&path, &format!("{before}{begin}{}{end}{after}", tables()))
}

fn tables() -> String {
    let mut lines = vec!["\n| of | field | written by | source |\n|---|---|---|---|\n".to_owned()];
    for row in WRITTEN {
        let when = match row.when {
            When::Always => "",
            When::UnlessOfPeople => ", unless it is one that people write",
            When::UnlessNone => ", unless it is `None`",
            When::HostGenerated => ", where the Route says that its host was generated",
            When::Consumed => ", where a set of nodes has taken the machine",
            When::NoManualSelector => ", unless `manualSelector` is true",
            When::OfAccount => ", where it was made for the account",
            When::OfUid => ", where it ends with the beginning of the UID",
            When::OwnZone => ", where it is `local` and the namespace's own zone alone",
            When::OwnUrl => ", where it is the Service's or Route's own default name",
        };
        let of = if row.kind == "*" { "every kind" } else { row.kind };
        lines.push(format!("| {of} | `{}`{when} | {} | {} |\n", row.path, row.by, row.source));
    }
    for (what, rows) in [("annotation", WRITTEN_ANNOTATIONS), ("label", WRITTEN_LABELS)] {
        lines.push(format!("\n| of | {what} | written by | source |\n|---|---|---|---|\n"));
        for row in rows {
            let of = if row.kind == "*" { "every kind" } else { row.kind };
            lines.push(format!("| {of} | `{}` | {} | {} |\n", row.key, row.by, row.source));
        }
    }
    lines.push("\n| group | kind | name | left out, as |\n|---|---|---|---|\n".to_owned());
    for row in MADE {
        let group = if row.group.is_empty() { "core" } else { row.group };
        lines.push(format!("| {group} | {} | `{}` | {} |\n", row.kind, row.name, row.why));
    }
    lines.push("\n".to_owned());
    lines.concat()
}
