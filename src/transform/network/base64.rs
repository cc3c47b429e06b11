//! Base64 of RFC 4648 with padding, which Kubernetes has in a Secret's `data`.

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The text; none where it is no base64, or not of a text. Line breaks are skipped.
pub(in crate::transform) fn decoded(text: &str) -> Option<String> {
    let digits: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let groups: Option<Vec<Vec<u8>>> = digits.chunks(4).map(bytes).collect();
    String::from_utf8(groups?.concat()).ok()
}

/// The one to three bytes of a group of four digits.
fn bytes(group: &[u8]) -> Option<Vec<u8>> {
    let padding = group.iter().rev().take_while(|digit| **digit == b'=').count();
    let value = |digit: &u8| DIGITS.iter().position(|known| known == digit);
    let number = group.iter().try_fold(0u32, |number, digit| {
        let value = if *digit == b'=' { Some(0) } else { value(digit) };
        Some(number << 6 | u32::try_from(value?).ok()?)
    })?;
    let [_, bytes @ ..] = number.to_be_bytes();
    let digits = group.iter().filter(|digit| **digit != b'=').count();
    let whole = group.len() == 4 && padding <= 2 && digits + padding == 4;
    whole.then(|| bytes.into_iter().take(3 - padding).collect())
}

/// The base64 of a text, in lines as long as those of other base64.
pub(in crate::transform) fn encoded(text: &str, like: &str) -> String {
    let all: Vec<char> = text.as_bytes().chunks(3).flat_map(digits).collect();
    let body = like.trim_end();
    let width = body.find('\n').unwrap_or(usize::MAX).max(1);
    let lines: Vec<String> = all.chunks(width).map(|line| line.iter().collect()).collect();
    lines.join("\n") + like.get(body.len()..).unwrap_or_default()
}

fn digits(bytes: &[u8]) -> [char; 4] {
    let at = |index: usize| u32::from(bytes.get(index).copied().unwrap_or_default());
    let number = at(0) << 16 | at(1) << 8 | at(2);
    [0usize, 1, 2, 3].map(|place| {
        let value = usize::try_from(number >> (18 - 6 * place) & 63).unwrap_or_default();
        let digit = DIGITS.get(value).copied().filter(|_| place <= bytes.len());
        char::from(digit.unwrap_or(b'='))
    })
}

#[cfg(test)]
mod tests {
    use super::{decoded, encoded};

    #[test]
    fn as_rfc_4648_has_it() {
        for (text, base64) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(encoded(text, ""), base64);
            assert_eq!(decoded(base64).as_deref(), Some(text));
        }
        assert_eq!(decoded("Zm9v\nYmFy\n").as_deref(), Some("foobar"));
        assert_eq!(encoded("foobarb", "Zm9vYmFy\nZm9v\n"), "Zm9vYmFy\nYg==\n");
    }

    #[test]
    fn what_is_none_is_left_alone() {
        for text in ["CHANGE", "Zg", "Z===", "_replaced_", "=", "Zg==Zg==x", "//79"] {
            assert_eq!(decoded(text), None, "{text}");
        }
    }
}
