//! An explanation for terminals, within a hundred columns.

use super::summary::{Group, by_network, by_reason, named, staying};
use super::{arrow, clipped, counted, shortened, title, why};
use crate::report::{escaped, wrapped};
use crate::run::{Explained, ExplainedChange as Change, Moved};

const WIDTH: usize = 100;
/// How far the table stands in, where the networks' names are.
const NAME: usize = 14;
/// The least and the most columns for what the base has.
const BASE: (usize, usize) = (18, 42);

/// What each network and each reason changes.
pub(super) fn print(explained: &Explained, stays: bool) -> String {
    let mut lines = vec![title(explained)];
    if !explained.moved.is_empty() {
        lines.push(String::new());
        let width = width(&explained.moved);
        lines.push(row(["NETWORK", "BASE", &explained.instance], width));
        lines.extend(by_network(explained).flat_map(|(moved, group)| network(moved, &group, width)));
    }
    let reasons = by_reason(explained);
    if !reasons.is_empty() {
        lines.push(String::new());
        lines.push("WHY".to_owned());
        lines.extend(reasons.iter().flat_map(|(why, group)| reason(why, group)));
    }
    lines.extend(left_out(explained));
    lines.extend(stays.then(|| staying_lines(explained)).into_iter().flatten());
    finished(&lines)
}

/// Every change, object by object.
pub(super) fn print_all(explained: &Explained, stays: bool) -> String {
    let mut lines = vec![title(explained)];
    let mut last = None;
    for change in &explained.changes {
        let object = (&change.object, &change.file);
        if last.replace(object) != Some(object) {
            lines.push(String::new());
            let file = change.file.as_ref().map(|file| format!(" ({file})")).unwrap_or_default();
            lines.push(format!("{}{file}", change.object));
        }
        lines.push(format!("  {}", field(change)));
        lines.push(format!("    {}", arrow(change)));
        lines.push(format!("      {}", why(change)));
    }
    lines.extend(left_out(explained));
    lines.extend(stays.then(|| staying_lines(explained)).into_iter().flatten());
    finished(&lines)
}

fn finished(lines: &[String]) -> String {
    lines.iter().map(|line| clipped(&escaped(line), WIDTH) + "\n").collect()
}

fn field(change: &Change) -> String {
    let key = if change.is_key { " (the key)" } else { "" };
    format!("{}{key}", shortened(&escaped(&change.field), WIDTH - 2 - key.len()))
}

/// How wide the column of the base is.
fn width(moved: &[Moved]) -> usize {
    let sides = moved.iter().flat_map(|moved| &moved.sides);
    sides.map(|(from, _)| from.chars().count() + 2).max().unwrap_or_default().clamp(BASE.0, BASE.1)
}

/// A network on as many lines as it has sides, and below them the kinds in which it moves.
fn network(moved: &Moved, group: &Group<'_>, width: usize) -> Vec<String> {
    let name = |index: usize| match (index, moved.is_interface) {
        (0, true) => "(a port)",
        (0, false) => &moved.name,
        _ => "",
    };
    let sides =
        moved.sides.iter().enumerate().map(|(index, (from, to))| {
            row([name(index), from, if from == to { "stays" } else { to }], width)
        });
    let alone = moved.sides.is_empty().then(|| name(0).to_owned());
    let fields = match group.changes.len() {
        0 => "moves nothing that is there".to_owned(),
        count => format!("{}: {}", counted(count, "field"), group.kinds().join(", ")),
    };
    let fields = wrapped(&fields, WIDTH - NAME).into_iter().map(|line| format!("{:NAME$}{line}", ""));
    sides.chain(alone).chain(fields).collect()
}

/// Cells in their columns; one that is wider moves those behind it.
fn row([name, from, to]: [&str; 3], width: usize) -> String {
    format!("{name:<0$} {from:<1$} {to}", NAME - 1, width - 1).trim_end().to_owned()
}

/// A reason, how often, where, and the first of its changes.
fn reason(why: &str, group: &Group<'_>) -> Vec<String> {
    let head = wrapped(&format!("{why}: {}", group.kinds().join(", ")), WIDTH - 4);
    let head = head
        .iter()
        .enumerate()
        .map(|(index, line)| format!("{:1$}{line}", "", if index == 0 { 2 } else { 4 }));
    let example = group.changes.first().map(|change| format!("      {}", example(change)));
    head.chain(example).collect()
}

fn example(change: &Change) -> String {
    format!("{} {}: {} {}", change.object.kind, change.object.name, last_key(&change.field), arrow(change))
}

/// The last key of a path, whatever is in it: `["metallb.universe.tf/address-pool"]`, `addresses[0]`.
fn last_key(path: &str) -> &str {
    let before = path.rfind("[\"").unwrap_or(path.len());
    match path.get(..before).and_then(|head| head.rfind('.')) {
        _ if path.ends_with("\"]") => path.get(before..).unwrap_or(path),
        Some(dot) => path.get(dot + 1..).unwrap_or(path),
        None => path,
    }
}

fn left_out(explained: &Explained) -> Vec<String> {
    let Some((printer, objects)) = &explained.left_out else { return Vec::new() };
    let head = format!("LEFT OUT: {}, which {printer} prints for all", counted(objects.len(), "object"));
    let lines = wrapped(&named(objects), WIDTH - 2).into_iter().map(|line| format!("  {line}"));
    [String::new(), head].into_iter().chain(lines).collect()
}

fn staying_lines(explained: &Explained) -> Vec<String> {
    let groups = staying(explained);
    if groups.is_empty() {
        return vec![String::new(), "STAYS: nothing that is known".to_owned()];
    }
    let of_group = |(why, places): (&str, Vec<String>)| {
        let why = wrapped(why, WIDTH - 2).into_iter().map(|line| format!("  {line}"));
        let places = wrapped(&places.join(", "), WIDTH - 6).into_iter().map(|line| format!("      {line}"));
        why.chain(places).collect::<Vec<_>>()
    };
    let lines = groups.into_iter().flat_map(of_group);
    [String::new(), "STAYS".to_owned()].into_iter().chain(lines).collect()
}
