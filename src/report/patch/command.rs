//! The kubectl commands of a step, as arguments, and as words of a shell. It must not know what a step interrupts.

use json_patch::PatchOperation;
use serde_json::Value;

use super::name;
use crate::krm::{ResourceRef, kind_argument, shell_word};
use crate::run::{Action, Step};

/// Where a command finds its document.
#[derive(Debug, Clone, Copy)]
pub(super) enum Documents<'d> {
    /// Behind the command.
    Inline,
    /// In a file beside the script.
    Beside,
    /// In a file of a directory.
    Below(&'d str),
}

/// One command.
pub(super) struct Command {
    /// The program and its arguments.
    pub(super) arguments: Vec<String>,
    /// What it reads on stdin.
    pub(super) stdin: Option<String>,
}

/// What a command reads.
pub(super) struct Document {
    /// Its file: `01-patch-ipaddresspool-ctlplane.json`.
    pub(super) file: String,
    pub(super) text: String,
}

/// The documents of a step, in the order in which its commands read them.
pub(super) fn documents(index: usize, count: usize, step: &Step) -> Vec<Document> {
    let document = |verb, name: &str, text| Document { file: file(index, count, verb, step, name), text };
    let old = &step.object.name;
    let create = |object: &Value| document("create", name(object), format!("{object:#}\n"));
    match &step.action {
        Action::Patch(operations) => vec![document("patch", old, lines(operations))],
        Action::Create(new) => vec![create(new)],
        Action::Replace { tests, new } => vec![document("test", old, lines(tests)), create(new)],
        Action::Delete { tests } => vec![document("test", old, lines(tests))],
    }
}

/// An operation a line.
fn lines(operations: &[PatchOperation]) -> String {
    let lines: Vec<String> = operations.iter().map(ToString::to_string).collect();
    format!("[\n{}\n]\n", lines.join(",\n"))
}

/// The commands of a step, in order.
pub(super) fn commands(index: usize, count: usize, step: &Step, place: Documents<'_>) -> Vec<Command> {
    let mut all = documents(index, count, step).into_iter().map(|document| placed(document, place));
    let mut read = |command: fn(&ResourceRef, Option<&str>) -> Vec<String>| {
        let (file, stdin) = all.next().unwrap_or_default();
        Command { arguments: command(&step.object, file.as_deref()), stdin }
    };
    match step.action {
        Action::Patch(_) => vec![read(patch)],
        Action::Create(_) => vec![read(create)],
        Action::Replace { .. } => vec![read(patch), delete(&step.object), read(create)],
        Action::Delete { .. } => vec![read(patch), delete(&step.object)],
    }
}

/// A document's path, or what stands in its stead behind the command.
fn placed(document: Document, place: Documents<'_>) -> (Option<String>, Option<String>) {
    match place {
        Documents::Inline => (None, Some(document.text)),
        Documents::Beside => (Some(document.file), None),
        Documents::Below(directory) => {
            (Some(format!("{}/{}", directory.trim_end_matches('/'), document.file)), None)
        }
    }
}

fn patch(object: &ResourceRef, file: Option<&str>) -> Vec<String> {
    let from = format!("--patch-file={}", file.unwrap_or("/dev/stdin"));
    [on_object("patch", object), words(&["--type=json", &from])].concat()
}

fn create(_: &ResourceRef, file: Option<&str>) -> Vec<String> {
    words(&["kubectl", "create", &format!("--filename={}", file.unwrap_or("-"))])
}

fn delete(object: &ResourceRef) -> Command {
    Command { arguments: on_object("delete", object), stdin: None }
}

fn words(all: &[&str]) -> Vec<String> {
    all.iter().map(|&word| word.to_owned()).collect()
}

/// The object by its kind, version and group: a patch is of the version that it was made from.
fn on_object(verb: &str, object: &ResourceRef) -> Vec<String> {
    let kind = kind_argument(&object.api_version, &object.kind);
    let namespace = object.namespace.as_ref().map(|namespace| format!("--namespace={namespace}"));
    let named = ["kubectl".to_owned(), verb.to_owned(), format!("{kind}/{}", object.name)];
    named.into_iter().chain(namespace).collect()
}

fn file(index: usize, count: usize, verb: &str, step: &Step, name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '.' { c.to_ascii_lowercase() } else { '-' };
    let words: String = format!("{}-{name}", step.object.kind).chars().map(plain).take(80).collect();
    let width = count.to_string().len().max(2);
    format!("{:0width$}-{verb}-{words}.json", index + 1)
}

/// A command as a shell reads it, with what it reads behind it.
pub(super) fn shell(command: &Command) -> String {
    let line = command.arguments.iter().map(|word| shell_word(word)).collect::<Vec<_>>().join(" ");
    match &command.stdin {
        Some(document) => format!("{line} <<'EOF'\n{document}EOF\n"),
        None => format!("{line}\n"),
    }
}
