//! A plan made text: every edited item through the YAML layer, which proves each edit or refuses it.

use std::collections::BTreeMap;

use super::{Edits, Plan, operations};
use crate::krm::{Finding, Item, Source};
use crate::yaml::{self, Splice};

/// The splices of each edited item, by the item's index.
pub type Splices = BTreeMap<usize, Vec<Splice>>;

/// The splices of all edited items. An edit that cannot be made is a finding, and nothing is made.
pub fn splices(plan: &Plan, sources: &[Source<'_>], items: &[Item<'_>]) -> Result<Splices, Vec<Finding>> {
    let mut made = Splices::new();
    let mut refused = Vec::new();
    for item in items {
        let Some(edits) = plan.edits(item) else { continue };
        match item_splices(sources, item, edits) {
            Ok(splices) => {
                made.insert(item.index, splices);
            }
            Err(finding) => refused.push(*finding),
        }
    }
    if refused.is_empty() { Ok(made) } else { Err(refused) }
}

fn item_splices(sources: &[Source<'_>], item: &Item<'_>, edits: &Edits) -> Result<Vec<Splice>, Box<Finding>> {
    let Some(source) = sources.get(item.source) else { return Ok(Vec::new()) };
    yaml::edit(source.text, item.node, &operations(item.node, edits))
        .map_err(|error| Box::new(Finding::error("cannot-edit", error.to_string()).on(item)))
}
