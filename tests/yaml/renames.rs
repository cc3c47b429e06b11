//! Keys that get other names: nothing but the bytes of the key changes, whatever else the edit does.

use std::collections::BTreeMap;

use json_patch::Patch;
use multi_rhoso::yaml::{self, Kind, Node, Style};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use crate::corpus;
use crate::edits::edited;
use crate::generate;
use crate::held::untouched_is_untouched;
use crate::laws::config;
use crate::oracle;

fn rename(from: &str, to: &str) -> Value {
    json!({"op": "move", "from": from, "path": to})
}

#[track_caller]
fn check(text: &str, operations: Value, expected: &str) {
    match edited(text, &operations) {
        Ok(new) => assert_eq!(new, expected),
        Err(error) => panic!("{error}"),
    }
}

/// Named tests, one for each edit: a text, its operations, and the text that must come out.
macro_rules! cases {
    ($($name:ident: $text:expr, $operations:tt => $expected:expr;)*) => {
        $(#[test] fn $name() { check($text, json!($operations), $expected); })*
    };
}

cases! {
    plain: "a: 1 # one\n# two\nb: 2\n", [rename("/a", "/c")] => "c: 1 # one\n# two\nb: 2\n";
    single_quoted: "'a': 1\n", [rename("/a", "/c")] => "'c': 1\n";
    double_quoted: "\"\\u0061\" : 1\n", [rename("/a", "/c")] => "\"c\" : 1\n";
    in_crlf: "m:\r\n  a:\r\n    b: 1\r\n", [rename("/m/a", "/m/c")] => "m:\r\n  c:\r\n    b: 1\r\n";
    behind_a_byte_order_mark: "\u{feff}a: 1\n", [rename("/a", "/c")] => "\u{feff}c: 1\n";
    of_a_block: "m:\n  a: # about a\n    x: 1\n\n    y: |\n      a: 1\n  b: 2\n", [rename("/m/a", "/m/longer")]
        => "m:\n  longer: # about a\n    x: 1\n\n    y: |\n      a: 1\n  b: 2\n";
    of_an_absent_value: "a:\nb: 1\n", [rename("/a", "/c")] => "c:\nb: 1\n";
    of_a_literal: "a: |2\n   x\n", [rename("/a", "/c")] => "c: |2\n   x\n";
    of_an_anchor: "a: &m {x: 1}\nb: *m\n", [rename("/a", "/c"), rename("/b", "/d")] => "c: &m {x: 1}\nd: *m\n";
    in_an_item: "- a: 1\n  b: 2\n- a: 1\n", [rename("/0/a", "/0/c"), rename("/1/a", "/1/d")] => "- c: 1\n  b: 2\n- d: 1\n";
    in_flow: "m: {a: 1, 'b': [2], \"c\": 3}\n", [rename("/m/a", "/m/x"), rename("/m/b", "/m/y"), rename("/m/c", "/m/z")]
        => "m: {x: 1, 'y': [2], \"z\": 3}\n";
    in_json: "{\"m\": {\"a\":1,\"b\" : 2}}", [rename("/m/a", "/m/x\"")] => "{\"m\": {\"x\\\"\":1,\"b\" : 2}}";
    in_pretty_json: "{\n  \"a\": {\n    \"b\": 1\n  }\n}\n", [rename("/a/b", "/a/c"), rename("/a", "/d")]
        => "{\n  \"d\": {\n    \"c\": 1\n  }\n}\n";
    to_a_word_that_readers_differ_on: "a: 1\n'b': 1\nm: {c: 1}\n", [rename("/a", "/no"), rename("/b", "/1"), rename("/m/c", "/m/2")]
        => "\"no\": 1\n'1': 1\nm: {\"2\": 1}\n";
    to_what_needs_quotes: "a: 1\n'b': 1\n", [rename("/a", "/x: y"), rename("/b", "/it's")] => "\"x: y\": 1\n'it''s': 1\n";
    to_what_has_no_single_quotes: "'a': 1\n", [rename("/a", "/x\ny")] => "\"x\\ny\": 1\n";
    of_an_escaped_path: "a/b: 1\n", [rename("/a~1b", "/a~1c")] => "a/c: 1\n";
    to_itself: "a: 1\n", [rename("/a", "/a")] => "a: 1\n";
    behind_edits_below: "m:\n  a: # about a\n    x: 1\n    y: 2\n", [
        {"op": "replace", "path": "/m/a/x", "value": 5}, {"op": "add", "path": "/m/a/z", "value": 6},
        {"op": "remove", "path": "/m/a/y"}, rename("/m/a", "/m/b")] => "m:\n  b: # about a\n    x: 5\n    z: 6\n";
    behind_the_value: "m:\n  a: 1 # about a\n", [{"op": "replace", "path": "/m/a", "value": "x"}, rename("/m/a", "/m/b")]
        => "m:\n  b: x # about a\n";
    behind_a_value_that_is_a_map_now: "m:\n  a: 1 # about a\n", [{"op": "replace", "path": "/m/a", "value": {"k": 1}}, rename("/m/a", "/m/b")]
        => "m:\n  b: # about a\n    k: 1\n";
    beside_others: "m:\n  a: 1\n  b: 2\n  c: 3\n", [
        {"op": "add", "path": "/m/d", "value": 4}, {"op": "remove", "path": "/m/b"}, rename("/m/a", "/m/x"), rename("/m/c", "/m/z")]
        => "m:\n  x: 1\n  z: 3\n  d: 4\n";
    beside_a_first_one_that_goes: "- a: 1\n  b: 2\n", [{"op": "remove", "path": "/0/a"}, rename("/0/b", "/0/c")] => "- c: 2\n";
    of_keys_in_keys: "a:\n  a:\n    a: 1\n", [rename("/a/a/a", "/a/a/p"), rename("/a/a", "/a/q"), rename("/a", "/r")]
        => "r:\n  q:\n    p: 1\n";
    in_a_list_that_gets_shorter: "- 1\n- a: 1\n", [rename("/1/a", "/1/b"), {"op": "remove", "path": "/0"}] => "- b: 1\n";
}

/// All keys of the mappings that can be edited, with their paths.
fn keys<'n, 't>(node: &'n Node<'t>, path: &str, found: &mut BTreeMap<String, &'n Node<'t>>) {
    if node.anchored {
        return;
    }
    match &node.kind {
        Kind::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                keys(item, &format!("{path}/{index}"), found);
            }
        }
        Kind::Mapping(entries) => {
            for entry in entries {
                let name = entry.key.text().expect("a key").replace('~', "~0").replace('/', "~1");
                let path = format!("{path}/{name}");
                keys(&entry.value, &path, found);
                found.insert(path, &entry.key);
            }
        }
        _ => {}
    }
}

