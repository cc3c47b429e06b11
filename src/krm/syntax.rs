//! How Kubernetes spells names and labels. What else a name must be, such as its length, is its reader's to say.
//!
//! Source: Kubernetes `apimachinery/pkg/util/validation/validation.go`.

/// A label of RFC 1123, of whatever length: small letters, digits and `-`, a letter or digit at both ends.
#[must_use]
pub fn is_dns_label(text: &str) -> bool {
    let is_end = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    has_ends(text, is_end) && text.bytes().all(|byte| is_end(byte) || byte == b'-')
}

/// The value of a label, or the name in its key: at most 63 letters, digits, `-`, `_` and `.`, a letter or digit at both
/// ends. An empty value is one, too, and not this.
#[must_use]
pub fn is_label_value(text: &str) -> bool {
    let is_end = |byte: u8| byte.is_ascii_alphanumeric();
    let is_inner = |byte: u8| is_end(byte) || matches!(byte, b'-' | b'_' | b'.');
    text.len() <= 63 && has_ends(text, is_end) && text.bytes().all(is_inner)
}

fn has_ends(text: &str, is_end: impl Fn(u8) -> bool) -> bool {
    [text.bytes().next(), text.bytes().last()].into_iter().all(|byte| byte.is_some_and(&is_end))
}
