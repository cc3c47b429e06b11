//! The kubectl commands of a step, as arguments, and as words of a shell. It must not know what a step interrupts.

use super::document;
use crate::krm::ResourceRef;
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

/// The commands of a step, in order.
pub(super) fn commands(index: usize, count: usize, step: &Step, documents: Documents<'_>) -> Vec<Command> {
    let file = match documents {
        Documents::Inline => None,
        Documents::Beside => Some(file_name(index, count, step)),
        Documents::Below(directory) => {
            Some(format!("{}/{}", directory.trim_end_matches('/'), file_name(index, count, step)))
        }
    };
    let stdin = || document(step).filter(|_| file.is_none());
    let named = |verb: &str| on_object(verb, &step.object);
    let create = || {
        let from = file.as_deref().unwrap_or("-");
        Command { arguments: words(&["kubectl", "create", &format!("--filename={from}")]), stdin: stdin() }
    };
    let delete = || Command { arguments: named("delete"), stdin: None };
    match step.action {
        Action::Create(_) => vec![create()],
        Action::Replace(_) => vec![delete(), create()],
        Action::Delete => vec![delete()],
        Action::Patch(_) => {
            let from = format!("--patch-file={}", file.as_deref().unwrap_or("/dev/stdin"));
            let arguments = [named("patch"), words(&["--type=json", &from])].concat();
            vec![Command { arguments, stdin: stdin() }]
        }
    }
}

fn words(all: &[&str]) -> Vec<String> {
    all.iter().map(|&word| word.to_owned()).collect()
}

/// The object by its kind, version and group: a patch is of the version that it was made from.
fn on_object(verb: &str, object: &ResourceRef) -> Vec<String> {
    let kind = match object.api_version.split_once('/') {
        Some((group, version)) => format!("{}.{version}.{group}", object.kind),
        None => object.kind.clone(),
    };
    let namespace = object.namespace.as_ref().map(|namespace| format!("--namespace={namespace}"));
    let named = ["kubectl".to_owned(), verb.to_owned(), format!("{kind}/{}", object.name)];
    named.into_iter().chain(namespace).collect()
}

/// The file of a step's document: `01-patch-ipaddresspool-ctlplane.json`.
pub(super) fn file_name(index: usize, count: usize, step: &Step) -> String {
    let (verb, name) = match &step.action {
        Action::Patch(_) => ("patch", step.object.name.as_str()),
        Action::Create(object) | Action::Replace(object) => ("create", super::name(object)),
        Action::Delete => ("delete", step.object.name.as_str()),
    };
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '.' { c.to_ascii_lowercase() } else { '-' };
    let words: String = format!("{}-{name}", step.object.kind).chars().map(plain).take(80).collect();
    let width = count.to_string().len().max(2);
    format!("{:0width$}-{verb}-{words}.json", index + 1)
}

/// A command as a shell reads it, with what it reads behind it.
pub(super) fn shell(command: &Command) -> String {
    let line = command.arguments.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ");
    match &command.stdin {
        Some(document) => format!("{line} <<'EOF'\n{document}EOF\n"),
        None => format!("{line}\n"),
    }
}

/// One word of a shell, whatever is in it.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,@%+".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn no_word_is_more_than_one() {
        assert_eq!(quoted("--filename=a/01-b.json"), "--filename=a/01-b.json");
        for word in ["", "a b", "a;b", "$(a)", "`a`", "a\nb", "a\"b", "~", "a*", "#a"] {
            assert_eq!(quoted(word), format!("'{word}'"));
        }
        assert_eq!(quoted("it's"), r"'it'\''s'");
    }
}
