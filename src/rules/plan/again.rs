//! A plan against the one that was there before: no instance that has addresses moves, for the operators refuse that once
//! its nodes have them. Must not know how a plan is computed.

use serde_json::{Map, Value};

use crate::address::Block;
use crate::krm::Item;
use crate::plan::Plan;
use crate::rules::Report;

use super::say;

/// An instance that would get another slot, or other addresses, VLAN IDs, interfaces or domains.
pub(crate) fn moved(was: &Plan, plan: &Plan, item: &Item<'_>, report: &mut Report) {
    for (name, before) in &was.instances {
        let Some(now) = plan.instances.get(name) else { continue };
        if now.slot != before.slot {
            let message = format!(
                "{name} has slot {}, and had slot {}; give it back, and what is new another one",
                now.slot, before.slot
            );
            say(item, &["instances", name], message, report);
        }
        let spec = |plan: &Plan| plan.spec(name, &Map::new()).ok();
        // What cannot be computed has a finding of its own.
        let (Some(before), Some(now)) = (spec(was), spec(plan)) else { continue };
        for kept in networks(&before) {
            of_network(plan, name, &kept, &now, item, report);
        }
        of_interfaces(name, &before, &now, item, report);
    }
}

/// An instance that is no longer there.
pub(crate) fn gone(was: &Plan, plan: &Plan, item: &Item<'_>, report: &mut Report) {
    for (name, before) in was.instances.iter().filter(|(name, _)| !plan.instances.contains_key(*name)) {
        let message = format!(
            "{name} had slot {}, and the plan no longer has it; remove its objects from the cluster before the slot is \
             another's, or write `{name}: {}` again",
            before.slot, before.slot
        );
        say(item, &["instances"], message, report);
    }
}

/// What an instance has of a network.
struct Kept {
    name: String,
    /// Each fact by its field: in the form in which two are compared, and as it is shown.
    facts: Vec<(&'static str, String)>,
}

const FIELDS: [&str; 4] = ["addresses", "vlan", "interface", "dnsDomain"];

fn networks(spec: &Value) -> Vec<Kept> {
    let each = spec.get("networks").and_then(Value::as_array);
    let kept = |network: &Value| {
        let of = |side: &str, field: &str| network.get(side)?.get(field).filter(|value| !value.is_null());
        let fact = |field: &'static str| {
            // What `to` leaves out stays the base's.
            let value = of("to", field).or_else(|| of("from", field))?;
            Some((field, text(field, value)))
        };
        let name = network.get("name").and_then(Value::as_str).unwrap_or_default();
        Kept { name: name.to_owned(), facts: FIELDS.into_iter().filter_map(fact).collect() }
    };
    each.into_iter().flatten().map(kept).collect()
}

/// A fact in one spelling.
fn text(field: &str, value: &Value) -> String {
    match value {
        Value::Array(each) => {
            let block = |one: &Value| {
                let text = one.as_str().unwrap_or_default();
                Block::parse(text).map_or_else(|_| text.to_owned(), |block| block.to_string())
            };
            each.iter().map(block).collect::<Vec<_>>().join(", ")
        }
        Value::String(text) if field == "dnsDomain" => text.to_lowercase(),
        Value::String(text) => text.clone(),
        Value::Number(number) if field == "vlan" => format!("VLAN {number}"),
        other => other.to_string(),
    }
}

fn of_network(plan: &Plan, name: &str, kept: &Kept, now: &Value, item: &Item<'_>, report: &mut Report) {
    let is_same = |other: &str| other.eq_ignore_ascii_case(&kept.name);
    let own = networks(now).into_iter().find(|network| is_same(&network.name));
    let place = plan.networks.iter().position(|network| is_same(&network.name));
    let shown = |facts: Vec<&str>| if facts.is_empty() { "nothing".to_owned() } else { facts.join(", ") };
    let differing = |one: &Kept, other: Option<&Kept>| -> Vec<String> {
        let is_in = |fact: &(&str, String)| other.is_some_and(|other| other.facts.contains(fact));
        one.facts.iter().filter(|fact| !is_in(fact)).map(|(_, text)| text.clone()).collect()
    };
    let had = differing(kept, own.as_ref());
    if had.is_empty() {
        return;
    }
    // What it has got beside what it had is said only where that was something else.
    let lost = |field: &str| own.as_ref().is_none_or(|own| fact(kept, field) != fact(own, field));
    let has: Vec<&str> = FIELDS
        .into_iter()
        .filter(|field| fact(kept, field).is_some() && lost(field))
        .filter_map(|field| own.as_ref().and_then(|own| fact(own, field)))
        .collect();
    let message = format!(
        "{name} would move in the network {}: it had {}, and would have {}; networks move for new instances only, so write \
         what it had",
        kept.name,
        had.join(", "),
        shown(has)
    );
    let place = place.map(|place| place.to_string());
    let path: Vec<&str> = std::iter::once("networks").chain(place.as_deref()).collect();
    say(item, &path, message, report);
}

fn fact<'k>(kept: &'k Kept, field: &str) -> Option<&'k str> {
    kept.facts.iter().find(|(known, _)| *known == field).map(|(_, text)| text.as_str())
}

/// Host interfaces that belong to no network.
fn of_interfaces(name: &str, before: &Value, now: &Value, item: &Item<'_>, report: &mut Report) {
    let named = |spec: &Value| -> Vec<(String, String)> {
        let each = spec.get("interfaces").and_then(Value::as_array).into_iter().flatten();
        let word =
            |one: &Value, key: &str| one.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        each.map(|one| (word(one, "from"), word(one, "to"))).collect()
    };
    let now = named(now);
    for (from, to) in named(before) {
        let own = now.iter().find(|(other, _)| *other == from).map_or(from.as_str(), |(_, to)| to.as_str());
        if own != to {
            let message = format!(
                "{name} would move: in place of {from} it had {to}, and would have {own}; write what it had"
            );
            say(item, &["interfaces"], message, report);
        }
    }
}
