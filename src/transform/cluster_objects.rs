//! Cluster-scoped objects that the run has changed: the cluster holds one of a name, so that the instance's would take the
//! place of the base's. Each gets a name of its own, and what refers to it follows, which may be the next to be changed.
//!
//! What the run does not change stays shared by all instances. It must not know what changed, or why.

use std::collections::BTreeMap;

use crate::catalogue::kinds;
use crate::catalogue::references::{CLUSTER_REFERENCES, RBAC};
use crate::change::Changes;
use crate::context::{Context, Whose};
use crate::find::{Part, Shown, Trail, under, walk};
use crate::krm::Item;
use crate::model::{Identity, identity};
use crate::path;
use crate::transform::{namespaces, ownership};
use crate::yaml::{Kind, Node, PointerBuf};

/// Renamed objects by what they were.
type Renamed<'a> = BTreeMap<Identity<'a>, &'a Item<'a>>;

pub(super) fn transform(context: &Context<'_>, changes: &mut Changes) {
    let is_one = |item: &&Item<'_>| {
        kinds::is_named_by_choice(item.group(), item.kind)
            && !item.is(kinds::NMSTATE, kinds::NODE_POLICY)
            && !context.is_made(item)
    };
    let mut others: Vec<&Item<'_>> = context.inventory.own.iter().filter(is_one).collect();
    loop {
        let (changed, rest): (Vec<_>, Vec<_>) =
            others.into_iter().partition(|item| changes.edits(item).is_some());
        if changed.is_empty() {
            return;
        }
        let mut renamed = Renamed::new();
        for item in changed {
            rename(context, item, changes);
            renamed.insert(identity(item), item);
        }
        follow(context, &renamed, changes);
        others = rest;
    }
}

fn rename(context: &Context<'_>, item: &Item<'_>, changes: &mut Changes) {
    changes.rename(item, context.new_name(item));
    if let Some(from) = context.instance.from.as_deref() {
        namespaces::write(context, item, from, changes);
    }
    ownership::mark(context, item, changes);
}

/// Lets what refers to renamed objects refer to them by their new names.
fn follow(context: &Context<'_>, renamed: &Renamed<'_>, changes: &mut Changes) {
    let may_refer =
        |item: &&Item<'_>| !kinds::is_data(item.kind) && !matches!(context.whose(item), Whose::Other(_));
    for item in context.inventory.own.iter().filter(may_refer) {
        let mut named = references(item, renamed);
        if item.group() == RBAC {
            named.extend(resource_names(item, renamed));
        }
        for (pointer, object) in &named {
            let name = changes.name(object).to_owned();
            changes.set(item, pointer.clone(), name);
        }
        if !named.is_empty() {
            ownership::mark(context, item, changes);
        }
    }
}

/// A place that holds the name of a renamed object.
type Reference<'r, 'a> = (PointerBuf, &'r Item<'a>);

/// Mappings that say the kind and the name of an object, and the keys that mean one kind.
fn references<'r, 'a>(item: &Item<'_>, renamed: &'r Renamed<'a>) -> Vec<Reference<'r, 'a>> {
    let mut found = Vec::new();
    walk(item.node, Shown::Everything, |trail, node| match &node.kind {
        Kind::Mapping(_) => {
            let object = by_kind(node, renamed);
            found.extend(object.map(|object| (under(&trail.pointer(), &["name"]), object)));
        }
        _ => found.extend(by_key(trail, node, renamed).map(|object| (trail.pointer(), object))),
    });
    found
}

fn by_kind<'r, 'a>(node: &Node<'_>, renamed: &'r Renamed<'a>) -> Option<&'r Item<'a>> {
    let text = |key: &str| node.get(key).and_then(Node::as_str);
    let (kind, name) = (text("kind")?, text("name")?);
    let version = text("apiVersion").map(|version| version.split_once('/').map_or("", |(group, _)| group));
    match text("apiGroup").or_else(|| text("group")).or(version) {
        Some(group) => renamed.get(&(group, kind, None, name)).copied(),
        None => renamed.values().find(|object| (object.kind, object.name()) == (kind, name)).copied(),
    }
}

fn by_key<'r, 'a>(trail: &Trail<'_>, node: &Node<'_>, renamed: &'r Renamed<'a>) -> Option<&'r Item<'a>> {
    let (_, group, kind) = CLUSTER_REFERENCES.iter().find(|(keys, ..)| trail.keys().ends_with(keys))?;
    renamed.get(&(*group, *kind, None, node.as_str()?)).copied()
}

/// What a role may do with single objects, by their names.
fn resource_names<'r, 'a>(item: &Item<'_>, renamed: &'r Renamed<'a>) -> Vec<Reference<'r, 'a>> {
    let of_rule = |rule: Part<'_>| {
        let words = |path| rule.facts(path).into_iter().map(|fact| fact.text.to_owned()).collect::<Vec<_>>();
        let (groups, resources) = (words(path!("apiGroups.[]")), words(path!("resources.[]")));
        let is_meant = |object: &&&Item<'_>, name: &str| {
            object.name() == name
                && groups.iter().any(|group| group == object.group())
                && resources.iter().any(|resource| *resource == plural(object.kind))
        };
        let names = rule.facts(path!("resourceNames.[]")).into_iter();
        names
            .filter_map(|name| {
                let object = renamed.values().find(|object| is_meant(object, name.text))?;
                Some((name.pointer, *object))
            })
            .collect::<Vec<_>>()
    };
    item.part().each(path!("rules.[]")).into_iter().flat_map(of_rule).collect()
}

/// A kind as its resource is called: `StorageClass` as `storageclasses`.
fn plural(kind: &str) -> String {
    let word = kind.to_ascii_lowercase();
    match (word.strip_suffix('y'), word.ends_with("ss"), word.ends_with('s')) {
        (Some(stem), ..) => format!("{stem}ies"),
        (None, true, _) => format!("{word}es"),
        // `SecurityContextConstraints` is one object.
        (None, false, true) => word,
        (None, false, false) => format!("{word}s"),
    }
}
