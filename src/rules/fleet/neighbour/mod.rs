//! What one instance has, in an object of another: an overlay was copied, and something in it forgotten.
//!
//! Looks at every string of every object that is in an instance's namespace. Which instance's a word is, `marks` knows.
//! What two instances both have is nobody's.

mod marks;

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::endpoints::EXTERNAL_KEYSTONE;
use crate::catalogue::kinds;
use crate::catalogue::references::NETWORKS_ANNOTATION;
use crate::catalogue::stays::{Kept, NOTES, STAYS, Stay, While};
use crate::find::{Shown, walk};
use crate::inventory::SHARED;
use crate::krm::{Item, at_most, base64, field_path};
use crate::model::Model;
use crate::rules::Report;
use crate::yaml::{Kind, PointerBuf};

use marks::{Mark, Marks, What};

/// A place, and what of another's it holds.
type Found<'a> = (PointerBuf, Mark<'a>);

/// The most places that a sentence names.
const NAMED: usize = 8;

/// For a word of a Secret.
const NOT_SHOWN: &str = "(not shown)";

/// One finding for each object and the instance whose things it holds.
pub(crate) fn of_a_neighbour(model: &Model<'_>, report: &mut Report) {
    let mut marks = Marks::of(model);
    if marks.is_empty() {
        return;
    }
    let said = said(model);
    for item in model.objects.iter().filter(|item| item.annotation(SHARED) != Some("true")) {
        let Some(own) = item.namespace().and_then(|namespace| marks.place(namespace)) else { continue };
        let found = found(item, own, &mut marks);
        let left = found.into_iter().filter(|(place, _)| !said.contains(&(item.index, place.to_string())));
        for of_one in by_instance(left) {
            tell(item, &of_one, report);
        }
    }
}

/// What is found of each instance, in the order of the first.
fn by_instance<'a>(found: impl Iterator<Item = Found<'a>>) -> Vec<Vec<Found<'a>>> {
    let (mut instances, mut places) = (Vec::new(), BTreeMap::new());
    for one in found {
        let place = *places.entry(one.1.whose).or_insert(instances.len());
        match instances.get_mut(place) {
            None => instances.push(vec![one]),
            Some(of_one) => Vec::push(of_one, one),
        }
    }
    instances
}

/// The places of addresses that conflict with another's: `instances-overlap` says so.
fn said(model: &Model<'_>) -> BTreeSet<(usize, String)> {
    let mut said = BTreeSet::new();
    for conflict in model.claims().conflicts() {
        said.insert((conflict.one.item.index, conflict.one.pointer.to_string()));
    }
    said
}

fn tell(item: &Item<'_>, found: &[Found<'_>], report: &mut Report) {
    let Some(((place, first), others)) = found.split_first() else { return };
    let is_secret = item.is("", "Secret");
    let word = |mark: &Mark<'_>| if is_secret { NOT_SHOWN.to_owned() } else { mark.word.clone() };
    let each = others.iter().map(|(place, mark)| format!("{} ({})", word(mark), field_path(place)));
    let also = match at_most(NAMED, each).join(", ") {
        none if none.is_empty() => none,
        some => format!(", and so are {some}"),
    };
    let message = format!(
        "{} {} is of the instance {}{also}; write what is {}'s own, or mark the object {SHARED}: \"true\" if it is meant so",
        first.what.word(),
        word(first),
        first.whose,
        item.namespace().unwrap_or_default()
    );
    report.add(report.finding(message).at(item, place).without_current());
}

/// The places of an object that hold another's things.
fn found<'a>(item: &Item<'_>, own: usize, marks: &mut Marks<'a>) -> Vec<Found<'a>> {
    let (stays, is_secret) = (stays(item), item.is("", "Secret"));
    let mut found = Vec::new();
    walk(item.node, Shown::Everything, |trail, node| {
        let Kind::Scalar { text, .. } = &node.kind else { return };
        let keys = trail.keys();
        let is_coded = is_secret && matches!(keys, ["data", _]);
        let decoded = is_coded.then(|| base64::decoded(text)).flatten();
        let Some(mark) = marks.within(own, keys, decoded.as_deref().unwrap_or(text)) else { return };
        if !is_said_elsewhere(item, keys) && !stays.iter().any(|stay| covers(stay, keys, mark.what)) {
            found.push((trail.pointer(), mark));
        }
    });
    found
}

/// The rows that hold for an object of any instance.
fn stays(item: &Item<'_>) -> Vec<&'static Stay> {
    let holds = |stay: &&Stay| match stay.when {
        While::Always => kinds::is_one_of(stay.group, stay.kind, item.group(), item.kind),
        While::KeystoneIsExternal => {
            item.is(stay.group, stay.kind) && item.part().bool(EXTERNAL_KEYSTONE) == Some(true)
        }
        While::PeersAreShared | While::PoliciesAreTheBases => false,
    };
    STAYS.iter().filter(holds).collect()
}

fn covers(stay: &Stay, keys: &[&str], what: What) -> bool {
    let kept = match stay.kept {
        Kept::All => true,
        Kept::Hosts => what == What::Host,
        Kept::Interfaces | Kept::Nodes => false,
    };
    kept && stay.path.fits(keys)
}

/// Whether another rule is about the place, or nobody reads it, or it is the hardware's.
fn is_said_elsewhere(item: &Item<'_>, keys: &[&str]) -> bool {
    match keys {
        [.., "topologyRef", "namespace"] | [.., "annotations", NETWORKS_ANNOTATION] => true,
        [.., "annotations", key] => NOTES.iter().any(|note| key.starts_with(note)),
        ["spec", "bmc" | "bootMACAddress", ..] => item.is(kinds::METAL3, kinds::BARE_METAL_HOST),
        _ => keys == ["metadata", "namespace"],
    }
}
