//! What is to be done to a live cluster, on paper: a plan for people, a shell script, JSON, and the documents as files.
//!
//! Printers only. This module must not know why a step is where it is.

mod command;
mod interrupts;
mod json;
mod script;
mod text;

use serde_json::Value;

use super::counted;
use crate::run::{Action, Patched, Step};

use command::{Documents, documents};

/// How it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PatchFormat {
    /// Numbered steps, each with its command.
    Text,
    /// A shell script.
    Script,
    /// For programs.
    Json,
}

/// The file of the script among those of a directory.
const SCRIPT: &str = "steps.sh";

/// The steps in a form; with a directory, their documents are taken to be files in it.
#[must_use]
pub fn print_patch(patched: &Patched, directory: Option<&str>, format: PatchFormat) -> String {
    let documents = directory.map_or(Documents::Inline, Documents::Below);
    match format {
        PatchFormat::Text => text::print(patched, documents),
        PatchFormat::Script => script::print(patched, documents),
        PatchFormat::Json => json::print(patched, documents),
    }
}

/// The files of a directory: each document, and a script of the steps.
#[must_use]
pub fn patch_files(patched: &Patched) -> Vec<(String, String)> {
    let count = patched.steps.len();
    let documents = patched.steps.iter().enumerate().flat_map(|(index, step)| documents(index, count, step));
    let files = documents.map(|document| (document.file, document.text));
    let script = (count > 0).then(|| (SCRIPT.to_owned(), script::print(patched, Documents::Beside)));
    files.chain(script).collect()
}

/// What it is all about, in a line.
fn title(patched: &Patched) -> String {
    let Patched { instance, objects, steps, .. } = patched;
    let of = counted(*objects, "object");
    match steps.len() {
        0 => format!("{instance}: nothing changes in {of}"),
        count => {
            format!("{instance}: {} for {of}; what is not named here stays as it is", counted(count, "step"))
        }
    }
}

/// A step in words: `patch IPAddressPool metallb-system/ctlplane`.
fn heading(step: &Step) -> String {
    match &step.action {
        Action::Patch(_) => format!("patch {}", step.object),
        Action::Create(_) => format!("create {}", step.object),
        Action::Replace { new, .. } => format!("replace {} by {}", step.object, name(new)),
        Action::Delete { .. } => format!("delete {}", step.object),
    }
}

fn name(object: &Value) -> &str {
    object.pointer("/metadata/name").and_then(Value::as_str).unwrap_or_default()
}

/// Objects that change and have no step, a line each.
fn owned(patched: &Patched) -> impl Iterator<Item = String> {
    let line = |one: &crate::run::Owned| format!("left to {}, which writes it: {}", one.owner, one.object);
    patched.owned.iter().map(line)
}
