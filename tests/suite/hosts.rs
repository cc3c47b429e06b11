//! The table of fields with names of data plane nodes: no row without a fixture in which such a name changes.

use std::fs;

use libtest_mimic::{Failed, Trial};
use multi_rhoso::catalogue::hosts::{HOSTS, Holds, HostField};
use multi_rhoso::catalogue::kinds;
use multi_rhoso::find::{Shown, select, walk};
use multi_rhoso::krm::{Item, Source};

use crate::golden;

/// The fixture in which nothing else moves that could hide a row that does not.
const NO_NETWORK_MOVES: &str = "hosts";

/// All tests of the table.
pub(crate) fn trials() -> Vec<Trial> {
    vec![Trial::test("hosts::every_row_has_a_fixture", every_row)]
}

fn every_row() -> Result<(), Failed> {
    let mut missing: Vec<&HostField> = HOSTS.iter().collect();
    for fixture in golden::fixtures().iter().filter(|fixture| fixture.name == NO_NETWORK_MOVES) {
        let Some((input, false)) = fixture.input() else { continue };
        let (input, output) =
            (fs::read_to_string(input)?, fs::read_to_string(fixture.directory.join("output.yaml"))?);
        let parse = |text| Source::parse(None, text).map_err(|error| format!("{}: {error}", fixture.name));
        let (before, after) = (parse(&input)?, parse(&output)?);
        let items = |source: &'_ Source<'_>| source.items(0, 0).map(|items| items.len()).unwrap_or_default();
        if items(&before) != items(&after) {
            return Err(format!("{}: not the same objects", fixture.name).into());
        }
        let (old, new) = (before.items(0, 0).unwrap_or_default(), after.items(0, 0).unwrap_or_default());
        missing.retain(|row| !old.iter().zip(&new).any(|(old, new)| changes(row, old, new)));
    }
    let missing: Vec<String> = missing
        .iter()
        .map(|row| format!("{} {} {} {:?}", row.group, row.kind, row.path, row.holds))
        .collect();
    if missing.is_empty() { Ok(()) } else { Err(format!("no fixture changes {missing:#?}").into()) }
}

/// Whether something else stands in the row's field of the new object, key by key or value by value.
fn changes(row: &HostField, old: &Item<'_>, new: &Item<'_>) -> bool {
    let is_about = kinds::is_one_of(row.group, row.kind, old.group(), old.kind);
    is_about && held(row, old) != held(row, new)
}

fn held(row: &HostField, item: &Item<'_>) -> Vec<String> {
    let mut all = Vec::new();
    for part in select(item.node, row.path) {
        match row.holds {
            Holds::Text | Holds::Base64 => all.extend(part.node.text().map(str::to_owned)),
            Holds::Keys => walk(part.node, Shown::NoScalars, |_, node| {
                all.extend(node.entries().iter().filter_map(|entry| Some(entry.key.text()?.to_owned())));
            }),
        }
    }
    all
}
