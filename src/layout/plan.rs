//! The plan of a tree: which it is, what slot is free in it, and its text with an instance more or less.

use std::path::Path;

use json_patch::{AddOperation, PatchOperation, RemoveOperation, ReplaceOperation};
use serde_json::{Map, Value, json};

use crate::config::{ADDRESS_PLAN, GROUP, check_namespace};
use crate::krm::{Item, listed};
use crate::plan::{End, Fits, Plan, Registered};
use crate::yaml::{self, Node, PointerBuf};

use super::tree::{Overlay, Read, Tree};

/// A plan and the file that it stands in.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a, 't> {
    pub(super) read: &'a Read<'t>,
    /// The plan.
    pub item: Item<'a>,
}

impl<'t> Tree<'t> {
    fn plans(&self) -> Vec<Place<'_, 't>> {
        let of_file = |read| {
            let items = Read::items(read).into_iter();
            items.filter(|item| item.is(GROUP, ADDRESS_PLAN.kind)).map(move |item| Place { read, item })
        };
        self.files.iter().flat_map(of_file).collect()
    }

    /// The one plan of the tree, or the one of a file; the error says what there is instead, and what to do.
    pub fn plan(&self, file: Option<&Path>) -> Result<Place<'_, 't>, String> {
        let plans = self.plans();
        let mut asked = plans.iter().filter(|place| file.is_none_or(|file| place.read.file.path == file));
        match (asked.next(), asked.next()) {
            (Some(place), None) => Ok(*place),
            (None, _) if plans.is_empty() => Err(self.has_none()),
            (Some(_), Some(_)) if file.is_some() => {
                Err("--plan names a file with several plans; give each a file of its own".to_owned())
            }
            (found, _) => {
                let what = if found.is_none() {
                    "--plan names none of the tree's plans"
                } else {
                    "the tree has several plans"
                };
                let each: Vec<String> = plans.iter().map(|place| place.read.file.shown.clone()).collect();
                Err(format!("{what}; say one of them by --plan: {}", listed(&each)))
            }
        }
    }

    fn has_none(&self) -> String {
        let unread: Vec<String> = self.unread().map(|why| format!(" (not read: {why})")).collect();
        format!(
            "no kustomization here leads to an {}{}; have one written from the base, by multi-rhoso plan --init BASE > \
             BASE/plan.yaml, and list it among the base's resources; or lay out a tree around manifests, by multi-rhoso new \
             --init MANIFESTS --to DIR NAME",
            ADDRESS_PLAN.kind,
            unread.concat()
        )
    }

    /// The tree's other plans.
    pub fn plans_beside(&self, place: &Place<'_, 't>) -> impl Iterator<Item = Place<'_, 't>> {
        let (read, span) = (place.read.file.path.clone(), place.item.node.span.clone());
        let is_this =
            move |other: &Place<'_, 't>| other.read.file.path == read && other.item.node.span == span;
        self.plans().into_iter().filter(move |other| !is_this(other))
    }

    /// The overlays of a plan's instances: those that take the plan in, and where they take none in, those that name it.
    pub(super) fn overlays_of(&self, place: &Place<'_, 't>) -> Vec<Overlay<'_, 't>> {
        let plans = self.plans();
        let is_of = |overlay: &Overlay<'_, 't>| {
            let reached = self.reached(overlay.kustomization);
            let is_reached =
                |place: &Place<'_, 't>| reached.iter().any(|read| std::ptr::eq(*read, place.read));
            overlay.plan == place.item.name() && (is_reached(place) || !plans.iter().any(is_reached))
        };
        self.overlays().into_iter().filter(is_of).collect()
    }
}

impl Place<'_, '_> {
    /// The plan's file as a person reads it.
    #[must_use]
    pub fn shown(&self) -> &str {
        &self.read.file.shown
    }

    /// The text of the plan's file.
    #[must_use]
    pub fn text(&self) -> &str {
        self.read.text()
    }

    /// The plan's instances as they are written, in their order.
    pub(super) fn names(&self) -> Vec<&str> {
        let instances = self.item.node.get("spec").and_then(|spec| spec.get("instances"));
        let keys = instances.map(Node::entries).unwrap_or_default().iter().map(|entry| entry.key.text());
        keys.flatten().collect()
    }

