//! A value as a document of its own, as a person would write it: block style, quotes where a reader needs them.
//! It must not know what the value means.

use serde_json::Value;

use super::plain::may_stay;
use super::write::{double_quoted, is_leaf, leaf, spaces};

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
    if is_leaf(value) {
        return vec![format!("{key}: {}", word(value))];
    }
    // A list stands below its key, as kustomize and kubectl write it.
    let indent = spaces(if value.is_array() { 0 } else { 2 });
    let below = lines(value).into_iter().map(|line| format!("{indent}{line}"));
    std::iter::once(format!("{key}:")).chain(below).collect()
}

fn item(value: &Value) -> Vec<String> {
    let own = lines(value).into_iter().enumerate();
    own.map(|(place, line)| format!("{}{line}", if place == 0 { "- " } else { "  " })).collect()
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
        ] {
            let text = document(&value);
            let read: Value = crate::yaml::reading::parse(&text).unwrap()[0].to_value();
            assert_eq!(read, value, "{text}");
        }
    }

    #[test]
    fn addresses_need_no_quotes() {
        let value =
            json!({"to": {"addresses": ["172.17.0.0/24", "fd00:bbbb::/64"], "dnsDomain": "a.example.com"}});
        let wanted = "to:\n  addresses:\n  - 172.17.0.0/24\n  - fd00:bbbb::/64\n  dnsDomain: a.example.com\n";
        assert_eq!(document(&value), wanted);
    }
}
