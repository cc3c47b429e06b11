//! Words of kubectl's commands as a person types them. Must not know what a command is for.

/// A kind as an argument of kubectl, which takes it for no plural: `IPAddressPool.v1beta1.metallb.io`.
///
/// Source: kubectl `cli-runtime/pkg/resource/builder.go` (`mappingFor`: a resource, else `Kind.version.group`).
#[must_use]
pub fn kind_argument(api_version: &str, kind: &str) -> String {
    match api_version.split_once('/') {
        Some((group, version)) => format!("{kind}.{version}.{group}"),
        None => kind.to_owned(),
    }
}

/// A word as a POSIX shell takes it for one, whatever is in it.
#[must_use]
pub fn shell_word(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,@%+".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::{kind_argument, shell_word};

    #[test]
    fn no_word_is_more_than_one() {
        assert_eq!(shell_word("--filename=a/01-b.json"), "--filename=a/01-b.json");
        for word in ["", "a b", "a;b", "$(a)", "`a`", "a\nb", "a\"b", "~", "a*", "#a"] {
            assert_eq!(shell_word(word), format!("'{word}'"));
        }
        assert_eq!(shell_word("it's"), r"'it'\''s'");
    }

    #[test]
    fn a_kind_has_its_version_and_group() {
        assert_eq!(kind_argument("metallb.io/v1beta1", "IPAddressPool"), "IPAddressPool.v1beta1.metallb.io");
        assert_eq!(kind_argument("v1", "Service"), "Service");
    }
}