    /// The file's text with an instance more.
    pub(super) fn with(&self, name: &str, slot: u32) -> Result<String, String> {
        let instances = PointerBuf::from_tokens(["spec", "instances"]);
        let alone = || Value::Object(Map::from_iter([(name.to_owned(), json!(slot))]));
        let operation = match self.item.node.at(&instances) {
            None => PatchOperation::Add(AddOperation { path: instances, value: alone() }),
            Some(node) if node.is_null() => {
                PatchOperation::Replace(ReplaceOperation { path: instances, value: alone() })
            }
            Some(_) => {
                let path = PointerBuf::from_tokens(["spec", "instances", name]);
                PatchOperation::Add(AddOperation { path, value: json!(slot) })
            }
        };
        self.edited(operation)
    }

    /// The file's text without an instance.
    pub(super) fn without(&self, name: &str) -> Result<String, String> {
        let path = PointerBuf::from_tokens(["spec", "instances", name]);
        self.edited(PatchOperation::Remove(RemoveOperation { path }))
    }

    fn edited(&self, operation: PatchOperation) -> Result<String, String> {
        edited(self.read, self.item.node, &[operation])
    }
}

/// A file's text with a node of it edited.
pub(super) fn edited(read: &Read<'_>, node: &Node<'_>, patch: &[PatchOperation]) -> Result<String, String> {
    let splices = yaml::edit(read.text(), node, patch);
    let splices = splices.map_err(|error| format!("{}: {error}", read.file.shown))?;
    Ok(yaml::splice(read.text(), &splices))
}

/// The slot that a new instance gets beside the instances of the tree's other plans: the lowest free one, or the one that is
/// wanted where it can be had.
pub fn free(plan: &Plan, others: &[Plan], name: &str, wanted: Option<u32>) -> Result<u32, String> {
    check_namespace("NAME", name).map_err(|error| error.message)?;
    if let Some(registered) = plan.instances.get(name) {
        return Err(format!(
            "{name} has slot {} of the plan already; give another name, or take it out by multi-rhoso remove {name}",
            registered.slot
        ));
    }
    let lives_there = |one: &Registered| one.spec.get("namespace").and_then(Value::as_str) == Some(name);
    if let Some((other, _)) = plan.instances.iter().find(|(_, one)| lives_there(one)) {
        return Err(format!("{name} is the namespace of {other} already; give another name"));
    }
    // Slot 1 is what the base has.
    let is_base = plan.from.as_deref().is_none_or(|from| from == name);
    let met = |slot: u32| others.iter().find_map(|other| plan.meets(slot, other));
    // Beyond what fits, the reason is that there is no room.
    let fits = plan.fits();
    let is_free = |slot: &u32| plan.taker(*slot).is_none() && (*slot > fits.slots || met(*slot).is_none());
    let lowest = (if is_base { 1 } else { 2 }..=u32::MAX).find(is_free);
    let lowest = lowest.unwrap_or(u32::MAX);
    let slot = wanted.unwrap_or(lowest);
    if let Some(taker) = plan.taker(slot) {
        return Err(format!("slot {slot} is {taker}'s already; {lowest} is free"));
    }
    if slot == 0 || (slot == 1 && !is_base) {
        return Err(format!("slot {slot} is not to be had: slot 1 is the base's own; {lowest} is free"));
    }
    if let Some(met) = met(slot) {
        return Err(format!("slot {slot} cannot be beside what is there: {met}; {lowest} is free"));
    }
    has_room(&fits, slot).map(|()| slot)
}

/// Whether a slot is among those that fit; the error says what ends first.
fn has_room(fits: &Fits, slot: u32) -> Result<(), String> {
    if slot <= fits.slots {
        return Ok(());
    }
    let why: Vec<String> = fits.ends.iter().map(End::sentence).collect();
    Err(format!(
        "slot {slot} does not fit: {} slots do, and in the next one {}; widen the plan, or take an instance out",
        fits.slots,
        listed(&why)
    ))
}
