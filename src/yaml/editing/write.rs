//! New values as text: scalars, block collections, flow collections.
//! It must not know the document, only the layout that it is told.

use std::fmt::Write as _;

use serde_json::{Map, Number, Value};

use super::layout::{Convention, Layout};
use super::plain::is_safe;

/// Whether a value fits on one line in block style: anything but a collection with content.
pub(super) fn is_leaf(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.is_empty(),
        Value::Object(entries) => entries.is_empty(),
        _ => true,
    }
}

/// A value without content, or a scalar. `quoted` forbids plain strings.
pub(super) fn leaf(value: &Value, quoted: bool) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => self::number(number),
        Value::String(text) => string(text, quoted),
        Value::Array(_) => "[]".to_owned(),
        Value::Object(_) => "{}".to_owned(),
    }
}

/// A new string or key: plain if it is safe and may be, else double-quoted.
pub(super) fn string(text: &str, quoted: bool) -> String {
    if !quoted && is_safe(text) { text.to_owned() } else { double_quoted(text) }
}

/// YAML 1.1 needs the point and the exponent's sign to see a float.
fn number(number: &Number) -> String {
    let text = number.to_string();
    let Some((mantissa, exponent)) = text.split_once('e') else { return text };
    let point = if mantissa.contains('.') { "" } else { ".0" };
    let sign = if exponent.starts_with(['-', '+']) { "" } else { "+" };
    format!("{mantissa}{point}e{sign}{exponent}")
}

/// Double quotes with the escapes that JSON and every YAML reader know. Never `\/` and never surrogates.
pub(super) fn double_quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    let is_ordinary = |byte: u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\');
    let ordinary = text.bytes().take_while(|byte| is_ordinary(*byte)).count();
    let (before, rest) = text.split_at_checked(ordinary).unwrap_or(("", text));
    out.push_str(before);
    for character in rest.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            other if is_unprintable(other) => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{:04X}", u32::from(other));
            }
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

/// Characters that YAML readers refuse, drop, or take for line breaks.
pub(super) fn is_unprintable(character: char) -> bool {
    let separators = ['\u{2028}', '\u{2029}', '\u{feff}', '\u{fffe}', '\u{ffff}'];
    character.is_control() || separators.contains(&character)
}

/// Indentation.
pub(super) fn spaces(count: usize) -> String {
    " ".repeat(count)
}

/// A collection in block style, or a leaf; all lines but the first are indented by `column` or more.
pub(super) fn block(value: &Value, column: usize, convention: &Convention) -> String {
    let separator = format!("{}{}", convention.ending, spaces(column));
    let lines: Vec<String> = match value {
        Value::Object(entries) if !entries.is_empty() => {
            entries.iter().map(|(key, value)| entry(key, value, column, convention)).collect()
        }
        Value::Array(items) if !items.is_empty() => {
            items.iter().map(|value| item(value, column, convention)).collect()
        }
        _ => return leaf(value, false),
    };
    lines.join(&separator)
}

/// A mapping's entry in block style, its first line without indentation.
pub(super) fn entry(key: &str, value: &Value, column: usize, convention: &Convention) -> String {
    let key = string(key, false);
    if is_leaf(value) {
        return key + ": " + &leaf(value, false);
    }
    let inner = convention.child_column(value, column);
    format!("{key}:{}{}{}", convention.ending, spaces(inner), block(value, inner, convention))
}

/// A sequence's item in block style, its first line without indentation.
pub(super) fn item(value: &Value, column: usize, convention: &Convention) -> String {
    format!("- {}", block(value, column + 2, convention))
}

/// A value in flow style, as its siblings are laid out.
pub(super) fn flow(value: &Value, layout: &Layout, ending: &str) -> String {
    let inner = layout.inner();
    let (open, close, parts) = match value {
        Value::Object(entries) if !entries.is_empty() => ('{', '}', flow_entries(entries, &inner, ending)),
        Value::Array(items) if !items.is_empty() => {
            ('[', ']', items.iter().map(|item| flow(item, &inner, ending)).collect())
        }
        _ => return leaf(value, layout.quoted),
    };
    let (comma, before, after) = match (inner.line_indent(), layout.line_indent()) {
        (Some(indent), Some(outer)) => {
            let line = format!("{ending}{}", spaces(indent));
            (format!(",{line}"), line, format!("{ending}{}", spaces(outer)))
        }
        _ => (layout.comma.clone(), String::new(), String::new()),
    };
    format!("{open}{before}{}{after}{close}", parts.join(&comma))
}

fn flow_entries(entries: &Map<String, Value>, layout: &Layout, ending: &str) -> Vec<String> {
    entries.iter().map(|(key, value)| flow_entry(key, value, layout, ending)).collect()
}

/// A flow mapping's entry.
pub(super) fn flow_entry(key: &str, value: &Value, layout: &Layout, ending: &str) -> String {
    format!("{}{}{}", string(key, layout.quoted), layout.colon, flow(value, layout, ending))
}
