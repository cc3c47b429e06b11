//! What steps interrupt, in words, and for how long that was measured: of each step in few words, and once at length.

use crate::run::{Interrupts, MEASURED, Patched, Step};

/// In a step.
pub(super) fn short(step: &Step) -> String {
    step.interrupts.iter().map(|one| words(*one)).collect::<Vec<_>>().join("; ")
}

fn words(interrupts: Interrupts) -> &'static str {
    match interrupts {
        Interrupts::Nothing => "interrupts nothing",
        Interrupts::Others => "interrupts nothing of the instance, and closes the pool to other namespaces",
        Interrupts::Pool => "interrupts every Service that names the pool",
        Interrupts::Addresses => "interrupts Services that have another address than they are to have",
        Interrupts::Session => "interrupts the BGP session",
        Interrupts::Unknown => "interrupts what its operator, or the nodes, do anew",
    }
}

/// At length, each that occurs once.
pub(super) fn legend(patched: &Patched) -> Vec<String> {
    let occurs = |one: Interrupts| patched.steps.iter().any(|step| step.interrupts.contains(&one));
    let [in_place, replaced] = MEASURED;
    let untouched = format!(
        "As measured in make prove, {} of {} Services lost their address while objects were patched in place.",
        in_place.lost, in_place.services
    );
    let replaced = format!(
        "As measured in make prove, {} of {} Services lost their address while their pools were replaced, for less than \
         {} s, and got the same one back, with operators that write annotations at once. On a cluster it lasts as long as \
         the operators take. With `names.pool: \"{{name}}\"` pools keep their names and no Service loses its address.",
        replaced.lost, replaced.services, replaced.seconds
    );
    let sentences = [
        (occurs(Interrupts::Nothing) || occurs(Interrupts::Others), untouched.as_str()),
        (
            occurs(Interrupts::Others),
            "A Service of another namespace with an address of a closed pool loses it: not measured.",
        ),
        (occurs(Interrupts::Pool), replaced.as_str()),
        (
            occurs(Interrupts::Addresses),
            "A Service with another address loses it and gets the one that is asked for: not measured.",
        ),
        (
            occurs(Interrupts::Session),
            "Without its BGP session a node announces nothing to that router: not measured.",
        ),
        (
            occurs(Interrupts::Unknown),
            "What operators and nodes do with a change of their objects was not measured.",
        ),
    ];
    sentences.into_iter().filter(|(occurs, _)| *occurs).map(|(_, sentence)| sentence.to_owned()).collect()
}
