//! Names by which the objects of a namespace find each other: who asks for which, and which there are.
//!
//! What a control plane has switched off asks for nothing and gives nothing. Must not know what is wrong with a name.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::catalogue::endpoints::{ENDPOINTS, Switch};
use crate::catalogue::kinds::{self, CONTROL_PLANE, CORE_OPENSTACK, is_one_of};
use crate::catalogue::named::{GIVEN, Given, NAMINGS, Named, Naming};
use crate::catalogue::references::NETWORKS_ANNOTATION;
use crate::find::{Scalar, Shown, scalars, under, walk};
use crate::krm::Item;
use crate::yaml::{Node, Pointer, PointerBuf};

use super::Model;
use super::networks_annotation::{is_networks, networks};

/// A name that an object asks for.
#[derive(Debug, Clone)]
pub struct Asked<'a> {
    /// The object.
    pub item: Item<'a>,
    /// The place of the name.
    pub pointer: PointerBuf,
    /// In which namespace the name is looked for.
    pub namespace: Option<String>,
    /// The name.
    pub name: String,
    /// What is named.
    pub named: Named,
}

/// The names of one kind of thing that a list has, each with its namespace.
#[derive(Debug)]
pub struct NamesOf<'a> {
    /// The row of what is named.
    pub row: &'static Given,
    names: BTreeSet<(Option<&'a str>, &'a str)>,
}

impl<'a> Model<'a> {
    /// The names of these things that objects ask for; all are looked for once, on first use.
    pub fn asked<'m>(&'m self, of: &[Named]) -> impl Iterator<Item = &'m Asked<'a>> {
        let objects = || self.objects.iter().filter(|item| !kinds::is_data(item.kind));
        let all = self.asked.get_or_init(|| objects().flat_map(asked_by).collect());
        all.iter().filter(move |asked| of.contains(&asked.named))
    }

    /// The names that the list has for a thing.
    #[must_use]
    pub fn known(&self, named: Named) -> Option<NamesOf<'a>> {
        let row = GIVEN.iter().find(|row| row.named == named)?;
        let mut names = BTreeSet::new();
        for (group, kind, path) in row.places {
            for item in self.objects.iter().filter(|item| item.is(group, kind)) {
                let parts = item.part().each(*path).into_iter().filter(|part| is_on(item, &part.pointer));
                let given = parts.filter_map(|part| part.key("name").or_else(|| part.node.text()));
                names.extend(given.map(|name| (item.namespace(), name)));
            }
        }
        Some(NamesOf { row, names })
    }
}

impl NamesOf<'_> {
    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Whether there is one in a namespace.
    #[must_use]
    pub fn has_any(&self, namespace: Option<&str>) -> bool {
        self.of(namespace).next().is_some()
    }

    /// Whether one of a namespace is called so.
    #[must_use]
    pub fn has(&self, namespace: Option<&str>, name: &str) -> bool {
        self.names.contains(&(namespace, name))
    }

    /// The names of a namespace.
    pub fn of<'k>(&'k self, namespace: Option<&'k str>) -> impl Iterator<Item = &'k str> {
        let names: &'k BTreeSet<(Option<&'k str>, &'k str)> = &self.names;
        let first = (namespace, "");
        names.range(first..).take_while(move |(of, _)| *of == namespace).map(|(_, name)| *name)
    }
}

fn asked_by<'a>(item: &Item<'a>) -> Vec<Asked<'a>> {
    let is_of = |row: &&Naming| is_one_of(row.group, row.kind, item.group(), item.kind);
    let row = |keys: &[&str]| {
        let rows = BY_LAST_KEY.get(*keys.last()?)?;
        rows.iter().find(|row| keys.ends_with(row.keys) && is_of(row)).copied()
    };
    let found = if NAMINGS.iter().filter(is_of).all(|row| is_networks(row.keys)) {
        networks_annotations(item)
    } else {
        scalars(item.node, |keys, text| !text.is_empty() && row(keys).is_some())
    };
    let found = found.into_iter().filter(|scalar| is_on(item, &scalar.pointer));
    let asked = found.filter_map(|scalar| Some((row(&scalar.keys)?.named, scalar)));
    asked.flat_map(|(named, scalar)| names(item, named, &scalar)).collect()
}

