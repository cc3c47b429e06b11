//! Merges spans that are one: a thing stated by several instances, or Services with one address. Must not know networks.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use super::atlas::Span;
use crate::model::Kind;

/// What two spans must have in common to be one, beside their kind and addresses: an owner, names, a remark.
type Likeness = (Option<Option<usize>>, Vec<String>, String);

/// The spans, each once, in their order.
pub(super) fn merged(spans: Vec<Span>) -> Vec<Span> {
    let mut merged: Vec<Span> = Vec::new();
    let mut known: BTreeMap<(Kind, IpAddr, IpAddr, Likeness), usize> = BTreeMap::new();
    for span in spans {
        let keys: Vec<_> = likenesses(&span)
            .into_iter()
            .map(|likeness| (span.kind, span.block.first(), span.block.last(), likeness))
            .collect();
        let twin = keys.iter().find_map(|key| known.get(key)).copied();
        let place = twin.unwrap_or(merged.len());
        for key in keys {
            known.entry(key).or_insert(place);
        }
        match merged.get_mut(place) {
            Some(twin) => join(twin, span),
            None => merged.push(span),
        }
    }
    for span in &mut merged {
        span.names = once(std::mem::take(&mut span.names));
    }
    merged
}

fn join(twin: &mut Span, span: Span) {
    if twin.owner != span.owner {
        twin.owner = None;
    }
    twin.names.extend(span.names);
}

/// Each name once, in their order.
pub(super) fn once(names: Vec<String>) -> Vec<String> {
    let mut known: BTreeSet<String> = BTreeSet::new();
    names.into_iter().filter(|name| known.insert(name.clone())).collect()
}

/// The ways in which another span of the kind and block may be the same.
fn likenesses(span: &Span) -> Vec<Likeness> {
    let nothing = || (None, Vec::new(), String::new());
    let named = || (None, span.names.clone(), String::new());
    let remarked = || (Some(span.owner), Vec::new(), span.note.clone());
    match span.kind {
        Kind::Gateway => vec![nothing()],
        Kind::Pool => vec![named()],
        Kind::Host | Kind::DataPlane => vec![named(), remarked()],
        Kind::Vip => vec![remarked()],
        _ => vec![(Some(span.owner), span.names.clone(), String::new())],
    }
}
