//! A value as a document of its own, as a person would write it: block style, quotes where a reader needs them.
//! It must not know what the value means.

use serde_json::Value;

use super::plain::may_stay;
use super::write::{double_quoted, is_leaf, is_unprintable, leaf, spaces};

/// The document of a value, with its last line's end.
#[must_use]
pub fn document(value: &Value) -> String {
    let mut text = lines(value).join("\n");
    text.push('\n');
    text
}

/// A scalar or an empty collection on one line; none of a collection with content.
#[must_use]
pub fn scalar(value: &Value) -> Option<String> {
    is_leaf(value).then(|| word(value))
}

fn word(value: &Value) -> String {
    match value {
        Value::String(text) if may_stay(text, false) => text.clone(),
        Value::String(text) => double_quoted(text),
        other => leaf(other, false),
    }
}

fn lines(value: &Value) -> Vec<String> {
    match value {
        Value::Object(entries) if !entries.is_empty() => {
            entries.iter().flat_map(|(key, value)| entry(key, value)).collect()
        }
        Value::Array(items) if !items.is_empty() => items.iter().flat_map(item).collect(),
        leaf => vec![word(leaf)],
    }
}

fn entry(key: &str, value: &Value) -> Vec<String> {
    let key = word(&Value::from(key));
    if let Some((header, body)) = literal(value) {
        let line = |line: &str| if line.is_empty() { String::new() } else { format!("  {line}") };
        return std::iter::once(format!("{key}: {header}")).chain(body.split('\n').map(line)).collect();
    }
    if is_leaf(value) {
        return vec![format!("{key}: {}", word(value))];
    }
    // A list stands below its key, as kustomize and kubectl write it.
    let indent = spaces(if value.is_array() { 0 } else { 2 });
    let below = lines(value).into_iter().map(|line| indented(indent.as_str(), line));
    std::iter::once(format!("{key}:")).chain(below).collect()
}

fn item(value: &Value) -> Vec<String> {
    let own = lines(value).into_iter().enumerate();
    own.map(|(place, line)| if place == 0 { format!("- {line}") } else { indented("  ", line) }).collect()
}

/// An empty line of a text stays empty.
fn indented(indent: &str, line: String) -> String {
    if line.is_empty() { line } else { format!("{indent}{line}") }
}

/// Several lines as a block scalar, header and body; none for a text that readers might take otherwise there.
fn literal(value: &Value) -> Option<(&'static str, &str)> {
    let text = value.as_str()?;
    let body = text.strip_suffix('\n').unwrap_or(text);
    let is_odd = |line: &str| !line.is_empty() && line.trim().is_empty();
    let is_plain = body.contains('\n')
        && !body.starts_with([' ', '\t', '\n'])
        && !body.ends_with('\n')
        && !body.split('\n').any(is_odd)
        && !body.chars().any(|c| is_unprintable(c) && c != '\n');
    is_plain.then_some((if body.len() < text.len() { "|" } else { "|-" }, body))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::document;

    #[test]
    fn a_value_reads_back_as_itself() {
        for value in [
            json!({"a": {"b": [{"c": 1, "d": ["172.17.0.0/24", "fd00::/64", "6::", "10"]}, []], "e": {}}}),
            json!({"on": "yes", "": "", "a: b": "c #d", "x": "- y", "z": "{namespace}-{name}", "n": null}),
            json!([["a", ["b"]], "line\nbreak", true, 1.5, "1.5", "0x10", "172.17.0.80-172.17.0.90"]),
            json!("alone"),
            json!({"a": "one\n\n  two\nthree\n", "b": ["x\ny", "\n", " x\ny\n", {"c": "a: b\n# c\n- d", "d": "x\n\n"}]}),
            json!({"a": "x\n \ny\n", "b": "x\r\ny\n", "c": "x\ty\n\tz", "d": "---\na\n...\n", "e": {"f": "%x\n\u{85}y"}}),
        ] {
            let text = document(&value);
            let read: Value = crate::yaml::reading::parse(&text).unwrap()[0].to_value();
            assert_eq!(read, value, "{text}");
        }
    }

    #[test]
    fn lines_stay_lines() {
        let value = json!({"a": {"b": "[x]\n\ny = 1\n"}, "c": [{"d": "p\nq"}]});
        let wanted = "a:\n  b: |\n    [x]\n\n    y = 1\nc:\n- d: |-\n    p\n    q\n";
        assert_eq!(document(&value), wanted);
    }

    #[test]
    fn addresses_need_no_quotes() {
        let value =
            json!({"to": {"addresses": ["172.17.0.0/24", "fd00:bbbb::/64"], "dnsDomain": "a.example.com"}});
        let wanted = "to:\n  addresses:\n  - 172.17.0.0/24\n  - fd00:bbbb::/64\n  dnsDomain: a.example.com\n";
        assert_eq!(document(&value), wanted);
    }
}
