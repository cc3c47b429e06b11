//! Names by which the objects of a namespace find each other: who asks for which, and which there are.
//!
//! What a control plane has switched off asks for nothing and gives nothing. Must not know what is wrong with a name.

use std::collections::BTreeSet;

use crate::catalogue::endpoints::ENDPOINTS;
use crate::catalogue::kinds::{self, CONTROL_PLANE, CORE_OPENSTACK, is_one_of};
use crate::catalogue::named::{GIVEN, Given, NAMINGS, Named};
use crate::find::{Scalar, scalars};
use crate::krm::Item;
use crate::yaml::{Pointer, PointerBuf};

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

impl<'a> NamesOf<'a> {
    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The names of a namespace.
    pub fn of<'k>(&'k self, namespace: Option<&'k str>) -> impl Iterator<Item = &'a str> + use<'k, 'a> {
        self.names.iter().filter(move |(of, _)| *of == namespace).map(|(_, name)| *name)
    }
}

fn asked_by<'a>(item: &Item<'a>) -> Vec<Asked<'a>> {
    let rows: Vec<_> =
        NAMINGS.iter().filter(|row| is_one_of(row.group, row.kind, item.group(), item.kind)).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let row = |keys: &[&str]| rows.iter().find(|row| keys.ends_with(row.keys));
    let found = scalars(item.node, |keys, text| !text.is_empty() && row(keys).is_some());
    let found = found.into_iter().filter(|scalar| is_on(item, &scalar.pointer));
    let asked = found.filter_map(|scalar| Some((row(&scalar.keys)?.named, scalar)));
    asked.flat_map(|(named, scalar)| names(item, named, &scalar)).collect()
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
    let mut above = std::iter::successors(pointer.parent(), |place| place.parent());
    above.all(|place| {
        let written = item.node.at(place).and_then(|node| node.get("enabled")?.as_bool());
        written.unwrap_or_else(|| default(place))
    })
}

/// Whether a part of a control plane runs where nothing is said of it.
fn default(place: &Pointer) -> bool {
    let keys: Vec<String> = place.tokens().skip(1).map(|token| token.decoded().into_owned()).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).chain(["enabled"]).collect();
    let mut switches = ENDPOINTS.iter().flat_map(|row| row.switches);
    switches.find(|switch| switch.path.fits(&keys)).is_none_or(|switch| switch.default)
}
