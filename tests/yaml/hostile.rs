//! Input that means harm: it is read or refused, soon, without a crash.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use multi_rhoso::yaml;
use serde_json::json;

/// Generous: what is slow here takes minutes.
const SOON: Duration = Duration::from_mins(1);

#[track_caller]
fn refused(text: &str, expected: &str) {
    let start = Instant::now();
    let error = yaml::parse(text).expect_err("an error").to_string();
    assert!(error.contains(expected), "{error}");
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
}

#[track_caller]
fn edited(text: &str) {
    let start = Instant::now();
    let documents = yaml::parse(text).expect("a text");
    let patch = serde_json::from_value::<json_patch::Patch>(
        json!([{"op": "add", "path": "/new", "value": {"a": "b"}}]),
    );
    let splices = yaml::edit(text, &documents[0], &patch.expect("a patch").0).expect("an edit");
    assert_eq!(splices.len(), 1);
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
}

#[test]
fn depth_is_limited() {
    let many = 100_000;
    refused(&"[".repeat(many), "nest");
    refused(&("[".repeat(many) + &"]".repeat(many)), "nest");
    refused(&"{a: ".repeat(many), "nest");
    refused(&"{\"a\":".repeat(many), "nest");
    refused(&("{\"a\":".repeat(many) + "1" + &"}".repeat(many)), "nest");
    refused(&"- ".repeat(many), "nest");
    let mut text = String::new();
    for depth in 0..2000 {
        writeln!(text, "{:depth$}a:", "").expect("a string");
    }
    refused(&text, "nest");
}

#[test]
fn a_depth_below_the_limit_is_read() {
    let depth = yaml::MAX_DEPTH - 1;
    assert!(yaml::parse(&("[".repeat(depth) + "1" + &"]".repeat(depth))).is_ok());
    assert!(yaml::parse(&("- ".repeat(depth) + "1\n")).is_ok());
    assert!(yaml::parse(&("x: ".to_owned() + &"[".repeat(depth - 1) + "a" + &"]".repeat(depth - 1))).is_ok());
}

/// A line of nine values, and lines of nine aliases of the line before.
fn alias_bomb(levels: usize) -> String {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..levels {
        let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
        writeln!(text, "a{level}: &a{level} [{aliases}]").expect("a string");
    }
    text
}

#[test]
fn alias_bombs_are_refused() {
    edited(&alias_bomb(5));
    refused(&alias_bomb(60), "aliases up to here stand for more than");
    let mut text = "a0: &a0 [x]\n".to_owned();
    for level in 1..1000 {
        writeln!(text, "a{level}: &a{level} [*a{}]", level - 1).expect("a string");
    }
    refused(&text, "nests deeper");
}

#[test]
fn nested_anchors_are_limited() {
    let mut text = String::new();
    for level in 0..100 {
        write!(text, "&a{level} [").expect("a string");
    }
    refused(&(text + &"]".repeat(100)), "anchors nest");
}

#[test]
fn huge_scalars_are_read() {
    let word = "x".repeat(10_000_000);
    edited(&format!("a: {word}\n"));
    edited(&format!("a: '{word}'\n"));
    edited(&format!("a: \"{word}\\n\"\n"));
    edited(&format!("a: |\n  {word}\n"));
    edited(&format!("{{\"a\": \"{word}\"}}"));
    edited(&format!("a: {}\n", "9".repeat(1_000_000)));
    edited(&format!("a: |\n{}b: 1\n", "  x\n".repeat(1_000_000)));
    edited(&format!("a: 1{}\nb: 1\n", "\n".repeat(5_000_000)));
}

#[test]
fn many_small_things_are_read() {
    let mut text = String::new();
    for index in 0..100_000 {
        writeln!(text, "k{index}: v").expect("a string");
    }
    edited(&text);
    let items = vec!["[]"; 50_000].join(",");
    edited(&format!("{{\"a\":[{items}]}}"));
    edited(&format!("a: [{items}, x]\n"));
}

#[test]
fn broken_texts_are_refused() {
    let pieces = [
        "a: \"x",
        "a: 'x",
        "{",
        "[",
        "a: [}",
        "a: |\n x\n  y\nz",
        "- a\nb",
        "&",
        "*",
        "!",
        "%",
        "@x",
        "`x",
        "a:\n  - b\n c",
        "---\n%",
        "\"\\u12\"",
        "a: !<",
        "? ? ?",
        "{\"a\"",
        "{\"a\":1,}x",
    ];
    for first in pieces {
        for second in pieces {
            // Some pairs happen to be YAML; none may crash.
            let _ = yaml::parse(&format!("{first}{second}"));
            let _ = yaml::parse(&format!("{first}\n{second}\n"));
        }
        assert!(yaml::parse(&format!("k: 1\n{first} \u{1}")).is_err());
    }
}
