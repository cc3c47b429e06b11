//! Operations by chance, fitted to the paths of a document. Knows nothing of proptest.

use multi_rhoso::yaml::{Kind, Node, Pointer};
use serde_json::{Value, json};

/// A choice of an operation, to be fitted to a document.
#[derive(Debug, Clone)]
pub(crate) struct Choice {
    pub(crate) target: usize,
    pub(crate) kind: usize,
    pub(crate) value: Value,
    pub(crate) key: &'static str,
}

/// Keys that no generated document has.
pub(crate) const KEYS: [&str; 12] = [
    "renamed",
    "re/named",
    "two words",
    "200",
    "no",
    "it's",
    "a: z",
    "\"q\"",
    "é",
    "~",
    "172.27.0.81",
    "fd00::1",
];

/// Values of every kind, and in every way of writing one.
pub(crate) fn values() -> Vec<Value> {
    vec![
        json!(null),
        json!(5),
        json!(1.5),
        json!(1e21),
        json!(true),
        json!("word"),
        json!("172.27.0.81"),
        json!("yes"),
        json!("two words"),
        json!("a\nb\n"),
        json!("a\n b"),
        json!(" lead\n\n"),
        json!("first line\nchanged 1\n"),
        json!("it's"),
        json!(""),
        json!("\u{1}\u{85}😀"),
        json!({}),
        json!([]),
        json!({"k": {"l": [1, {"m": "n", "o": []}]}}),
        json!(["x", {"y": 1, "z": [[2]]}]),
        json!({"a": 1, "b": {"c": 2}}),
        json!("plain one two 172.27.0.1"),
        json!([1, 2, 3]),
    ]
}

impl Choice {
    /// The operation on a node of a tree.
    pub(crate) fn operation(&self, root: &Node<'_>) -> Value {
        let mut paths = Vec::new();
        collect(root, "", &mut paths);
        let (path, children) = &paths[self.target % paths.len()];
        let value = &self.value;
        match (self.kind, children) {
            (0, _) if !path.is_empty() => json!({"op": "remove", "path": path}),
            (1 | 2, Some(true)) => json!({"op": "add", "path": format!("{path}/new key"), "value": value}),
            (1, Some(false)) => json!({"op": "add", "path": format!("{path}/-"), "value": value}),
            (2, Some(false)) => json!({"op": "add", "path": format!("{path}/0"), "value": value}),
            (6 | 7, _) if is_in_a_mapping(root, path) => {
                json!({"op": "move", "from": path, "path": self.beside(path)})
            }
            _ => json!({"op": "replace", "path": path, "value": value}),
        }
    }
}

impl Choice {
    /// The chosen key beside the last one of a path.
    fn beside(&self, path: &str) -> String {
        let (parent, _) = path.rsplit_once('/').expect("a path of a child");
        format!("{parent}/{}", self.key.replace('~', "~0").replace('/', "~1"))
    }
}

/// Whether a path leads to the value of a key.
fn is_in_a_mapping(root: &Node<'_>, path: &str) -> bool {
    let Some((parent, _)) = path.rsplit_once('/') else { return false };
    let parent = root.at(Pointer::parse(parent).expect("a pointer"));
    parent.is_some_and(|parent| matches!(parent.kind, Kind::Mapping(_)))
}

/// All paths, each with whether it leads to a mapping (true) or a sequence (false).
fn collect(node: &Node<'_>, path: &str, out: &mut Vec<(String, Option<bool>)>) {
    let children = match &node.kind {
        Kind::Mapping(_) => Some(true),
        Kind::Sequence(_) => Some(false),
        _ => None,
    };
    out.push((path.to_owned(), children));
    match &node.kind {
        Kind::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, &format!("{path}/{index}"), out);
            }
        }
        Kind::Mapping(entries) => {
            for entry in entries {
                let key = entry.key.text().unwrap_or_default().replace('~', "~0").replace('/', "~1");
                collect(&entry.value, &format!("{path}/{key}"), out);
            }
        }
        _ => {}
    }
}
