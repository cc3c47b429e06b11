//! An address plan on paper: the table slot x network, what is free, and what ends first; one file for each form.
//!
//! Printers only. This module must not know how a slot is computed.

mod html;
mod json;
pub(super) mod markdown;
mod text;

use crate::krm::listed;
use crate::plan::{Course, Fits, Network, Plan, Row, SlotNetwork};

/// How a plan is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanFormat {
    /// For terminals.
    Text,
    /// For programs.
    Json,
    /// For pull requests.
    Markdown,
    /// One page that needs nothing else.
    Html,
}

/// A plan with its name, as printers need it.
struct Sheet<'p> {
    name: &'p str,
    plan: &'p Plan,
    rows: Vec<Row<'p>>,
    free: Vec<u32>,
    fits: Fits,
}

/// The plan in a form.
#[must_use]
pub fn print_plan(name: &str, plan: &Plan, format: PlanFormat) -> String {
    let rows = plan.rows().collect();
    let sheet = Sheet { name, plan, rows, free: plan.free_slots(), fits: plan.fits() };
    match format {
        PlanFormat::Text => text::print(&sheet),
        PlanFormat::Json => json::print(&sheet),
        PlanFormat::Markdown => markdown::print(&sheet),
        PlanFormat::Html => html::print(&sheet),
    }
}

impl Sheet<'_> {
    /// What it is, in a line.
    fn title(&self) -> String {
        format!("Address plan {}", self.name)
    }

    /// What is free, how many fit, and why not more: a sentence each.
    fn sentences(&self) -> Vec<String> {
        let last = self.plan.last_slot();
        let free = match self.free.as_slice() {
            [] => "none is free".to_owned(),
            free => format!("free: {}", ranges(free)),
        };
        let slots = |count: u32| if count == 1 { "1 slot".to_owned() } else { format!("{count} slots") };
        let mut sentences = vec![format!("{}, {free}", slots(last)), self.room(&slots)];
        sentences.extend(
            self.fits
                .named
                .iter()
                .map(|(from, slot)| format!("in place of {from} there is an interface up to slot {slot}")),
        );
        sentences
    }

    /// How many slots fit, and what the next one cannot have: the first network's reason, and which others end with it.
    fn room(&self, slots: &dyn Fn(u32) -> String) -> String {
        let Fits { slots: fit, ends, .. } = &self.fits;
        let Some((first, others)) = ends.split_first() else {
            return format!("{} and more fit", slots(*fit));
        };
        let others: Vec<String> = others.iter().map(|end| end.network.clone()).collect();
        let others = match others.as_slice() {
            [] => String::new(),
            others => format!("; {} would end there, too", listed(others)),
        };
        let fits = if *fit == 1 { "fits" } else { "fit" };
        format!(
            "{} {fits}; slot {} does not: {}{others}",
            slots(*fit),
            fit.saturating_add(1),
            first.sentence()
        )
    }
}

/// Numbers with those in a row as one: `3, 5-9`.
fn ranges(numbers: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match runs.last_mut().filter(|(_, last)| last.saturating_add(1) == *number) {
            Some((_, last)) => *last = *number,
            None => runs.push((*number, *number)),
        }
    }
    let shown = |(first, last): &(u32, u32)| {
        if first == last { first.to_string() } else { format!("{first}-{last}") }
    };
    runs.iter().map(shown).collect::<Vec<_>>().join(", ")
}

/// How a network goes on, in a word.
fn course(network: &Network) -> &'static str {
    match network.course {
        Course::Shared => "shared",
        Course::Step(_) => "step",
        Course::Slices(_) => "slices",
    }
}

/// A slot's network in words: the addresses, then VLAN and interface, then the domain.
fn words(own: &SlotNetwork) -> (Vec<String>, String, String, String) {
    (
        own.addresses.iter().map(ToString::to_string).collect(),
        own.vlan.map(|vlan| format!("VLAN {vlan}")).unwrap_or_default(),
        own.interface.clone().unwrap_or_default(),
        own.dns_domain.clone().unwrap_or_default(),
    )
}

#[cfg(test)]
mod tests {
    use super::ranges;

    #[test]
    fn numbers_in_a_row_are_one() {
        for (numbers, expected) in
            [(&[][..], ""), (&[4], "4"), (&[1, 2, 3, 5], "1-3, 5"), (&[2, 4, 5, 9], "2, 4-5, 9")]
        {
            assert_eq!(ranges(numbers), expected);
        }
    }
}
