//! The commands of findings, as a person types them. Must not know when a finding has which.

use crate::krm::{Item, kind_argument, shell_word};

/// A command of these words.
pub(super) fn kubectl(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| shell_word(word)).collect();
    format!("kubectl {}", quoted.join(" "))
}

/// The command that makes an object what is rendered: its file is applied.
pub(super) fn apply(rendered: &Item<'_>, takes_over: bool) -> String {
    let file = rendered.path.filter(|path| *path != "stdin").unwrap_or("-");
    let force: &[&str] = if takes_over { &["--force-conflicts"] } else { &[] };
    kubectl(&[&["apply", "--server-side"], force, &["-f", file]].concat())
}

/// The command that shows what a control plane waits for.
pub(super) fn conditions(plane: &Item<'_>) -> String {
    let kind = kind_argument(plane.api_version, plane.kind);
    let wanting = r#"{range .status.conditions[?(@.status!="True")]}{.type}: {.message}{"\n"}{end}"#;
    let output = format!("jsonpath={wanting}");
    kubectl(&["get", &kind, plane.name(), "-n", plane.namespace().unwrap_or_default(), "-o", &output])
}
