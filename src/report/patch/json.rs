//! The steps for programs; every key is there in each.

use serde_json::{Value, json};

use super::command::{Command, Documents, commands};
use crate::run::{Action, Interrupts, MEASURED, Measured, Owned, Patched, Step};

pub(super) fn print(patched: &Patched, documents: Documents<'_>) -> String {
    let count = patched.steps.len();
    let steps = patched.steps.iter().enumerate();
    let steps: Vec<Value> =
        steps.map(|(index, at)| step(at, &commands(index, count, at, documents))).collect();
    let page = json!({
        "instance": patched.instance,
        "objects": patched.objects,
        "steps": steps,
        "owned": patched.owned.iter().map(owned).collect::<Vec<_>>(),
        "measured": MEASURED.iter().map(measured).collect::<Vec<_>>(),
    });
    format!("{page:#}\n")
}

fn step(step: &Step, commands: &[Command]) -> Value {
    let (action, patch, new) = match &step.action {
        Action::Patch(operations) => ("patch", Some(operations), None),
        Action::Create(new) => ("create", None, Some(new)),
        Action::Replace { tests, new } => ("replace", Some(tests), Some(new)),
        Action::Delete { tests } => ("delete", Some(tests), None),
    };
    let command = |command: &Command| json!({ "arguments": command.arguments, "stdin": command.stdin });
    json!({
        "object": step.object,
        "action": action,
        "interrupts": step.interrupts.iter().map(|one| word(*one)).collect::<Vec<_>>(),
        "patch": patch,
        "new": new,
        "commands": commands.iter().map(command).collect::<Vec<_>>(),
    })
}

fn word(interrupts: Interrupts) -> &'static str {
    match interrupts {
        Interrupts::Nothing => "nothing",
        Interrupts::Others => "other-namespaces",
        Interrupts::Pool => "services-of-pool",
        Interrupts::Addresses => "services-with-other-address",
        Interrupts::Session => "bgp-session",
        Interrupts::Unknown => "not-measured",
    }
}

fn owned(owned: &Owned) -> Value {
    json!({ "object": owned.object, "owner": owned.owner })
}

fn measured(measured: &Measured) -> Value {
    json!({
        "way": measured.way,
        "services": measured.services,
        "lostTheirAddress": measured.lost,
        "haveAnother": measured.others,
        "secondsWithout": measured.seconds,
    })
}
