//! A plan made text: every edited item through the YAML layer, which proves each edit or refuses it.

use super::{Edits, Plan, operations};
use crate::krm::{Finding, Item, Source};
use crate::yaml::{self, Splice};

/// The splices of all edited items, by source. An edit that cannot be made is a finding, and nothing is made.
pub fn splices(
    plan: &Plan,
    sources: &[Source<'_>],
    items: &[Item<'_>],
) -> Result<Vec<Vec<Splice>>, Vec<Finding>> {
    let mut made: Vec<Vec<Splice>> = sources.iter().map(|_| Vec::new()).collect();
    let mut refused = Vec::new();
    for item in items {
        let Some(edits) = plan.edits(item) else { continue };
        match (item_splices(sources, item, edits), made.get_mut(item.source)) {
            (Ok(splices), Some(place)) => place.extend(splices),
            (Err(finding), _) => refused.push(*finding),
            (Ok(_), None) => {}
        }
    }
    if refused.is_empty() { Ok(made) } else { Err(refused) }
}

fn item_splices(sources: &[Source<'_>], item: &Item<'_>, edits: &Edits) -> Result<Vec<Splice>, Box<Finding>> {
    let Some(source) = sources.get(item.source) else { return Ok(Vec::new()) };
    yaml::edit(source.text, item.node, &operations(item.node, edits))
        .map_err(|error| Box::new(Finding::error("cannot-edit", error.to_string()).on(item)))
}

/// The texts of all sources with the plan applied.
pub fn apply(plan: &Plan, sources: &[Source<'_>], items: &[Item<'_>]) -> Result<Vec<String>, Vec<Finding>> {
    let made = splices(plan, sources, items)?;
    Ok(sources.iter().zip(&made).map(|(source, splices)| yaml::splice(source.text, splices)).collect())
}
