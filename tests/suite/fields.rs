//! The table of fields: no row without a fixture in which the field moves.

use std::fs;

use libtest_mimic::{Failed, Trial};
use multi_rhoso::catalogue::cni;
use multi_rhoso::catalogue::fields::{FIELDS, Field, Syntax};
use multi_rhoso::find::{Part, under};
use multi_rhoso::krm::{Item, Source};
use multi_rhoso::path;
use multi_rhoso::path::Path;
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

/// A row of the table: of an object's fields, or of those of the CNI configuration in it.
#[derive(Clone, Copy)]
enum Row {
    Object(&'static Field),
    Cni(CniRow),
}

/// Where a plugin has a field: below which paths, at which, and how it is read.
pub(crate) type CniRow = (&'static [Path], Path, Syntax);

/// All rows of the CNI configuration.
pub(crate) fn cni_rows() -> impl Iterator<Item = CniRow> {
    let of_plugins = cni::PLUGIN_FIELDS.iter().map(|(path, syntax)| (&[Path::HERE][..], *path, *syntax));
    let of_ranges = cni::RANGE_FIELDS.iter().map(|(path, syntax)| (&cni::RANGES[..], *path, *syntax));
    of_plugins.chain(of_ranges)
}

/// The places that a row selects in any plugin of a configuration; a range's are its ends.
pub(crate) fn cni_places(root: &Node<'_>, (bases, path, syntax): CniRow) -> Vec<PointerBuf> {
    let plugins = std::iter::once(Part::root(root)).chain(Part::root(root).each(cni::PLUGINS));
    let parts = plugins.flat_map(|plugin| bases.iter().flat_map(move |base| plugin.each(*base)));
    parts.flat_map(|part| part.each(path)).flat_map(|part| ends(part.pointer, syntax)).collect()
}

/// What a row says of one place: the place itself, or the ends of its range.
pub(crate) fn ends(place: PointerBuf, syntax: Syntax) -> Vec<PointerBuf> {
    match syntax {
        Syntax::Range(first, last) => vec![under(&place, &[first]), under(&place, &[last])],
        _ => vec![place],
    }
}

fn every_row() -> Result<(), Failed> {
    let rows = FIELDS.iter().map(Row::Object).chain(cni_rows().map(Row::Cni));
    let mut missing: Vec<Row> = rows.collect();
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
    let said = |row: &Row| match row {
        Row::Object(row) => format!("{} {} {}", row.group, row.kind, row.path),
        Row::Cni((bases, path, _)) => format!("CNI {bases:?} {path}"),
    };
    let missing: Vec<String> = missing.iter().map(said).collect();
    if missing.is_empty() { Ok(()) } else { Err(format!("no fixture moves {missing:#?}").into()) }
}

/// Whether the row's field is another in the output; for a CNI row, inside an attachment's JSON.
fn moves(row: &Row, old: &Item<'_>, new: &Item<'_>) -> bool {
    match row {
        Row::Cni(row) => {
            old.kind == "NetworkAttachmentDefinition" && cni_moves(*row, old, new).unwrap_or_default()
        }
        Row::Object(row) if applies(row, old) => {
            let parts = Part::root(old.node).each(row.path).into_iter();
            parts.map(|part| ends(part.pointer, row.syntax)).any(|places| differ(&places, old.node, new.node))
        }
        Row::Object(_) => false,
    }
}

fn cni_moves(row: CniRow, old: &Item<'_>, new: &Item<'_>) -> Option<bool> {
    let config = |item: &Item<'_>| Some(Part::root(item.node).text(path!("spec.config"))?.to_owned());
    let (old, new) = (config(old)?, config(new)?);
    let (old, new) = (yaml::parse(&old).ok()?, yaml::parse(&new).ok()?);
    let (old, new) = (old.first()?, new.first()?);
    let size = if matches!(row.2, Syntax::Range(..)) { 2 } else { 1 };
    Some(cni_places(old, row).chunks(size).any(|places| differ(places, old, new)))
}

/// Whether something else stands in each of some places.
fn differ(places: &[PointerBuf], old: &Node<'_>, new: &Node<'_>) -> bool {
    places.iter().all(|place| {
        let value = |node: &Node<'_>| node.at(place).map(Node::to_value);
        value(old).is_some() && value(new).is_some() && value(old) != value(new)
    })
}
