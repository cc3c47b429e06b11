//! Edits that are refused: a text, a patch, and what the error says where.

use serde_json::{Value, json};

use crate::edits::edited;

#[track_caller]
fn refused(text: &str, operations: &Value, expected: &str) {
    match edited(text, operations) {
        Ok(new) => panic!("this was made:\n{new}"),
        Err(error) => assert!(error.to_string().contains(expected), "{error}"),
    }
}

macro_rules! cases {
    ($($name:ident: $text:expr, $operations:tt => $expected:expr;)*) => {
        $(#[test] fn $name() { refused($text, &json!($operations), $expected); })*
    };
}

cases! {
    alias: "a: &pool x\nb: *pool\n", [{"op": "replace", "path": "/b", "value": 1}]
        => "line 2, column 4: the value is an alias (*pool); write it out";
    through_alias: "a: &m {x: 1}\nb: *m\n", [{"op": "add", "path": "/b/y", "value": 1}] => "line 2, column 4: the value is an alias (*m)";
    anchored: "a: &m\n  x: 1\nb: *m\n", [{"op": "add", "path": "/a/y", "value": 1}] => "line 2, column 3: the value has an anchor";
    anchored_scalar: "a: &m 1\n", [{"op": "replace", "path": "/a", "value": 2}] => "line 1, column 7: the value has an anchor";
    anchored_inside: "a:\n  b: &m 1\nc: *m\n", [{"op": "remove", "path": "/a"}] => "line 2, column 9: the value has an anchor";
    tagged: "a: !!str 1\n", [{"op": "replace", "path": "/a", "value": "2"}] => "line 1, column 10: the value has a tag";
    through_scalar: "a: 1\n", [{"op": "add", "path": "/a/b", "value": 1}] => "leads through a value that has no children";
    missing_parent: "a: 1\n", [{"op": "add", "path": "/b/c", "value": 1}] => "\"/b/c\": there is nothing at this path";
    missing_target: "a: 1\n", [{"op": "replace", "path": "/b", "value": 1}] => "there is nothing at this path";
    missing_entry: "a: 1\n", [{"op": "remove", "path": "/b"}] => "there is nothing at this path";
    unknown_index: "a: [1]\n", [{"op": "replace", "path": "/a/1", "value": 1}] => "there is nothing at this path";
    far_index: "a: [1]\n", [{"op": "add", "path": "/a/3", "value": 1}] => "the sequence has fewer items";
    odd_index: "a: [1]\n", [{"op": "add", "path": "/a/01", "value": 1}] => "an item's index must be a number";
    root_removed: "a: 1\n", [{"op": "remove", "path": ""}] => "the root cannot be removed";
    moved_below: "a: 1\nb: {}\n", [{"op": "move", "from": "/a", "path": "/b/a"}] => "cannot move \"/a\" to \"/b/a\": a move can only give a key another name";
    moved_above: "a:\n  b: 1\n", [{"op": "move", "from": "/a/b", "path": "/b"}] => "cannot move \"/a/b\" to \"/b\": a move can only give a key another name";
    moved_item: "a: [1, 2]\n", [{"op": "move", "from": "/a/0", "path": "/a/1"}] => "a move can only give a key another name";
    moved_root: "a: 1\n", [{"op": "move", "from": "", "path": "/b"}] => "a move can only give a key another name";
    moved_from_nowhere: "a: 1\n", [{"op": "move", "from": "/b", "path": "/c"}] => "cannot move \"/b\" to \"/c\": there is nothing at this path";
    moved_onto_another: "a: 1\nb: 2\n", [{"op": "move", "from": "/a", "path": "/b"}] => "to \"/b\": there is a key of the new name already";
    moved_onto_one_that_goes: "a: 1\nb: 2\n", [{"op": "remove", "path": "/b"}, {"op": "move", "from": "/a", "path": "/b"}]
        => "there is a key of the new name already";
    moved_onto_one_that_moves: "a: 1\nb: 2\n", [{"op": "move", "from": "/b", "path": "/c"}, {"op": "move", "from": "/a", "path": "/b"}]
        => "there is a key of the new name already";
    moved_onto_a_new_one: "a: 1\n", [{"op": "add", "path": "/b", "value": 2}, {"op": "move", "from": "/a", "path": "/b"}]
        => "there is a key of the new name already";
    moved_to_one_name: "a: 1\nb: 2\n", [{"op": "move", "from": "/a", "path": "/c"}, {"op": "move", "from": "/b", "path": "/c"}]
        => "there is a key of the new name already";
    moved_twice: "a: 1\n", [{"op": "move", "from": "/a", "path": "/b"}, {"op": "move", "from": "/a", "path": "/c"}]
        => "cannot move \"/a\" to \"/c\": an operation before this one gives the key another name";
    moved_on: "a: 1\n", [{"op": "move", "from": "/a", "path": "/b"}, {"op": "move", "from": "/b", "path": "/c"}]
        => "cannot move \"/b\" to \"/c\": there is nothing at this path";
    moved_and_gone: "a: 1\nb: 2\n", [{"op": "remove", "path": "/a"}, {"op": "move", "from": "/a", "path": "/c"}] => "must be independent";
    gone_once_moved: "a: 1\nb: 2\n", [{"op": "move", "from": "/a", "path": "/c"}, {"op": "remove", "path": "/a"}]
        => "put what changes the key behind what changes its value";
    changed_once_moved: "a: {b: 1}\n", [{"op": "move", "from": "/a", "path": "/c"}, {"op": "replace", "path": "/a/b", "value": 2}]
        => "put what changes the key behind what changes its value";
    set_and_moved_below: "a: {b: 1}\n", [{"op": "replace", "path": "/a", "value": 2}, {"op": "move", "from": "/a/b", "path": "/a/c"}]
        => "must be independent";
    moved_anchored_key: "&k a: 1\n", [{"op": "move", "from": "/a", "path": "/b"}] => "line 1, column 4: the key has an anchor or a tag";
    moved_tagged_key: "!!str a: 1\n", [{"op": "move", "from": "/a", "path": "/b"}] => "line 1, column 7: the key has an anchor or a tag";
    moved_in_an_alias: "a: &m {x: 1}\nb: *m\n", [{"op": "move", "from": "/b/x", "path": "/b/y"}] => "the value is an alias (*m)";
    moved_in_an_anchor: "a: &m\n  x: 1\nb: *m\n", [{"op": "move", "from": "/a/x", "path": "/a/y"}] => "the value has an anchor";
    moved_in_a_pair_without_braces: "a: [b: c]\n", [{"op": "move", "from": "/a/0/b", "path": "/a/0/d"}] => "this pair in a sequence has no braces";
    copied: "a: 1\n", [{"op": "copy", "from": "/a", "path": "/b"}] => "copy is not supported";
    same_path: "a: 1\n", [{"op": "replace", "path": "/a", "value": 2}, {"op": "replace", "path": "/a", "value": 3}] => "must be independent";
    prefix_first: "a: {b: 1}\n", [{"op": "replace", "path": "/a", "value": 2}, {"op": "replace", "path": "/a/b", "value": 3}] => "must be independent";
    prefix_second: "a: {b: 1}\n", [{"op": "replace", "path": "/a/b", "value": 2}, {"op": "remove", "path": "/a"}] => "must be independent";
    same_new_key: "a: 1\n", [{"op": "add", "path": "/b", "value": 2}, {"op": "add", "path": "/b", "value": 3}] => "must be independent";
    moved_items: "a: [1, 2, 3]\n", [{"op": "remove", "path": "/a/0"}, {"op": "replace", "path": "/a/1", "value": 3}] => "order them from the last item";
    open_literal_item: "- |\n  x", [{"op": "add", "path": "/-", "value": 1}] => "line 1, column 3: the text ends in this block scalar";
    pair_without_braces: "a: [b: c]\n", [{"op": "add", "path": "/a/0/d", "value": 1}] => "line 1, column 5: this pair in a sequence has no braces";
}

#[test]
fn items_from_the_last_to_the_first_are_independent() {
    let operations = json!([{"op": "remove", "path": "/2"}, {"op": "replace", "path": "/1", "value": 5}, {"op": "remove", "path": "/0"}]);
    assert_eq!(edited("- 1\n- 2\n- 3\n", &operations).expect("an edit"), "- 5\n");
}

#[test]
fn a_new_value_without_end_is_refused() {
    let deep = (0..100).fold(json!(1), |value, _| json!([value]));
    refused("a: 1\n", &json!([{"op": "add", "path": "/b", "value": deep}]), "nests too deep");
}