/// Renames the chosen keys of a document, those below before those above.
fn all_renamed(text: &str, document: &Node<'_>, chosen: &[bool]) -> Result<(), TestCaseError> {
    let mut found = BTreeMap::new();
    keys(document, "", &mut found);
    let chosen: Vec<_> =
        found.into_iter().rev().zip(chosen.iter().cycle()).filter(|(_, chosen)| **chosen).collect();
    let operations = chosen.iter().enumerate().map(|(number, ((path, _), _))| {
        let (parent, _) = path.rsplit_once('/').expect("a path of a key");
        rename(path, &format!("{parent}/renamed-{number}"))
    });
    let patch: Patch = serde_json::from_value(operations.collect()).expect("a patch");
    let splices =
        yaml::edit(text, document, &patch.0).unwrap_or_else(|error| panic!("{error}\n{patch}\n{text}"));
    let mut spans: Vec<_> = chosen.iter().map(|((_, key), _)| key.span.clone()).collect();
    spans.sort_by_key(|span| span.start);
    prop_assert_eq!(splices.iter().map(|splice| splice.range.clone()).collect::<Vec<_>>(), spans);
    for ((_, key), _) in &chosen {
        let new = splices.iter().find(|splice| splice.range == key.span).expect("a splice");
        let quote = [(Style::SingleQuoted, "'"), (Style::DoubleQuoted, "\"")];
        let quote = quote.into_iter().find(|(style, _)| *style == key.style).map_or("", |(_, quote)| quote);
        prop_assert!(
            new.text.starts_with(quote) && new.text.ends_with(quote) && new.text.contains("renamed-")
        );
    }
    let new = yaml::splice(text, &splices);
    untouched_is_untouched(text, &new, &splices);
    let mut expected = document.to_value();
    json_patch::patch(&mut expected, &patch.0).expect("a patch that fits");
    let documents = yaml::parse(&new).unwrap_or_else(|error| panic!("{error}\n{new}"));
    prop_assert!(documents.iter().any(|document| document.to_value() == expected), "{}\n{}", text, new);
    prop_assert_eq!(oracle::difference(&new, &documents), None, "{}", new);
    Ok(())
}

#[test]
fn nothing_but_the_keys_changes() {
    let strategy = (generate::text(), prop::collection::vec(any::<bool>(), 1..8));
    TestRunner::new(config())
        .run(&strategy, |(text, chosen)| {
            let documents = yaml::parse(&text).expect("a generated text");
            documents.iter().try_for_each(|document| all_renamed(&text, document, &chosen))
        })
        .unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn nothing_but_the_keys_of_json_changes() {
    let strategy = (generate::json_text(), prop::collection::vec(any::<bool>(), 1..8));
    TestRunner::new(config())
        .run(&strategy, |(text, chosen)| {
            let documents = yaml::parse(&text).expect("a generated text");
            all_renamed(&text, &documents[0], &chosen)
        })
        .unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn many_keys_of_a_long_mapping_change_at_once() {
    let count = 1000;
    let names: Vec<String> = (0..count).map(|index| format!("node-{}", index * 7 % 1009)).collect();
    let lines: Vec<String> = names.iter().map(|name| format!("  {name}: {{hostName: {name}}}\n")).collect();
    let text = format!("nodes:\n{}", lines.concat());
    let documents = yaml::parse(&text).expect("a text");
    let runner = Config { cases: 10, ..config() };
    TestRunner::new(runner)
        .run(&prop::collection::vec(any::<bool>(), 5), |chosen| all_renamed(&text, &documents[0], &chosen))
        .unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn nothing_but_the_keys_of_files_changes() {
    let mut documents = 0;
    let files = corpus::files();
    let read_by_both = |text: &str| text.len() < 50_000 && oracle::documents(text).is_ok();
    for (path, text) in files.iter().filter(|(_, text)| read_by_both(text)) {
        for document in yaml::parse(text).unwrap_or_default() {
            // Every seventh key, from another one on in each document.
            let chosen: Vec<bool> = (0..7).map(|index| index == documents % 7).collect();
            all_renamed(text, &document, &chosen)
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            documents += 1;
        }
    }
    assert!(documents > 100, "{documents} documents were edited");
}
