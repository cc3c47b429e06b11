//! The pod annotation that attaches to networks, in both its forms: `ns/net@if, …` and JSON.
//!
//! Source: Network Plumbing Working Group, "Kubernetes Network Custom Resource Definition De-facto Standard", 4.1.

use json_patch::{PatchOperation, ReplaceOperation};

use crate::catalogue::kinds;
use crate::change::Changes;
use crate::context::Context;
use crate::find::{Scalar, scalars};
use crate::krm::Item;
use crate::model::is_networks;
use crate::rules::said;
use crate::yaml::{self, Node, PointerBuf};

pub(super) fn transform(context: &Context<'_>, changes: &mut Changes) {
    let Some(from) = context.instance.from.as_deref() else { return };
    for item in
        context.inventory.own.iter().filter(|item| !kinds::is_data(item.kind) && !context.is_made(item))
    {
        for scalar in scalars(item.node, |keys, _| is_networks(keys)) {
            match moved(scalar.text, from, &context.instance.namespace) {
                Ok(text) => changes.set(item, scalar.pointer, text),
                Err(error) => report(item, &scalar, &error, changes),
            }
        }
    }
}

fn report(item: &Item<'_>, scalar: &Scalar<'_>, error: &yaml::Error, changes: &mut Changes) {
    let message =
        format!("the annotation is no JSON ({error}); write a JSON list, or names with commas between");
    changes.report(said::NETWORKS_ANNOTATION.finding(message).at(item, &scalar.pointer));
}

/// The text with `from` moved to `to`, its layout kept.
fn moved(text: &str, from: &str, to: &str) -> Result<String, yaml::Error> {
    if text.trim_start().starts_with(['[', '{']) { json(text, from, to) } else { Ok(words(text, from, to)) }
}

fn json(text: &str, from: &str, to: &str) -> Result<String, yaml::Error> {
    let documents = yaml::parse(text)?;
    let Some(root) = documents.first() else { return Ok(text.to_owned()) };
    let edits: Vec<PatchOperation> = scalars(root, |keys, text| keys == ["namespace"] && text == from)
        .into_iter()
        .map(|scalar| PatchOperation::Replace(ReplaceOperation { path: scalar.pointer, value: to.into() }))
        .chain(names(root, from, to))
        .collect();
    Ok(yaml::splice(text, &yaml::edit(text, root, &edits)?))
}

/// A JSON list may hold short forms too: `["ns/net"]`.
fn names(root: &Node<'_>, from: &str, to: &str) -> Vec<PatchOperation> {
    let strings = root.items().iter().enumerate().filter_map(|(index, node)| Some((index, node.as_str()?)));
    strings
        .filter(|(_, word)| word.starts_with(&format!("{from}/")))
        .map(|(index, word)| {
            let mut path = PointerBuf::root();
            path.push_back(index);
            PatchOperation::Replace(ReplaceOperation { path, value: words(word, from, to).into() })
        })
        .collect()
}

fn words(text: &str, from: &str, to: &str) -> String {
    let each = text.split(',').map(|word| {
        let bare = word.trim_start();
        let blank = word.get(..word.len() - bare.len()).unwrap_or_default();
        match bare.strip_prefix(from).filter(|rest| rest.starts_with('/')) {
            Some(rest) => format!("{blank}{to}{rest}"),
            None => word.to_owned(),
        }
    });
    each.collect::<Vec<_>>().join(",")
}
