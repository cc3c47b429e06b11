//! Which strings may be written without quotes: only those that every YAML reader, 1.1 or 1.2, reads back
//! as the same string. It must not know where the string stands, but for block or flow.

/// Whether any new string may be plain: a word that no reader takes for anything else, also behind `../`.
pub(super) fn is_safe(text: &str) -> bool {
    let word = text.trim_start_matches("../");
    let mut bytes = word.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_alphabetic())
        && bytes.all(is_word_byte)
        && !is_reserved(word)
}

fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'/' | b'-')
}

/// YAML 1.1's bools and nulls.
fn is_reserved(text: &str) -> bool {
    const WORDS: [&str; 10] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan"];
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Whether a string may stay plain where a plain string stood.
pub(super) fn may_stay(text: &str, in_flow: bool) -> bool {
    is_safe(text)
        || is_path(text)
        || is_addresses(text)
        || is_odd_word(text)
        || is_base64(text)
        || (is_resolver(text) && !(in_flow && text.contains(':')))
        || (!in_flow && (has_safe_colons(text) || is_list(text)))
}

/// `/var/lib/x`.
fn is_path(text: &str) -> bool {
    text.strip_prefix('/').is_some_and(is_safe)
}

/// `172.17.0.80`, `172.17.0.0/24`, `172.17.0.80-172.17.0.90`: four parts make no number.
fn is_addresses(text: &str) -> bool {
    if !text.bytes().next().is_some_and(|first| first.is_ascii_digit()) {
        return false;
    }
    let (first, second) = text.split_once('-').unwrap_or((text, ""));
    is_ipv4_block(first)
        && (second.is_empty() != text.contains('-'))
        && (second.is_empty() || is_ipv4_block(second))
}

fn is_ipv4_block(text: &str) -> bool {
    let (address, length) = text.split_once('/').unwrap_or((text, "0"));
    let is_part = |part: &str| matches!(part.len(), 1..=3) && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = address.split('.');
    is_part(length) && (0..4).all(|_| parts.next().is_some_and(is_part)) && parts.next().is_none()
}

/// A word with `=` at its end or `+` in it: only `=` alone means something.
fn is_base64(text: &str) -> bool {
    text.bytes().next().is_some_and(|first| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='))
        && !is_reserved(text)
}

/// A word that starts with a digit, and holds a letter that neither numbers nor dates have.
fn is_odd_word(text: &str) -> bool {
    let is_telling =
        |byte: u8| matches!(byte.to_ascii_lowercase(), b'g'..=b'n' | b'p'..=b's' | b'u'..=b'w' | b'y');
    text.bytes().next().is_some_and(|first| first.is_ascii_digit())
        && text.bytes().all(is_word_byte)
        && text.bytes().any(is_telling)
}

/// IPv6 addresses and URLs: colons that neither separate a key nor make a base-60 number.
fn has_safe_colons(text: &str) -> bool {
    let is_byte =
        |byte: u8| is_word_byte(byte) || matches!(byte, b':' | b'@' | b'=' | b'+' | b'~' | b'[' | b']');
    if text.ends_with(':') || text.contains(":-") || !text.bytes().all(is_byte) {
        return false;
    }
    let Some(first) = text.bytes().next() else { return false };
    if first.is_ascii_alphabetic() {
        return text.contains(':');
    }
    let has_hex_letter = text.bytes().any(|byte| matches!(byte, b'a'..=b'f' | b'A'..=b'F'));
    let is_ipv6 =
        text.bytes().all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'/' | b'-' | b'.'));
    let colons = text.bytes().filter(|byte| *byte == b':').count();
    first.is_ascii_digit() && is_ipv6 && (text.contains("::") || (colons >= 2 && has_hex_letter))
}

/// `fd00::80,172.17.0.80`: no part is a number, so the whole is none.
fn is_list(text: &str) -> bool {
    text.contains(',') && text.split(',').all(|part| may_stay(part, false))
}

/// `192.168.122.1#53`, `/example.com/fd00::1`: a hash behind no blank begins no comment, and neither begins a number.
fn is_resolver(text: &str) -> bool {
    let is_byte = |byte: u8| is_word_byte(byte) || matches!(byte, b':' | b'#');
    let begins = text.bytes().next().is_some_and(|first| first.is_ascii_alphanumeric() || first == b'/');
    let telling = text.starts_with('/') || text.contains('#');
    begins && telling && text.len() > 1 && !text.ends_with(':') && text.bytes().all(is_byte)
}

#[cfg(test)]
mod tests {
    use super::{is_safe, may_stay};

    #[test]
    fn words_that_readers_differ_on_are_quoted() {
        for text in
            ["", "yes", "NO", "y", "null", "1", "1.5", "0x1f", "1e3", "2001-01-01", "a b", "a:", "~", "-a"]
        {
            assert!(!is_safe(text), "{text}");
            assert!(!may_stay(text, false), "{text}");
        }
        for text in [
            "12:30:45",
            "1:20",
            "2001-12-14t21:59:43",
            "1.2.3",
            "1e5",
            "0b1",
            "0o7",
            "fe80::",
            "1_000",
            "1,000",
            "#1",
            "1, 2",
        ] {
            assert!(!may_stay(text, false), "{text}");
        }
    }

    #[test]
    fn ways_up_are_words() {
        assert!(["../openstack2", "../../mechanism", "../base/plan.yaml"].into_iter().all(is_safe));
        assert!(!["..", "../", "../1", "../..", "../yes", ".../a", "./../a b"].into_iter().any(is_safe));
    }

    #[test]
    fn addresses_may_stay_plain() {
        let ranges = [
            "172.17.0.80",
            "172.17.0.80-172.17.0.90",
            "172.17.0.0/24",
            "10gbe-0.example.com",
            "/dev/sda",
            "172.17.0.1#53",
        ];
        for text in ranges {
            assert!(may_stay(text, true), "{text}");
        }
        for text in [
            "2620:cf:cf:aaaa::/64",
            "fd00::1-fd00::9",
            "fd00::1",
            "http://172.17.0.1:8080/x",
            "http://[fd00::1]:8080/x",
            "fd00::80,172.17.0.80",
            "/example.com/fd00::1#53",
        ] {
            assert!(may_stay(text, false), "{text}");
            assert!(!may_stay(text, true), "{text}");
        }
    }
}
