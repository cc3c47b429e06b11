//! The texts of a run: the sources with their edits, and with the results where they are lists that carry them.
//!
//! This is the only way out for a text, and every text is proven on it.

use std::collections::BTreeMap;

use json_patch::{PatchOperation, RemoveOperation, ReplaceOperation};
use serde_json::json;

use super::left_out::LeftOut;
use super::results::results;
use crate::change::Proven;
use crate::config::ADDRESS_PLAN;
use crate::inventory::comes_from_kustomize;
use crate::krm::{Finding, ITEMS, Source};
use crate::rules::said;
use crate::yaml::{self, Around, Error, Node, PointerBuf, Renewed, Splice, Splices};

/// What is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Printed {
    /// A `ResourceList` with its results: the KRM function.
    List,
    /// Documents; results have no place in them.
    Documents,
    /// Documents that take their files' places: an address plan stays, for the next run of the same files.
    Files,
}

/// The texts of the sources with their edits; an error gives the findings too.
pub(super) fn texts(
    printed: Printed,
    sources: &[Source<'_>],
    proven: &[Proven<'_>],
    left: &LeftOut,
    findings: &[Finding],
) -> Result<Vec<String>, Vec<Finding>> {
    let mut renewals: BTreeMap<usize, Vec<Renewed<'_>>> = BTreeMap::new();
    for one in proven {
        renewals.entry(one.item.source).or_default().push(renewed(one));
    }
    let text = |(index, source): (usize, &Source<'_>)| {
        let own = renewals.get(&index).map_or(&[][..], Vec::as_slice);
        let is_gone = |node: &Node<'_>| left.is_gone(index, node);
        with_edits(printed, source, own, &is_gone, findings)
            .map_err(|error| unprintable(source, &error, findings))
    };
    sources.iter().enumerate().map(text).collect()
}

/// The texts of the sources without their objects: a `ResourceList` stays one, documents become nothing.
pub(super) fn emptied(
    printed: Printed,
    sources: &[Source<'_>],
    findings: &[Finding],
) -> Result<Vec<String>, Vec<Finding>> {
    let text = |source: &Source<'_>| {
        without_items(printed, source, findings).map_err(|error| unprintable(source, &error, findings))
    };
    sources.iter().map(text).collect()
}

fn renewed<'a>(proven: &'a Proven<'_>) -> Renewed<'a> {
    Renewed { old: proven.item.node, splices: proven.splices, new: proven.node.as_ref() }
}

fn with_edits(
    printed: Printed,
    source: &Source<'_>,
    items: &[Renewed<'_>],
    is_gone: &dyn Fn(&Node<'_>) -> bool,
    findings: &[Finding],
) -> Result<String, Error> {
    if let Some(list) = source.list() {
        let operation = (printed == Printed::List).then(|| results(list, findings)).flatten();
        let text = Around::new(source.text, list, ITEMS).edited(operation.as_slice(), items)?;
        return without_kustomizes(list, text, is_gone);
    }
    let gone = taken_out(source, &|node| is_gone(node) || printed == Printed::Documents && is_plan(node))?;
    let splices = Splices::merged(source.text, items.iter().map(|item| item.splices).chain([&gone]))?;
    Ok(yaml::splice(source.text, &splices))
}

/// Takes documents out: what is left out, and in a stream the address plans, which are for the function and known to no
/// API server.
fn taken_out(source: &Source<'_>, is_gone: &dyn Fn(&Node<'_>) -> bool) -> Result<Splices, Error> {
    let all = &source.documents;
    let going = all.iter().enumerate().filter(|(_, node)| is_gone(node));
    let gone = going.map(|(place, node)| {
        let before = place.checked_sub(1).and_then(|before| all.get(before));
        let start = before.and_then(|before| marker(source.text, before.span.end, node.span.start));
        let next = all.get(place + 1).and_then(|next| marker(source.text, node.span.end, next.span.start));
        // A comment behind the last value goes with it.
        let rest = source.text.get(node.span.end..).unwrap_or_default();
        let end = next.unwrap_or(node.span.end + rest.find(['\n', '\r']).unwrap_or(rest.len()));
        Splice { range: start.unwrap_or(node.span.start)..end, text: String::new() }
    });
    Splices::new(source.text, gone.collect())
}

/// Where the line begins that parts two documents; none where more than that and comments stand between them.
fn marker(text: &str, from: usize, to: usize) -> Option<usize> {
    let between = text.get(from..to)?;
    let is_more = |line: &str| line.starts_with('%') || line.starts_with("...");
    if between.lines().any(is_more) {
        return None;
    }
    between.rfind("\n---").map(|place| from + place + 1)
}

/// Takes out of a list that comes from kustomize what is left out, and the address plans: it would find one object in all
/// overlays of a base and refuse them together. To kpt an item that is not there is a file to delete, so it keeps its own.
fn without_kustomizes(
    list: &Node<'_>,
    text: String,
    is_gone: &dyn Fn(&Node<'_>) -> bool,
) -> Result<String, Error> {
    let items = list.get(ITEMS).map(Node::items).unwrap_or_default();
    let is_gone = |node: &Node<'_>| is_gone(node) || is_plan(node) && comes_from_kustomize(node);
    let places = items.iter().enumerate().filter(|(_, node)| is_gone(node)).map(|(place, _)| place);
    let remove = |place: usize| {
        let path = PointerBuf::from_tokens([ITEMS, &place.to_string()]);
        PatchOperation::Remove(RemoveOperation { path })
    };
    // Last first: taking one out moves those behind it.
    let patch: Vec<PatchOperation> = places.rev().map(remove).collect();
    if patch.is_empty() {
        return Ok(text);
    }
    let documents = yaml::parse(&text)?;
    let Some(root) = documents.first() else { return Ok(text) };
    let splices = yaml::edit(&text, root, &patch)?;
    Ok(yaml::splice(&text, &splices))
}

fn is_plan(node: &Node<'_>) -> bool {
    let word = |key: &str| node.get(key).and_then(Node::as_str);
    word("apiVersion") == Some(ADDRESS_PLAN.api_version) && word("kind") == Some(ADDRESS_PLAN.kind)
}

fn without_items(printed: Printed, source: &Source<'_>, findings: &[Finding]) -> Result<String, Error> {
    let Some(list) = source.list() else { return Ok(String::new()) };
    let path = PointerBuf::from_tokens([ITEMS]);
    let empty = PatchOperation::Replace(ReplaceOperation { path, value: json!([]) });
    let operation = (printed == Printed::List).then(|| results(list, findings)).flatten();
    let patch: Vec<PatchOperation> = [empty].into_iter().chain(operation).collect();
    Around::new(source.text, list, ITEMS).edited(&patch, &[])
}

/// What there was to say, and why it cannot be printed.
fn unprintable(source: &Source<'_>, error: &Error, findings: &[Finding]) -> Vec<Finding> {
    let message = format!("{}: {error}", source.path.unwrap_or("stdin"));
    findings.iter().cloned().chain([said::CANNOT_EDIT.finding(message)]).collect()
}