/// The rows by the last of their keys, in the order of the table.
static BY_LAST_KEY: LazyLock<BTreeMap<&str, Vec<&Naming>>> = LazyLock::new(|| {
    let mut rows: BTreeMap<&str, Vec<&Naming>> = BTreeMap::new();
    for row in NAMINGS {
        rows.entry(row.keys.last().copied().unwrap_or_default()).or_default().push(row);
    }
    rows
});

/// The networks annotations of an object, which is all that most kinds name: no scalar is looked at for them.
fn networks_annotations<'a>(item: &Item<'a>) -> Vec<Scalar<'a>> {
    let mut found = Vec::new();
    walk(item.node, Shown::NoScalars, |trail, node| {
        if trail.keys().last() != Some(&"annotations") {
            return;
        }
        if let Some(text) =
            node.get(NETWORKS_ANNOTATION).and_then(Node::as_str).filter(|text| !text.is_empty())
        {
            let keys = trail.keys().iter().copied().chain([NETWORKS_ANNOTATION]).collect();
            found.push(Scalar { pointer: under(&trail.pointer(), &[NETWORKS_ANNOTATION]), keys, text });
        }
    });
    found
}

/// The names in one text: of the annotation any number, each with a namespace or without.
fn names<'a>(item: &Item<'a>, named: Named, scalar: &Scalar<'a>) -> Vec<Asked<'a>> {
    let beside = scalar.pointer.parent().and_then(|above| item.node.at(above)?.get("namespace")?.as_str());
    let words = if is_networks(&scalar.keys) {
        networks(scalar.text)
    } else {
        vec![(beside.map(str::to_owned), scalar.text.to_owned())]
    };
    let own = || item.namespace().map(str::to_owned);
    let asked = |(namespace, name): (Option<String>, String)| Asked {
        item: *item,
        pointer: scalar.pointer.clone(),
        namespace: namespace.filter(|namespace| !namespace.is_empty()).or_else(own),
        name,
        named,
    };
    words.into_iter().filter(|(_, name)| !name.is_empty() && !name.contains('/')).map(asked).collect()
}

/// Whether nothing around a place of a control plane is switched off (`enabled: false`, or by default). Of other kinds
/// everything is on.
fn is_on(item: &Item<'_>, pointer: &Pointer) -> bool {
    if !item.is(CORE_OPENSTACK, CONTROL_PLANE) {
        return true;
    }
    let (mut node, mut keys) = (Some(item.node), Vec::new());
    let mut rest = pointer.as_str().strip_prefix('/');
    while let Some(way) = rest {
        let written = node.and_then(|node| node.get("enabled")?.as_bool());
        if !written.unwrap_or_else(|| default(&mut keys)) {
            return false;
        }
        let (token, more) = way.split_once('/').map_or((way, None), |(token, more)| (token, Some(more)));
        node = node.and_then(|node| node.step(&key_of(token)));
        keys.push(token);
        rest = more;
    }
    true
}

/// The key that a pointer's token stands for.
fn key_of(token: &str) -> Cow<'_, str> {
    if token.contains('~') { token.replace("~1", "/").replace("~0", "~").into() } else { token.into() }
}

/// Whether a part of a control plane runs where nothing is said of it.
fn default(place: &mut Vec<&str>) -> bool {
    let Some(switches) = place.get(1).and_then(|section| SWITCHES.get(section)) else { return true };
    place.push("enabled");
    let keys = place.get(1..).unwrap_or_default();
    let switch = switches.iter().find(|switch| switch.path.fits(keys));
    place.pop();
    switch.is_none_or(|switch| switch.default)
}

/// The switches of all endpoints by the section that they are in.
static SWITCHES: LazyLock<BTreeMap<&str, Vec<Switch>>> = LazyLock::new(|| {
    let mut switches: BTreeMap<&str, Vec<Switch>> = BTreeMap::new();
    for switch in ENDPOINTS.iter().flat_map(|row| row.switches) {
        let of_section = switches.entry(switch.path.keys().next().unwrap_or_default()).or_default();
        if !of_section.contains(switch) {
            of_section.push(*switch);
        }
    }
    switches
});
