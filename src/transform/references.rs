//! Namespaces inside objects, which kustomize's `namespace:` does not reach.

use crate::catalogue::kinds;
use crate::catalogue::references::{
    ACCOUNTS, NAMESPACE_FIELDS, NAMESPACE_LABEL, NAMESPACE_SELECTORS, NAMESPACES, OBJECT_REFERENCES,
};
use crate::change::Changes;
use crate::context::Context;
use crate::find::{Part, scalars};
use crate::krm::Item;
use crate::path;
use crate::path::Path;

pub(super) fn transform(context: &Context<'_>, changes: &mut Changes) {
    let Some(from) = context.instance.from.as_deref() else { return };
    for item in context.inventory.own.iter().filter(|item| !context.is_made(item)) {
        if kinds::is_openstack(item.group()) {
            object_references(context, item, from, changes);
        }
        for (.., path) in NAMESPACES.iter().filter(|(group, kind, _)| item.is(group, kind)) {
            namespaces(context, item, *path, from, changes);
        }
        for (.., path) in ACCOUNTS.iter().filter(|(group, kind, _)| item.is(group, kind)) {
            accounts(context, item, *path, from, changes);
        }
        for (_, _, path) in NAMESPACE_SELECTORS.iter().filter(|(group, kind, _)| item.is(group, kind)) {
            selected(context, item, *path, from, changes);
        }
    }
}

/// Selectors of namespaces by name.
fn selected(context: &Context<'_>, item: &Item<'_>, path: Path, from: &str, changes: &mut Changes) {
    for selector in item.part().each(path) {
        let names = selector.each(path!("matchLabels.{label}")).into_iter();
        let names = names.filter(|part| part.key("label") == Some(NAMESPACE_LABEL));
        let listed = selector.each(path!("matchExpressions.[]")).into_iter();
        let listed = listed.filter(|part| part.text(path!("key")) == Some(NAMESPACE_LABEL));
        for part in names.chain(listed.flat_map(|part| part.each(path!("values.[]")))) {
            if part.node.as_str() == Some(from) {
                changes.set(item, part.pointer, context.instance.namespace.as_str());
            }
        }
    }
}

fn object_references(context: &Context<'_>, item: &Item<'_>, from: &str, changes: &mut Changes) {
    let references = scalars(item.node, |keys, text| text == from && is_reference(keys));
    for scalar in references {
        changes.set(item, scalar.pointer, context.instance.namespace.as_str());
    }
}

fn is_reference(keys: &[&str]) -> bool {
    match keys {
        [.., last] if NAMESPACE_FIELDS.contains(last) => true,
        [.., parent, "namespace"] => OBJECT_REFERENCES.contains(parent),
        _ => false,
    }
}

/// Users and groups of service accounts, by their well-known names.
fn accounts(context: &Context<'_>, item: &Item<'_>, path: Path, from: &str, changes: &mut Changes) {
    for Part { pointer, node, .. } in item.part().each(path) {
        let name = node.as_str().and_then(|name| account(name, from, &context.instance.namespace));
        if let Some(name) = name {
            changes.set(item, pointer, name);
        }
    }
}

/// `system:serviceaccount:NAMESPACE:NAME` and `system:serviceaccounts:NAMESPACE`.
fn account(name: &str, from: &str, to: &str) -> Option<String> {
    let mut words: Vec<&str> = name.split(':').collect();
    let known =
        matches!(words.as_slice(), ["system", "serviceaccount", _, _] | ["system", "serviceaccounts", _]);
    let namespace = words.get_mut(2).filter(|namespace| known && **namespace == from)?;
    *namespace = to;
    Some(words.join(":"))
}

fn namespaces(context: &Context<'_>, item: &Item<'_>, path: Path, from: &str, changes: &mut Changes) {
    for Part { pointer, node, .. } in item.part().each(path) {
        if node.as_str() == Some(from) {
            changes.set(item, pointer, context.instance.namespace.as_str());
        }
    }
}
