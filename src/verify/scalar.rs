//! Whether two scalars are one value to Kubernetes, however they are spelled. Must not know where they stand.

use serde_json::Value;

use crate::yaml::Node;

/// Billionths: quantities have at most nine digits behind the point.
const DIGITS: usize = 9;

/// Units of a Go duration in nanoseconds, longer names first.
const UNITS: [(&str, i128); 7] = [
    ("ns", 1),
    ("us", 1_000),
    ("µs", 1_000),
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("m", 60_000_000_000),
    ("h", 3_600_000_000_000),
];

/// Whether they are one value: the same text (`1` and `"1"`), bool, quantity (`1024Mi` and `1Gi`), duration (`1h` and
/// `1h0m0s`) or JSON document.
///
/// Source: Kubernetes `apimachinery/pkg/api/resource/quantity.go` and `pkg/apis/meta/v1/duration.go`, which write their
/// own canonical spelling; the decoder of kubectl, which reads YAML 1.1's bools.
pub(super) fn are_same(one: &Node<'_>, other: &Node<'_>) -> bool {
    let (Some(text), Some(other_text)) = (one.text(), other.text()) else { return false };
    let both = |one: Option<i128>, other: Option<i128>| one.is_some() && one == other;
    text == other_text
        || (one.as_bool().is_some() && one.as_bool() == other.as_bool())
        || (has_unit(text) || has_unit(other_text)) && both(quantity(text), quantity(other_text))
        || both(duration(text), duration(other_text))
        || is_same_json(text, other_text)
}

/// Whether a value is as good as none: null, empty, `false` or 0, or a map of nothing else. Go leaves such fields out
/// (`omitempty`).
pub(super) fn is_nothing(node: &Node<'_>) -> bool {
    match node.text() {
        Some(text) => node.is_null() || text.is_empty() || node.as_bool() == Some(false) || text == "0",
        None => node.items().is_empty() && node.entries().iter().all(|entry| is_nothing(&entry.value)),
    }
}

/// Whether a text ends as a quantity with a suffix does: `1.10` and `1.1` alone may be versions.
fn has_unit(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_alphabetic())
}

/// A quantity in billionths.
fn quantity(text: &str) -> Option<i128> {
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '+' | '-'));
    let (number, suffix) = text.split_at_checked(end.unwrap_or(text.len()))?;
    let billionths = billionths(number)?;
    let decimal = |power: u32| billionths.checked_mul(10_i128.checked_pow(power)?);
    match suffix {
        "" => Some(billionths),
        "m" => Some(billionths / 1_000),
        "k" => decimal(3),
        "M" => decimal(6),
        "G" => decimal(9),
        "T" => decimal(12),
        "P" => decimal(15),
        "E" => decimal(18),
        binary => {
            let power = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"].iter().position(|known| *known == binary)? + 1;
            billionths.checked_mul(1024_i128.checked_pow(power.try_into().ok()?)?)
        }
    }
}

/// A decimal number in billionths.
fn billionths(number: &str) -> Option<i128> {
    let (sign, number) = number.strip_prefix('-').map_or((1, number), |rest| (-1, rest));
    let number = number.strip_prefix('+').unwrap_or(number);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let is_number = !number.is_empty() && number != "." && fraction.len() <= DIGITS;
    let digits = format!("{whole}{fraction:0<DIGITS$}");
    let is_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && is_digits).then(|| digits.parse::<i128>().ok()?.checked_mul(sign))?
}

/// A Go duration in nanoseconds.
fn duration(text: &str) -> Option<i128> {
    let (mut rest, mut sum) = (text, 0_i128);
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, behind) = rest.split_at_checked(end)?;
        let unit = behind.find(|c: char| c.is_ascii_digit()).unwrap_or(behind.len());
        let (unit, behind) = behind.split_at_checked(unit)?;
        let (_, size) = UNITS.iter().find(|(name, _)| *name == unit)?;
        sum = sum.checked_add(billionths(number)?.checked_mul(*size)?)?;
        rest = behind;
    }
    (!text.is_empty()).then_some(sum)
}

fn is_same_json(one: &str, other: &str) -> bool {
    let object = |text: &str| {
        let is_object = text.trim_start().starts_with('{');
        is_object.then(|| serde_json::from_str::<Value>(text).ok())?
    };
    object(one).is_some_and(|value| object(other) == Some(value))
}

#[cfg(test)]
mod tests {
    use super::{are_same, is_nothing};
    use crate::yaml;

    fn same(one: &str, other: &str) -> bool {
        let read = |text| yaml::parse(text).unwrap_or_default();
        match (read(one).first(), read(other).first()) {
            (Some(one), Some(other)) => are_same(one, other),
            _ => false,
        }
    }

    #[test]
    fn spellings_of_one_value() {
        for (one, other) in [
            ("1", "\"1\""),
            ("yes", "true"),
            ("1024Mi", "1Gi"),
            ("0.5", "500m"),
            ("1000", "1k"),
            ("1h", "1h0m0s"),
            ("90m", "1h30m0s"),
            (r#"'{"a": 1, "b": 2}'"#, r#"'{"b":2,"a":1}'"#),
        ] {
            assert!(same(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("1", "2"),
            ("1Gi", "1G"),
            ("a", "b"),
            ("1h", "1m"),
            ("172.17.0.80", "172.17.0.8"),
            ("1.1.1", "1.1.10"),
            ("'1.1'", "'1.10'"),
            ("true", "false"),
            ("-", "."),
        ] {
            assert!(!same(one, other), "{one} {other}");
        }
    }

    #[test]
    fn nothing_has_many_forms() {
        let is = |text| yaml::parse(text).is_ok_and(|read| read.first().is_some_and(is_nothing));
        for text in ["~", "''", "{}", "[]", "false", "0", "{a: {b: []}}"] {
            assert!(is(text), "{text}");
        }
        for text in ["1", "a", "true", "[0]", "{a: {b: [1]}}"] {
            assert!(!is(text), "{text}");
        }
    }
}
