//! Commands of kubectl as a person types them: each word is one word to a shell, whatever is in it.
//!
//! Kinds are named as kubectl reads them without a plural, `IPAddressPool.v1beta1.metallb.io`.
//!
//! Source: kubectl `cli-runtime/pkg/resource/builder.go` (`mappingFor`: a resource, else `Kind.version.group`).

use crate::krm::Item;

/// A command of these words.
pub(super) fn kubectl(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| quoted(word)).collect();
    format!("kubectl {}", quoted.join(" "))
}

/// A kind as an argument of kubectl.
pub(super) fn kind_argument(api_version: &str, kind: &str) -> String {
    match api_version.split_once('/') {
        Some((group, version)) => format!("{kind}.{version}.{group}"),
        None => kind.to_owned(),
    }
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

/// A word as a POSIX shell takes it for one.
pub(super) fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-./:=,@%+".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::{kind_argument, kubectl};

    #[test]
    fn a_word_stays_one() {
        assert_eq!(kubectl(&["get", "a b", "it's", "$x", ""]), r"kubectl get 'a b' 'it'\''s' '$x' ''");
        assert_eq!(kind_argument("metallb.io/v1beta1", "IPAddressPool"), "IPAddressPool.v1beta1.metallb.io");
        assert_eq!(kind_argument("v1", "Service"), "Service");
    }
}
