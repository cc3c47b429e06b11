//! CNI configurations: JSON in a string, whose layout stays.
//!
//! A configuration list (`plugins`) has the fields in each of its plugins, a single one at its top.

use json_patch::{PatchOperation, ReplaceOperation};

use crate::catalogue::fields::CNI_FIELDS;
use crate::inventory::select;
use crate::krm::Finding;
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
    for (place, plugin) in std::iter::once((PointerBuf::root(), root)).chain(select(root, "plugins.[]")) {
        for change in plugin_changes(editor, plugin) {
            match change {
                Change::Set(below, value) => {
                    let mut path = place.clone();
                    path.append(&below);
                    edits.push(PatchOperation::Replace(ReplaceOperation { path, value }));
                }
                Change::Report(finding, _) => reports.push(*finding),
            }
        }
    }
    let splices = yaml::edit(text, root, &edits)?;
    Ok((yaml::splice(text, &splices), reports))
}

fn plugin_changes(editor: &Editor<'_>, plugin: &Node<'_>) -> Vec<Change> {
    let present = |pointer: &yaml::Pointer| plugin.at(pointer)?.text().map(str::to_owned);
    CNI_FIELDS.iter().flat_map(|field| editor.changes(plugin, field, present)).collect()
}
