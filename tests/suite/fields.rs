//! The table of fields: no row without a fixture in which the field moves.

use std::fs;

use libtest_mimic::{Failed, Trial};
use multi_rhoso::catalogue::fields::{CNI_FIELDS, FIELDS, Field, Syntax};
use multi_rhoso::inventory::select;
use multi_rhoso::krm::{Item, Source};
use multi_rhoso::yaml::{self, Node, PointerBuf};

use crate::golden;

/// All tests of the table.
pub(crate) fn trials() -> Vec<Trial> {
    vec![Trial::test("fields::every_row_has_a_fixture", every_row)]
}

/// Whether a row is about this object.
pub(crate) fn applies(field: &Field, item: &Item<'_>) -> bool {
    let group = match field.group.strip_prefix('*') {
        Some(end) => item.group().ends_with(end),
        None => item.group() == field.group,
    };
    group && (field.kind == "*" || field.kind == item.kind)
}

fn every_row() -> Result<(), Failed> {
    let mut missing: Vec<&Field> = FIELDS.iter().chain(CNI_FIELDS).collect();
    let about_networks = |fixture: &golden::Fixture| fixture.name.starts_with("network-");
    for fixture in golden::fixtures().into_iter().filter(about_networks) {
        let Some((input, _)) = fixture.input() else { continue };
        let end = input.extension().unwrap_or_default().to_string_lossy().into_owned();
        let Ok(output) = fs::read_to_string(fixture.directory.join(format!("output.{end}"))) else {
            continue;
        };
        let input = fs::read_to_string(input)?;
        let (Ok(before), Ok(after)) = (Source::parse(None, &input), Source::parse(None, &output)) else {
            continue;
        };
        let (Ok(before), Ok(after)) = (before.items(0, 0), after.items(0, 0)) else { continue };
        missing.retain(|row| !before.iter().zip(&after).any(|(old, new)| moves(row, old, new)));
    }
    let missing: Vec<String> =
        missing.iter().map(|row| format!("{} {} {}", row.group, row.kind, row.path)).collect();
    if missing.is_empty() { Ok(()) } else { Err(format!("no fixture moves {missing:#?}").into()) }
}

/// Whether the row's field is another in the output; for a CNI row, inside an attachment's JSON.
fn moves(row: &Field, old: &Item<'_>, new: &Item<'_>) -> bool {
    if row.kind.is_empty() {
        return old.kind == "NetworkAttachmentDefinition" && cni_moves(row, old, new).unwrap_or_default();
    }
    applies(row, old) && differs(row, old.node, new.node)
}

fn cni_moves(row: &Field, old: &Item<'_>, new: &Item<'_>) -> Option<bool> {
    let config = |item: &Item<'_>| Some(item.node.path(&["spec", "config"])?.as_str()?.to_owned());
    let (old, new) = (config(old)?, config(new)?);
    let (old, new) = (yaml::parse(&old).ok()?, yaml::parse(&new).ok()?);
    let (old, new) = (old.first()?, new.first()?);
    let in_plugin = |(place, plugin): &(PointerBuf, &Node<'_>)| {
        new.at(place).is_some_and(|new| differs(row, plugin, new))
    };
    Some(differs(row, old, new) || select(old, "plugins.[]").iter().any(in_plugin))
}

fn differs(row: &Field, old: &Node<'_>, new: &Node<'_>) -> bool {
    select(old, row.path).iter().any(|(place, node)| {
        let keys = match row.syntax {
            Syntax::Range(first, last) => vec![first, last],
            _ => return new.at(place).is_some_and(|new| new.to_value() != node.to_value()),
        };
        let end = |node: &Node<'_>, key: &str| Some(node.get(key)?.to_value());
        new.at(place).is_some_and(|new| {
            keys.iter().all(|key| end(node, key).is_some() && end(node, key) != end(new, key))
        })
    })
}
