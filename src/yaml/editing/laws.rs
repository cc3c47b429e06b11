//! The proof of edits, held to what it leaves out: a comparison of all.

use json_patch::PatchOperation;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use super::outcome::is_outcome;
use super::{Around, Renewed, Splice, Splices, alone};
use crate::yaml::reading::parse;

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![Just(json!(null)), Just(json!(1)), Just(json!("a")), Just(json!("b"))];
    leaf.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            // Keys in order: where a new one stands is another law's.
            prop::collection::btree_map("[a-c]", inner, 0..4).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

/// The pointers to all that is in a value, and to where something could be added.
fn places(value: &Value, here: &str, found: &mut Vec<(String, bool)>) {
    let mut below = |key: String, value| {
        found.push((format!("{here}/{key}"), true));
        places(value, &format!("{here}/{key}"), found);
    };
    match value {
        Value::Object(map) => {
            map.iter().for_each(|(key, value)| below(key.clone(), value));
            found.push((format!("{here}/new"), false));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, value)| below(index.to_string(), value));
            found.push((format!("{here}/-"), false));
        }
        _ => {}
    }
}

/// One operation that fits a value, if any does.
fn operation(value: &Value, (place, kind, new): &(Index, Index, Value)) -> Option<PatchOperation> {
    let mut found = Vec::new();
    places(value, "", &mut found);
    let (path, is_there) = found.get(place.index(found.len().max(1)))?;
    let op = ["add", "replace", "remove"][if *is_there { kind.index(3) } else { 0 }];
    serde_json::from_value(json!({"op": op, "path": path, "value": new})).ok()
}

fn applied(value: &Value, patch: &[PatchOperation]) -> Value {
    let mut value = value.clone();
    json_patch::patch(&mut value, patch).expect("operations that fit");
    // Taking a key out moves the last one to its place.
    value.sort_all_objects();
    value
}

fn says(old: &Value, new: &Value, patch: &[PatchOperation]) -> bool {
    let (old, new) = (old.to_string(), new.to_string());
    let [old, new] = [&old, &new].map(|text| parse(text).expect("JSON").remove(0));
    is_outcome(&old, &new, patch).expect("operations that fit")
}

fn choice() -> impl Strategy<Value = (Index, Index, Value)> {
    (any::<Index>(), any::<Index>(), value())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    /// What is compared piece by piece is what a comparison of the whole says.
    #[test]
    fn an_outcome_is_what_the_second_applier_makes_of_all(
        old in value().prop_map(|value| json!([value])),
        first in choice(),
        other in choice(),
    ) {
        let patch: Vec<_> = operation(&old, &first).into_iter().collect();
        let new = applied(&old, &patch);
        prop_assert!(says(&old, &new, &patch), "{old} {patch:?}");
        let else_too: Vec<_> = operation(&new, &other).into_iter().collect();
        let another = applied(&new, &else_too);
        prop_assert_eq!(says(&old, &another, &patch), another == new, "{} {:?} {}", old, patch, another);
    }

    /// The same of several operations, each on an item of its own, in any order.
    #[test]
    fn operations_beside_each_other_are_all_held(
        olds in prop::collection::vec((value(), choice()), 1..6),
        forgotten in any::<Index>(),
        reversed in any::<bool>(),
    ) {
        let old: Value = olds.iter().map(|(value, _)| json!({"in": [value]})).collect();
        let below = |(index, (value, choice)): (usize, &(Value, _))| {
            let operation = operation(&json!({"in": [value]}), choice)?;
            let mut operation = serde_json::to_value(operation).ok()?;
            operation["path"] = format!("/{index}{}", operation["path"].as_str()?).into();
            serde_json::from_value(operation).ok()
        };
        let mut patch: Vec<PatchOperation> = olds.iter().enumerate().filter_map(below).collect();
        if reversed {
            patch.reverse();
        }
        let new = applied(&old, &patch);
        prop_assert!(says(&old, &new, &patch), "{old} {patch:?}");
        let mut fewer = patch.clone();
        if !fewer.is_empty() {
            fewer.remove(forgotten.index(patch.len()));
        }
        let other = applied(&old, &fewer);
        prop_assert_eq!(says(&old, &other, &patch), other == new, "{} {:?} {}", old, patch, other);
    }
}

/// A list of lists whose last one ends in any way, between other members.
fn list() -> impl Strategy<Value = String> {
    let ends = [
        "z",
        "'q r'",
        "[f, g]",
        "{h: [i, j]}",
        "|\n        t\n",
        "|+\n        t\n\n",
        ">-\n        t\n        u",
        "",
    ];
    let end = prop::sample::select(ends.to_vec());
    let behind = prop::sample::select(vec![
        "",
        "# c\n",
        "         # c\nkind: K\n",
        "kind: K\n",
        "\nmore:\n- 1\n- |\n  2\n",
        "--- \n",
    ]);
    (1_usize..4, 1_usize..4, end, behind).prop_map(|(items, hosts, end, behind)| {
        let host = |index| format!("    - name: n{index}\n      in: [{index}, 'x']\n");
        let hosts: String = (0..hosts).map(host).collect();
        let before = "  - a: 1\n    b:\n    - 2\n".repeat(items - 1);
        format!("first: x\nitems:\n{before}  - hosts:\n{hosts}    - - 1\n      - {end}\n{behind}")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    /// What the proof around a list passes over hides nothing: the whole text says what the pieces say.
    #[test]
    fn what_is_passed_over_is_as_it_was_proven(
        text in list(),
        // What could run into the text behind stands at the end.
        back in prop_oneof![4 => 0_usize..3, 1 => 0_usize..200],
        length in 0_usize..3,
        new in prop::sample::select(vec!["x", "\n", "|", "'", "\"", " #", ": ", "\n    - y", "\n    k: v", "- ", "]", ""]),
    ) {
        let documents = parse(&text).expect("a text");
        let root = &documents[0];
        let item = root.get("items").and_then(|items| items.items().last()).expect("an item");
        let start = item.span.end.saturating_sub(back).max(item.span.start);
        let splice = Splice { range: start..(start + length).min(item.span.end), text: new.to_owned() };
        let Ok(splices) = Splices::new(&text, vec![splice]) else { return Ok(()) };
        let own = alone(&text, item, &splices);
        let Ok(proven) = parse(&own) else { return Ok(()) };
        let [proven] = proven.as_slice() else { return Ok(()) };
        let renewed = Renewed { old: item, splices: &splices, new: Some(proven) };
        let Ok(edited) = Around::new(&text, root, "items").edited(&[], &[renewed]) else { return Ok(()) };
        let mut expected = root.to_value();
        *expected["items"].as_array_mut().and_then(|items| items.last_mut()).expect("an item") = proven.to_value();
        let found = parse(&edited).expect("a text that was proven");
        prop_assert_eq!(found.iter().map(crate::yaml::tree::Node::to_value).collect::<Vec<_>>(), [expected], "{}", edited);
    }
}
