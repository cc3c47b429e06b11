//! Natural order: openstack2 before openstack10. Must not know what is ordered.

/// A text's letters and the number behind them, part by part; a number is ordered by its length without zeros, then by
/// its digits.
pub(super) type Natural = Vec<(String, usize, String)>;

/// The key by which texts are in natural order; texts that differ in zeros alone are ordered by the text itself.
pub(super) fn natural(text: &str) -> (Natural, String) {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (letters, behind) = split(rest, |letter| letter.is_ascii_digit());
        let (digits, behind) = split(behind, |letter| !letter.is_ascii_digit());
        let number = digits.trim_start_matches('0');
        parts.push((letters.to_owned(), number.len() + usize::from(!digits.is_empty()), number.to_owned()));
        rest = behind;
    }
    (parts, text.to_owned())
}

fn split(text: &str, is_end: fn(char) -> bool) -> (&str, &str) {
    text.split_at_checked(text.find(is_end).unwrap_or(text.len())).unwrap_or((text, ""))
}

#[cfg(test)]
mod tests {
    use super::natural;

    #[test]
    fn numbers_count_as_numbers() {
        let ordered = [
            "",
            "007",
            "7",
            "10",
            "openstack",
            "openstack0",
            "openstack2",
            "openstack02b",
            "openstack2b",
            "openstack2b3",
            "openstack10",
            "openstack99999999999999999999999999999999999999999",
            "openstack-ipv6",
        ];
        let mut sorted = ordered;
        sorted.reverse();
        sorted.sort_by_cached_key(|text| natural(text));
        assert_eq!(sorted, ordered);
    }
}
