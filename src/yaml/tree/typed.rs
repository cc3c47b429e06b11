//! What a scalar means that is no string, and which plain text means it, as Go's yaml.v3 resolves it.
//! It must not know where the scalar stands.

use std::borrow::Cow;

use serde_json::{Number, Value};

/// What a scalar that is no string means. A whole `Value` in its place would double a tree's memory.
#[derive(Debug, Clone, PartialEq)]
pub enum Typed {
    /// Null, written or absent.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
}

impl Typed {
    /// The typed value of a plain scalar; none for a string.
    ///
    /// JSON has no infinities and no dates, and no integers beyond 64 bits: the first two stay text, the
    /// last become floats, or text beyond those too.
    pub(in crate::yaml) fn of(text: &str) -> Option<Self> {
        let Some(first) = text.bytes().next() else { return Some(Self::Null) };
        match first {
            b'~' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' => word(text),
            b'.' => float(text),
            b'+' | b'-' | b'0'..=b'9' => number(text),
            _ => None,
        }
    }

    /// The value.
    #[must_use]
    pub fn to_value(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(*value),
            Self::Number(number) => Value::Number(number.clone()),
        }
    }

    /// Whether it is this value.
    #[must_use]
    pub fn is(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Null, Value::Null) => true,
            (Self::Bool(this), Value::Bool(that)) => this == that,
            (Self::Number(this), Value::Number(that)) => this == that,
            _ => false,
        }
    }
}

fn word(text: &str) -> Option<Typed> {
    match text {
        "~" | "null" | "Null" | "NULL" => Some(Typed::Null),
        "true" | "True" | "TRUE" => Some(Typed::Bool(true)),
        "false" | "False" | "FALSE" => Some(Typed::Bool(false)),
        _ => None,
    }
}

fn number(text: &str) -> Option<Typed> {
    // Most scalars that start with a digit are addresses, names or versions.
    let mut dots = 0;
    for byte in text.bytes() {
        match byte {
            b'.' => dots += 1,
            b'_' | b'+' | b'-' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => {}
            _ => return None,
        }
    }
    if dots > 1 {
        return None;
    }
    let joined = if text.contains('_') { Cow::Owned(text.replace('_', "")) } else { Cow::Borrowed(text) };
    integer(&joined).or_else(|| float(&joined))
}

/// Integers as Go's `strconv.ParseInt(_, 0, 64)` and `ParseUint` read them: a leading zero is octal.
fn integer(text: &str) -> Option<Typed> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (radix, digits) = split_radix(digits);
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    let magnitude = u64::from_str_radix(digits, radix).ok()?;
    if !negative {
        // ParseUint takes no sign, so a positive number with one must fit into an int64.
        let fits = !text.starts_with('+') || i64::try_from(magnitude).is_ok();
        return fits.then(|| Typed::Number(magnitude.into()));
    }
    let value = i64::try_from(-i128::from(magnitude)).ok()?;
    Some(Typed::Number(value.into()))
}

fn split_radix(digits: &str) -> (u32, &str) {
    let radixes = [("0x", 16), ("0X", 16), ("0o", 8), ("0O", 8), ("0b", 2), ("0B", 2)];
    for (prefix, radix) in radixes {
        if let Some(rest) = digits.strip_prefix(prefix) {
            return (radix, rest);
        }
    }
    match digits.strip_prefix('0') {
        Some(rest) if !rest.is_empty() => (8, rest),
        _ => (10, digits),
    }
}

/// Floats: `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`.
fn float(text: &str) -> Option<Typed> {
    if !is_float(text) {
        return None;
    }
    let value: f64 = text.parse().ok()?;
    Number::from_f64(value).map(Typed::Number)
}

fn is_float(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let mantissa_fits = match mantissa.split_once('.') {
        Some(("", fraction)) => !fraction.is_empty() && digits(fraction),
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => !mantissa.is_empty() && digits(mantissa),
    };
    let exponent_fits = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    mantissa_fits && exponent_fits
}
