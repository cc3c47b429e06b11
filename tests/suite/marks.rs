//! The annotations by which an object says whose it is, taken out again: what is left must be the base's own bytes.

use json_patch::{PatchOperation, RemoveOperation};
use multi_rhoso::find::{place, under, value};
use multi_rhoso::inventory::{BASE_NAME, INSTANCE, MOVES};
use multi_rhoso::krm::{Item, Source};
use multi_rhoso::path;
use multi_rhoso::yaml::{self, Node, Splices};

/// A text without the marks of any of its objects.
pub(crate) fn unmarked(text: &str) -> Result<String, String> {
    let source = Source::parse(None, text).map_err(|error| error.to_string())?;
    let mut edits: Vec<Splices> = Vec::new();
    for item in source.items(0, 0).map_err(|error| error.to_string())? {
        edits.push(yaml::edit(text, item.node, &removals(&item)).map_err(|error| error.to_string())?);
    }
    let splices = Splices::merged(text, &edits).map_err(|error| error.to_string())?;
    Ok(yaml::splice(text, &splices))
}

/// Of a map that held nothing else, the map; one that is null was there for nothing.
fn removals(item: &Item<'_>) -> Vec<PatchOperation> {
    let all = place(path!("metadata.annotations"));
    let entries = value(item.node, path!("metadata.annotations")).map_or(0, |map| map.entries().len());
    let marks = [INSTANCE, BASE_NAME, MOVES].into_iter().filter(|key| item.annotation(key).is_some());
    let marks: Vec<_> = marks.map(|key| under(&all, &[key])).collect();
    let is_null = value(item.node, path!("metadata.annotations")).is_some_and(Node::is_null);
    let is_ours = !marks.is_empty() && marks.len() == entries;
    let paths = if is_ours || is_null { vec![all] } else { marks };
    paths.into_iter().map(|path| PatchOperation::Remove(RemoveOperation { path })).collect()
}
