//! The items as they will be printed, read again: only those that changed, and that a rule looks at.

use super::failure::unreadable;
use crate::catalogue::kinds;
use crate::krm::{Finding, Item, Source};
use crate::plan::Splices;
use crate::yaml::{self, Node, Splice};

/// The texts that are to be read again.
pub(super) enum Texts {
    /// One for each changed item: its place in the list, and its text.
    Alone(Vec<(usize, String)>),
    /// Whole sources, where aliases lead from one item to another.
    Whole(Vec<String>),
}

/// The new texts. Data that no rule reads stays out.
pub(super) fn texts(sources: &[Source<'_>], items: &[Item<'_>], made: &Splices) -> Texts {
    let changed = items.iter().enumerate().filter(|(_, item)| !kinds::is_data(item.kind));
    let alone: Option<Vec<(usize, String)>> = changed
        .filter_map(|(place, item)| Some((place, item, made.get(&item.index)?, sources.get(item.source)?)))
        .map(|(place, item, splices, source)| Some((place, yaml::edited(source.text, item.node, splices)?)))
        .collect();
    alone.map_or_else(|| Texts::Whole(whole(sources, items, made)), Texts::Alone)
}

fn whole(sources: &[Source<'_>], items: &[Item<'_>], made: &Splices) -> Vec<String> {
    let each = sources.iter().zip(by_source(sources, items, made));
    each.map(|(source, splices)| yaml::splice(source.text, &splices)).collect()
}

/// The splices of each source.
pub(super) fn by_source(sources: &[Source<'_>], items: &[Item<'_>], made: &Splices) -> Vec<Vec<Splice>> {
    let mut all: Vec<Vec<Splice>> = sources.iter().map(|_| Vec::new()).collect();
    for item in items {
        if let (Some(splices), Some(place)) = (made.get(&item.index), all.get_mut(item.source)) {
            place.extend(splices.iter().cloned());
        }
    }
    all
}

/// The changed items' trees, by their place in the list.
pub(super) fn trees(texts: &[(usize, String)]) -> Result<Vec<(usize, Node<'_>)>, Vec<Finding>> {
    let mut trees = Vec::new();
    for (place, text) in texts {
        let documents = yaml::parse(text).map_err(|error| vec![unreadable("the output", &error)])?;
        trees.extend(documents.into_iter().map(|node| (*place, node)));
    }
    Ok(trees)
}

/// The list with the changed trees in their places.
pub(super) fn renewed<'a>(all: &[Item<'a>], trees: &'a [(usize, Node<'a>)]) -> Vec<Item<'a>> {
    let mut renewed = all.to_vec();
    for (place, node) in trees {
        if let Some(item) = renewed.get_mut(*place) {
            item.node = node;
        }
    }
    renewed
}

/// Whole sources read again.
pub(super) fn sources<'t>(old: &[Source<'t>], texts: &'t [String]) -> Result<Vec<Source<'t>>, Vec<Finding>> {
    let again = |(source, text): (&Source<'t>, &'t String)| {
        let name = source.path.unwrap_or("the output");
        Source::parse(source.path, text).map_err(|error| vec![unreadable(name, &error)])
    };
    old.iter().zip(texts).map(again).collect()
}
