//! Edits one by one: a text, a patch, and the text that must come out.

use multi_rhoso::yaml;
use serde_json::{Value, json};

/// Applies operations to the first document of a text.
pub(crate) fn edited(text: &str, operations: &Value) -> Result<String, yaml::Error> {
    let documents = yaml::parse(text)?;
    let patch: json_patch::Patch = serde_json::from_value(operations.clone()).expect("a patch");
    let splices = yaml::edit(text, &documents[0], &patch.0)?;
    Ok(yaml::splice(text, &splices))
}

/// Applies operations; tells the place and the reason if that fails.
#[track_caller]
fn check(text: &str, operations: Value, expected: &str) {
    match edited(text, &operations) {
        Ok(new) => assert_eq!(new, expected),
        Err(error) => panic!("{error}"),
    }
}

fn add(path: &str, value: Value) -> Value {
    json!([{"op": "add", "path": path, "value": value}])
}

fn set(path: &str, value: Value) -> Value {
    json!([{"op": "replace", "path": path, "value": value}])
}

fn remove(path: &str) -> Value {
    json!([{"op": "remove", "path": path}])
}

/// Named tests, one per edit.
macro_rules! cases {
    ($($name:ident: $text:expr, $operations:expr => $expected:expr;)*) => {
        $(#[test] fn $name() { check($text, $operations, $expected); })*
    };
}

// New entries of mappings.
cases! {
    entry_at_the_end: "a: 1\nb: 2\n", add("/c", json!("x")) => "a: 1\nb: 2\nc: x\n";
    entry_without_final_break: "a: 1", add("/c", json!("x")) => "a: 1\nc: x";
    entry_after_comment: "a: 1 # one\n# end\n", add("/c", json!(2)) => "a: 1 # one\nc: 2\n# end\n";
    entry_in_crlf: "a:\r\n  b: 1\r\nz: 2\r\n", add("/a/c", json!({"d": 1})) => "a:\r\n  b: 1\r\n  c:\r\n    d: 1\r\nz: 2\r\n";
    entry_nested: "a:\n  b: 1\n", add("/a/c", json!({"d": {"e": "f"}})) => "a:\n  b: 1\n  c:\n    d:\n      e: f\n";
    entry_wide: "a:\n    b: 1\n", add("/c", json!({"d": 1})) => "a:\n    b: 1\nc:\n    d: 1\n";
    entry_before_document_end: "a: 1\n...\n---\nb: 1\n", add("/c", json!(2)) => "a: 1\nc: 2\n...\n---\nb: 1\n";
    entry_before_next_document: "a: 1\n---\nb: 1\n", add("/c", json!(2)) => "a: 1\nc: 2\n---\nb: 1\n";
    entry_in_item: "- a: 1\n- b: 2\n", add("/0/c", json!(2)) => "- a: 1\n  c: 2\n- b: 2\n";
    entry_in_nested_item: "- - a: 1\n  - b\n", add("/0/0/c", json!(2)) => "- - a: 1\n    c: 2\n  - b\n";
    entry_after_empty: "a:\n", add("/c", json!(2)) => "a:\nc: 2\n";
    entry_after_literal: "a: |\n  x\n\nb: 1\n", add("/c", json!(2)) => "a: |\n  x\n\nb: 1\nc: 2\n";
    entry_after_kept_lines: "m:\n  a: |+\n    x\n\n\nn: 1\n", add("/m/c", json!(2)) => "m:\n  a: |+\n    x\n\n\n  c: 2\nn: 1\n";
    entry_after_kept_lines_at_end: "a: |+\n  x\n\n", add("/c", json!(2)) => "a: |+\n  x\n\nc: 2\n";
    entry_before_open_literal: "a: |\n  x", add("/c", json!(2)) => "c: 2\na: |\n  x";
    entry_before_open_literal_in_item: "- a: 1\n  b: |\n    x", add("/0/c", json!(2)) => "- c: 2\n  a: 1\n  b: |\n    x";
    entry_after_stripped_literal: "a: |-\n  x", add("/c", json!(2)) => "a: |-\n  x\nc: 2";
    entry_after_multi_line_plain: "a: x\n  y\n", add("/c", json!(2)) => "a: x\n  y\nc: 2\n";
    entry_key_quoted: "a: 1\n", add("/yes", json!(2)) => "a: 1\n\"yes\": 2\n";
    entry_key_odd: "a: 1\n", add("/x: y", json!(2)) => "a: 1\n\"x: y\": 2\n";
    entry_key_annotation: "a: 1\n", add("/metallb.io~1address-pool", json!("p")) => "a: 1\nmetallb.io/address-pool: p\n";
    entry_after_byte_order_mark: "\u{feff}a: 1\n", add("/c", json!(2)) => "\u{feff}a: 1\nc: 2\n";
    entry_in_empty: "a: {} # none\nb: 1\n", add("/a/c", json!(2)) => "a: # none\n  c: 2\nb: 1\n";
    entry_in_empty_item: "- {} # none\n- 1\n", add("/0/c", json!({"d": 2})) => "- c: # none\n    d: 2\n- 1\n";
    entry_in_flow: "a: {b: 1}\n", add("/a/c", json!("x")) => "a: {b: 1, c: x}\n";
    entry_in_spaced_flow: "a: { b: 1 }\n", add("/a/c", json!("x")) => "a: { b: 1, c: x }\n";
    entry_in_flow_trailing_comma: "a: {b: 1,}\n", add("/a/c", json!("x")) => "a: {b: 1, c: x,}\n";
    entry_in_flow_lines: "a: {\n  b: 1, # one\n  c: 2 # two\n}\n", add("/a/d", json!(3))
        => "a: {\n  b: 1, # one\n  c: 2, # two\n  d: 3\n}\n";
    entry_in_flow_lines_trailing_comma: "a: {\n  b: 1, # one\n}\n", add("/a/d", json!({"e": 1}))
        => "a: {\n  b: 1, # one\n  d: {e: 1},\n}\n";
    two_entries_and_a_child: "a:\n  b: 1\n",
        json!([{"op": "add", "path": "/a/c", "value": 1}, {"op": "add", "path": "/d", "value": 2}, {"op": "add", "path": "/e", "value": 3}])
        => "a:\n  b: 1\n  c: 1\nd: 2\ne: 3\n";
    existing_entry_is_replaced: "a: 1 # c\n", add("/a", json!(2)) => "a: 2 # c\n";
    test_is_passed_over: "a: 1\n", json!([{"op": "test", "path": "/a", "value": 7}, {"op": "add", "path": "/b", "value": 2}]) => "a: 1\nb: 2\n";
}

// JSON.
cases! {
    json_compact: "{\"a\":1,\"b\":[1,2]}", add("/c", json!({"d": [1, "x"]})) => "{\"a\":1,\"b\":[1,2],\"c\":{\"d\":[1,\"x\"]}}";
    json_spaced: "{\"a\": {\"b\": 1}}", add("/a/c", json!("x")) => "{\"a\": {\"b\": 1, \"c\": \"x\"}}";
    json_pretty: "{\n  \"a\": {\n    \"b\": 1\n  }\n}\n", add("/a/c", json!({"d": [1, {}]}))
        => "{\n  \"a\": {\n    \"b\": 1,\n    \"c\": {\n      \"d\": [\n        1,\n        {}\n      ]\n    }\n  }\n}\n";
    json_pretty_empty: "{\n    \"a\": {}\n}\n", add("/a/c", json!("x")) => "{\n    \"a\": {\n        \"c\": \"x\"\n    }\n}\n";
    json_empty: "{}", add("/a", json!("x")) => "{\"a\": \"x\"}";
    json_number_to_string: "{\"a\":1}", set("/a", json!("word")) => "{\"a\":\"word\"}";
    json_null_to_object: "{\"a\":null}", set("/a", json!({"b": "c"})) => "{\"a\":{\"b\":\"c\"}}";
    json_remove_first: "{\"a\":1,\"b\":2}", remove("/a") => "{\"b\":2}";
    json_remove_last: "{\"a\":1, \"b\":2}", remove("/b") => "{\"a\":1}";
    json_remove_only: "{\"a\": {\"b\": 1}}", remove("/a/b") => "{\"a\": {}}";
    json_remove_pretty: "{\n  \"a\": 1,\n  \"b\": 2\n}\n", remove("/b") => "{\n  \"a\": 1\n}\n";
    json_append: "{\"a\":[\"x\"]}", add("/a/-", json!("y")) => "{\"a\":[\"x\",\"y\"]}";
    json_escapes: "{\"a\":\"\\/\\ud83d\\ude00\"}", set("/a", json!("/😀\u{1}\"")) => "{\"a\":\"/😀\\u0001\\\"\"}";
    json_untouched_escapes: "{\"a\":\"\\/\\ud83d\\ude00\",\"b\":1}", set("/b", json!(2)) => "{\"a\":\"\\/\\ud83d\\ude00\",\"b\":2}";
}

// Sequences.
cases! {
    item_compact: "a:\n- x\nb: 1\n", add("/a/-", json!("w")) => "a:\n- x\n- w\nb: 1\n";
    item_indented: "a:\n  - x # c\nb: 1\n", add("/a/-", json!({"k": 1, "l": [2]})) => "a:\n  - x # c\n  - k: 1\n    l:\n      - 2\nb: 1\n";
    items_in_order: "a:\n- x\n", json!([{"op": "add", "path": "/a/-", "value": 1}, {"op": "add", "path": "/a/-", "value": 2}]) => "a:\n- x\n- 1\n- 2\n";
    item_in_empty: "a: [] # none\n", add("/a/-", json!("w")) => "a: # none\n- w\n";
    item_in_empty_indented: "a: []\nb:\n  - 1\n", add("/a/-", json!("w")) => "a:\n  - w\nb:\n  - 1\n";
    item_in_flow: "a: [x]\n", add("/a/-", json!("y z")) => "a: [x, \"y z\"]\n";
    item_inserted: "a:\n# about x\n- x\n- z\n", add("/a/1", json!("w")) => "a:\n# about x\n- x\n- w\n- z\n";
    item_inserted_nested: "- - b\n", add("/0/0", json!("a")) => "- - a\n  - b\n";
    item_inserted_flow: "a: [x, z]\n", add("/a/1", json!("w")) => "a: [x, w, z]\n";
    item_removed: "a:\n- x # one\n- y\n", remove("/a/0") => "a:\n- y\n";
    item_removed_last: "a:\n- x\n- y", remove("/a/1") => "a:\n- x\n";
    item_removed_only: "a: # c\n- x\nb: 1\n", remove("/a/0") => "a: [] # c\nb: 1\n";
    item_removed_nested: "- - a\n  - b\n", remove("/0/0") => "- - b\n";
    item_removed_flow: "a: [x, y, z]\n", remove("/a/1") => "a: [x, z]\n";
    item_removed_flow_lines: "a: [\n  x, # one\n  y\n]\n", remove("/a/1") => "a: [\n  x\n]\n";
    item_empty: "a:\n-\n- y\n", set("/a/0", json!("x")) => "a:\n- x\n- y\n";
    item_empty_to_mapping: "-\n- y\n", set("/0", json!({"a": 1, "b": 2})) => "- a: 1\n  b: 2\n- y\n";
    item_to_mapping: "- x # c\n", set("/0", json!({"a": 1, "b": 2})) => "- a: 1 # c\n  b: 2\n";
    item_mapping_to_scalar: "- a: 1\n  b: 2\n- c\n", set("/0", json!("x")) => "- x\n- c\n";
    items_paired: "a:\n- 1 # one\n- 2 # two\n- 3\n", set("/a", json!([1, 5, 3])) => "a:\n- 1 # one\n- 5 # two\n- 3\n";
    items_fewer: "a:\n- 1\n- 2 # two\n- 3\n", set("/a", json!([1, 3])) => "a:\n- 1\n- 3\n";
    items_more: "a:\n- 1 # one\n- 3\n", set("/a", json!([1, 2, 3])) => "a:\n- 1 # one\n- 2\n- 3\n";
}

// Removed entries.
cases! {
    entry_removed: "a: 1\nb: 2 # two\nc: 3\n", remove("/b") => "a: 1\nc: 3\n";
    entry_removed_first: "a: 1\nb: 2\n", remove("/a") => "b: 2\n";
    entry_removed_at_end: "a: 1\nb: 2", remove("/b") => "a: 1\n";
    entry_removed_only: "a: # c\n  b: 1\nz: 1\n", remove("/a/b") => "a: {} # c\nz: 1\n";
    entry_removed_after_dash: "- a: 1\n  b: 2\n", remove("/0/a") => "- b: 2\n";
    entry_removed_after_dash_comment: "- a: 1\n  # about b\n  b: 2\n", remove("/0/a") => "-\n  # about b\n  b: 2\n";
    entry_removed_block: "a:\n  b: |\n    x\n\n    y\nc: 1\n", remove("/a") => "c: 1\n";
    entry_removed_crlf: "a: 1\r\nb: 2\r\nc: 3\r\n", remove("/b") => "a: 1\r\nc: 3\r\n";
    entries_removed_and_added: "a: 1\nb: 2\n", json!([{"op": "remove", "path": "/a"}, {"op": "remove", "path": "/b"}, {"op": "add", "path": "/c", "value": 3}]) => "c: 3\n";
    entry_removed_child_added: "a:\n  b: 1\n  c: 2\n", json!([{"op": "remove", "path": "/a/c"}, {"op": "add", "path": "/d", "value": 3}]) => "a:\n  b: 1\nd: 3\n";
}

// Scalars and their style.
cases! {
    style_single: "a: 'x' # c\n", set("/a", json!("it's")) => "a: 'it''s' # c\n";
    style_double: "a: \"x\"\n", set("/a", json!("y")) => "a: \"y\"\n";
    style_double_number: "vlan: \"20\"\n", set("/vlan", json!("30")) => "vlan: \"30\"\n";
    style_plain: "a: x\n", set("/a", json!("y-1.z")) => "a: y-1.z\n";
    style_plain_unsafe: "a: x\n", set("/a", json!("no")) => "a: \"no\"\n";
    style_plain_address: "a: 172.17.0.80\n", set("/a", json!("172.27.0.80")) => "a: 172.27.0.80\n";
    style_plain_range: "- 172.17.0.80-172.17.0.90\n", set("/0", json!("172.27.0.80-172.27.0.90")) => "- 172.27.0.80-172.27.0.90\n";
    style_plain_cidr: "a: 172.17.0.0/24\n", set("/a", json!("172.27.0.0/24")) => "a: 172.27.0.0/24\n";
    style_plain_ipv6: "a: fd00:aaaa::80\n", set("/a", json!("fd00:bbbb::80")) => "a: fd00:bbbb::80\n";
    style_plain_ipv6_in_flow: "a: [fd00:aaaa::80]\n", set("/a/0", json!("fd00:bbbb::80")) => "a: [\"fd00:bbbb::80\"]\n";
    style_plain_sexagesimal: "a: fd00::1\n", set("/a", json!("12:30:45")) => "a: \"12:30:45\"\n";
    style_number: "vlan: 20 # c\n", set("/vlan", json!(30)) => "vlan: 30 # c\n";
    style_number_to_string: "vlan: 20\n", set("/vlan", json!("30")) => "vlan: \"30\"\n";
    style_float: "a: 1.5\n", set("/a", json!(1e21)) => "a: 1.0e+21\n";
    style_spacing: "key:    value   # comment\n", set("/key", json!("other")) => "key:    other   # comment\n";
    style_absent: "key: # comment\n", set("/key", json!("v")) => "key: v # comment\n";
    style_null_to_object: "key: ~ # comment\nb: 1\n", set("/key", json!({"c": {"d": 1}})) => "key: # comment\n  c:\n    d: 1\nb: 1\n";
    style_absent_to_object: "key: # comment\nb: 1\n", set("/key", json!({"c": 1})) => "key: # comment\n  c: 1\nb: 1\n";
    style_literal: "a: |\n    one\n    two\nb: 1\n", set("/a", json!("one\n\nthree\n")) => "a: |\n    one\n\n    three\nb: 1\n";
    style_literal_strip: "a: | # c\n  one\n", set("/a", json!("one")) => "a: |- # c\n  one\n";
    style_literal_indicator: "a: |\n  one\n", set("/a", json!("  one\ntwo\n")) => "a: |2\n    one\n  two\n";
    style_literal_crlf: "a: |\r\n  one\r\n  two\r\n", set("/a", json!("one\nthree\n")) => "a: |\r\n  one\r\n  three\r\n";
    style_literal_open: "a: |\n  one", set("/a", json!("two")) => "a: |\n  two";
    style_literal_impossible: "a: | # c\n  one\n", set("/a", json!("\u{1}\n")) => "a: \"\\u0001\\n\" # c\n";
    style_folded: "a: >-\n  one two\n  172.17.0.1 x\n\n  y\n", set("/a", json!("one two 172.27.0.1 x\ny")) => "a: >-\n  one two\n  172.27.0.1 x\n\n  y\n";
    style_plain_lines: "a: one two\n  172.17.0.1 x\n", set("/a", json!("one two 172.27.0.1 x")) => "a: one two\n  172.27.0.1 x\n";
    style_single_lines: "a: 'it''s\n  172.17.0.1'\n", set("/a", json!("it's 172.27.0.1")) => "a: 'it''s\n  172.27.0.1'\n";
    style_double_lines: "a: \"one\n  two\\u0021 x\"\n", set("/a", json!("ONE two! x")) => "a: \"ONE\n  two\\u0021 x\"\n";
    style_words: "a: -A 172.17.0.1 -B\n", set("/a", json!("-A 172.27.0.1 -B")) => "a: -A 172.27.0.1 -B\n";
    style_words_unsafe: "a: x y\n", set("/a", json!("x: y")) => "a: \"x: y\"\n";
    style_scalar_to_sequence: "a: x # c\nb: 1\n", set("/a", json!(["y", {"k": 1}])) => "a: # c\n- \"y\"\n- k: 1\nb: 1\n";
    style_mapping_to_scalar: "a: # c\n  b: 1 # d\nz: 1\n", set("/a", json!("x")) => "a: x # c\nz: 1\n";
    style_sequence_to_mapping: "a:\n- x\nz: 1\n", set("/a", json!({"b": 1})) => "a:\n  b: 1\nz: 1\n";
    style_mapping_smallest_change: "a:\n  b: 1 # c\n  d: 'e'\n", set("/a", json!({"d": "f", "b": 1, "g": 2})) => "a:\n  b: 1 # c\n  d: 'f'\n  g: 2\n";
    style_quoted_key: "\"a b\": x\n'c': y\n", set("/a b", json!("z")) => "\"a b\": z\n'c': y\n";
    style_unicode: "ключ: é\n", set("/ключ", json!("ü😀\u{2028}")) => "ключ: \"ü😀\\u2028\"\n";
    style_equal_stays: "a: 0x10\nb: \"\\u0041\"\n", json!([{"op": "replace", "path": "/a", "value": 16}, {"op": "replace", "path": "/b", "value": "A"}]) => "a: 0x10\nb: \"\\u0041\"\n";
}

#[test]
fn an_item_of_a_list_is_edited_where_it_stands() {
    let text = "kind: List\nitems:\n- a: 1\n  b: |\n    x\n- a: 2\n";
    let documents = yaml::parse(text).expect("a list");
    let item = &documents[0].get("items").expect("items").items()[0];
    let patch: json_patch::Patch = serde_json::from_value(add("/c", json!({"d": 1}))).expect("a patch");
    let splices = yaml::edit(text, item, &patch.0).expect("an edit");
    assert_eq!(
        yaml::splice(text, &splices),
        "kind: List\nitems:\n- a: 1\n  b: |\n    x\n  c:\n    d: 1\n- a: 2\n"
    );
}

#[test]
fn an_item_loses_its_first_key_where_it_stands() {
    let text = "items:\n- # note\n  a: 1\n  # about b\n  b: 2\n- a: 1\n  b: 2\n";
    let documents = yaml::parse(text).expect("a list");
    let patch: json_patch::Patch = serde_json::from_value(remove("/a")).expect("a patch");
    let items = documents[0].get("items").expect("items").items();
    let edits: Vec<_> = items.iter().map(|item| yaml::edit(text, item, &patch.0).expect("an edit")).collect();
    // In any order: they are put into that of the text.
    let splices = yaml::Splices::merged(text, edits.iter().rev()).expect("edits of two items");
    assert_eq!(yaml::splice(text, &splices), "items:\n- # note\n  # about b\n  b: 2\n- b: 2\n");
}
