//! CNI configurations: JSON in a string, whose layout stays.
//!
//! A configuration list (`plugins`) has the fields in each of its plugins, a single one at its top.

use json_patch::{PatchOperation, ReplaceOperation};

use crate::catalogue::cni::{PLUGIN_FIELDS, PLUGINS, RANGE_FIELDS, RANGES};
use crate::catalogue::fields::Syntax;
use crate::find::{Part, select};
use crate::krm::Finding;
use crate::path::Path;
use crate::rules::said;
use crate::yaml::{self, Node, PointerBuf};

use super::field::{Change, Editor};

pub(super) fn changes(editor: &Editor<'_>, node: &Node<'_>, pointer: &PointerBuf) -> Vec<Change> {
    let Some(text) = node.as_str().filter(|text| !text.trim().is_empty()) else { return Vec::new() };
    match moved(editor, text) {
        Ok((moved, reports)) => {
            let reports =
                reports.into_iter().map(|finding| Change::Report(Box::new(finding), pointer.clone()));
            let set = (moved != text).then(|| Change::Set(pointer.clone(), moved.into()));
            set.into_iter().chain(reports).collect()
        }
        Err(error) => {
            let message =
                format!("the CNI configuration is no JSON ({error}), so nothing in it can move; mend it");
            vec![Change::Report(Box::new(said::CNI_CONFIG.finding(message)), pointer.clone())]
        }
    }
}

fn moved(editor: &Editor<'_>, text: &str) -> Result<(String, Vec<Finding>), yaml::Error> {
    let documents = yaml::parse(text)?;
    let Some(root) = documents.first() else { return Ok((text.to_owned(), Vec::new())) };
    let (mut edits, mut reports) = (Vec::new(), Vec::new());
    for plugin in std::iter::once(Part::root(root)).chain(select(root, PLUGINS)) {
        for change in plugin_changes(editor, &plugin) {
            match change {
                Change::Set(path, value) => {
                    edits.push(PatchOperation::Replace(ReplaceOperation { path, value }));
                }
                Change::Report(finding, _) => reports.push(*finding),
            }
        }
    }
    let splices = yaml::edit(text, root, &edits)?;
    Ok((yaml::splice(text, &splices), reports))
}

fn plugin_changes(editor: &Editor<'_>, plugin: &Part<'_>) -> Vec<Change> {
    let own = PLUGIN_FIELDS.iter().flat_map(|row| part_changes(editor, plugin, row));
    let ranges: Vec<Part<'_>> = RANGES.into_iter().flat_map(|path| plugin.each(path)).collect();
    let of_ranges = ranges.iter().flat_map(|range| {
        RANGE_FIELDS.iter().flat_map(|row| part_changes(editor, range, row)).collect::<Vec<_>>()
    });
    own.chain(of_ranges).collect()
}

/// What a row changes in a part of a configuration, at the places of the whole.
fn part_changes(editor: &Editor<'_>, part: &Part<'_>, (path, syntax): &(Path, Syntax)) -> Vec<Change> {
    let present = |part: &Part<'_>| part.node.text().map(str::to_owned);
    let mut changes = editor.changes(part.node, *path, *syntax, present);
    for change in &mut changes {
        let (Change::Set(place, _) | Change::Report(_, place)) = change;
        let mut whole = part.pointer.clone();
        whole.append(&*place);
        *place = whole;
    }
    changes
}
