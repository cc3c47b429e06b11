//! An address plan by itself: what cannot be of all of its slots at once, before anything is made of it.
//!
//! A finding names the first slot that a fault shows in. Must not know a list.

pub(super) mod addresses;
pub(super) mod again;
pub(super) mod names;
pub(super) mod slots;

use crate::krm::Item;
use crate::plan::Plan;
use crate::rules::Report;
use crate::yaml::PointerBuf;

/// A field of the plan's `spec`: keys, and places in lists.
fn say(item: &Item<'_>, path: &[&str], message: String, report: &mut Report) {
    let mut pointer = PointerBuf::from_tokens(["spec"]);
    for token in path {
        pointer.push_back(*token);
    }
    report.add(report.finding(message).at(item, &pointer).without_current());
}

/// A slot as a sentence names it: with the instance that has it.
fn slot(plan: &Plan, slot: u32) -> String {
    match plan.taker(slot) {
        Some(name) => format!("slot {slot} ({name})"),
        None => format!("slot {slot}"),
    }
}

/// What the names of a free slot are made for: an instance that nobody else is called like.
fn unnamed(slot: u32) -> String {
    format!("{{instance {slot}}}")
}
