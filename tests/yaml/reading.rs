//! What a text is read as: types, spans, documents, and errors with their place.

use std::fmt::Write as _;

use multi_rhoso::yaml::{self, Kind, Node, Style};
use serde_json::{Value, json};

fn value(text: &str) -> Value {
    yaml::parse(text).expect("a text")[0].to_value()
}

#[test]
fn plain_scalars_are_typed_as_go_types_them() {
    let cases = [
        ("~", json!(null)),
        ("null", json!(null)),
        ("NULL", json!(null)),
        ("nULL", json!("nULL")),
        ("true", json!(true)),
        ("True", json!(true)),
        ("FALSE", json!(false)),
        ("tRUE", json!("tRUE")),
        ("yes", json!("yes")),
        ("on", json!("on")),
        ("y", json!("y")),
        ("1", json!(1)),
        ("+1", json!(1)),
        ("-1", json!(-1)),
        ("0123", json!(83)),
        ("08", json!(8.0)),
        ("0o17", json!(15)),
        ("0x1F", json!(31)),
        ("-0x1F", json!(-31)),
        ("0b101", json!(5)),
        ("1_000", json!(1000)),
        ("1_000.5", json!(1000.5)),
        ("18446744073709551615", json!(u64::MAX)),
        ("-9223372036854775808", json!(i64::MIN)),
        ("18446744073709551616", json!(18_446_744_073_709_551_616.0)),
        ("1e400", json!("1e400")),
        ("1.5", json!(1.5)),
        (".5", json!(0.5)),
        ("1.", json!(1.0)),
        ("1e3", json!(1000.0)),
        ("-.5e-1", json!(-0.05)),
        (".inf", json!(".inf")),
        ("-.inf", json!("-.inf")),
        (".nan", json!(".nan")),
        (".", json!(".")),
        ("2001-01-01", json!("2001-01-01")),
        ("12:30:45", json!("12:30:45")),
        ("172.17.0.1", json!("172.17.0.1")),
        ("0x", json!("0x")),
        ("1e", json!("1e")),
        ("_1", json!("_1")),
        ("0xg", json!("0xg")),
        ("<<", json!("<<")),
        ("=", json!("=")),
        ("'1'", json!("1")),
        ("\"true\"", json!("true")),
        ("|\n 1", json!("1")),
        ("!!str 1", json!("1")),
        ("!!int '1'", json!(1)),
        ("!!float 1", json!(1)),
        ("!!null ''", json!(null)),
        ("!!merge <<", json!("<<")),
    ];
    for (text, expected) in cases {
        assert_eq!(value(&format!("k: {text}")), json!({"k": expected}), "{text}");
    }
    assert_eq!(value("k:"), json!({"k": null}));
}

fn span_of<'t>(text: &'t str, node: &Node<'_>) -> &'t str {
    &text[node.span.clone()]
}

/// The text of the value of the key `k`, and its style.
fn k(text: &str) -> (&str, Style) {
    let documents = yaml::parse(text).expect("a text");
    let node = documents[0].get("k").expect("the key k");
    (&text[node.span.clone()], node.style)
}

#[test]
fn spans_are_the_bytes_of_the_value() {
    let cases = [
        ("k: v # c\n", "v", Style::Plain),
        ("k: 'v' # c\n", "'v'", Style::SingleQuoted),
        ("k: \"v\"\n", "\"v\"", Style::DoubleQuoted),
        ("k: &a !!str v\n", "v", Style::Plain),
        ("k: # c\nz: 1\n", "", Style::Plain),
        ("k: x\n  y # c\n", "x\n  y", Style::Plain),
        ("k: | # c\n  x\n\n  y\n\n# c\n", "| # c\n  x\n\n  y", Style::Literal),
        ("k: >-\n  x\n\nz: 1\n", ">-\n  x", Style::Folded),
        ("k: |+\n  x\n\n\nz: 1\n", "|+\n  x\n\n", Style::Literal),
        ("k: |\nz: 1\n", "|", Style::Literal),
        ("k: |\r\n  x\r\nz: 1\r\n", "|\r\n  x", Style::Literal),
        ("k:\n  a: 1 # c\n  b: |\n    x\n\nz: 1\n", "a: 1 # c\n  b: |\n    x", Style::Block),
        ("k: # c\n- a\n-\nz: 1\n", "- a\n-", Style::Block),
        ("k: &a\n  - x # c\n", "- x", Style::Block),
        ("k: { a: 1 } # c\n", "{ a: 1 }", Style::Flow),
        ("{\"k\": [1, 2 ] }", "[1, 2 ]", Style::Flow),
    ];
    for (text, expected, style) in cases {
        assert_eq!(k(text), (expected, style), "{text}");
    }
}

/// What stands behind the last block scalar, with and without line breaks, is its value's as libyaml has it.
#[test]
fn a_block_scalar_at_the_end_is_read_as_libyaml_reads_it() {
    for header in ["|", "|-", "|+", ">", ">+", "|1"] {
        for lines in ["", "\n  a", "\n  a\n\n  b", "\n\n  a\n   b"] {
            for end in [
                "",
                "\n",
                "\n\n",
                " ",
                "\n ",
                "\n  ",
                "\n   ",
                "\n\n ",
                "\n\n  \n   ",
                "\n\n  \n    ",
                "\n # c",
            ] {
                let text = format!("k: {header}{lines}{end}");
                // Blanks alone, deeper than an indicator says, are a line to libyaml only.
                if header == "|1" && lines.is_empty() {
                    continue;
                }
                let Ok(documents) = yaml::parse(&text) else { continue };
                assert_eq!(crate::oracle::difference(&text, &documents), None, "{text:?}");
            }
        }
    }
}

#[test]
fn an_absent_value_stands_right_after_the_colon() {
    let text = "a: &x  # c\nb:   # d\n";
    let documents = yaml::parse(text).expect("a text");
    assert_eq!(documents[0].get("b").expect("b").span, 13..13);
    assert!(documents[0].get("a").expect("a").anchored);
}

#[test]
fn documents_are_told_apart() {
    for text in ["", "\n", "# only a comment\n", "---\n", "---\n---\n", "...\n", "\u{feff}"] {
        assert_eq!(yaml::parse(text), Ok(Vec::new()), "{text:?}");
    }
    let text = "%YAML 1.2\n---\na: 1\n...\n---\n---\nb: 2\n--- c\n";
    let documents = yaml::parse(text).expect("a stream");
    let spans: Vec<&str> = documents.iter().map(|node| span_of(text, node)).collect();
    assert_eq!(spans, ["a: 1", "b: 2", "c"]);
    assert_eq!(value("--- ~\n"), json!(null));
}

#[test]
fn a_byte_order_mark_is_tolerated() {
    assert_eq!(value("\u{feff}a: 1\n"), json!({"a": 1}));
    assert_eq!(value("\u{feff}{\"a\": 1}\n"), json!({"a": 1}));
    assert_eq!(value("\u{feff}- 1\n"), json!([1]));
}

#[test]
fn aliases_share_their_target() {
    let documents = yaml::parse("a: &x\n  b: 1\nc: *x\nd: [*x]\n").expect("a text");
    assert_eq!(documents[0].get("c").and_then(|c| c.get("b")).and_then(Node::text), Some("1"));
    let Kind::Alias { name, target } = &documents[0].get("c").expect("c").kind else { panic!("no alias") };
    assert_eq!((name.as_ref(), target.entries().len()), ("x", 1));
    assert_eq!(documents[0].to_value()["c"], json!("\u{0}alias x"));
}

#[test]
fn keys_keep_their_text() {
    assert_eq!(
        value("1: a\ntrue: b\n~: c\n'<<': d\n'q': e\n"),
        json!({"1": "a", "true": "b", "~": "c", "<<": "d", "q": "e"})
    );
}

#[test]
fn json_is_read_as_json() {
    let text = " {\"a\": [1, -0.5, 1e3, \"\\u00e9\\/\", true, null, {}], \"b\": {\"c\": []}}\n";
    assert_eq!(value(text), serde_json::from_str::<Value>(text).expect("JSON"));
    assert_eq!(value("{\"a\": 18446744073709551616}"), json!({"a": 18_446_744_073_709_551_616.0}));
    // What only looks like JSON is YAML.
    assert_eq!(value("{a: 1, \"b\":2, 'c': x,}"), json!({"a": 1, "b": 2, "c": "x"}));
    assert_eq!(value("[0123]"), json!([83]));
}

#[test]
fn many_keys_are_compared_too() {
    let mut text = String::new();
    for index in 0..100 {
        writeln!(text, "k{index}: 1").expect("a string");
    }
    assert!(yaml::parse(&text).is_ok());
    let error = yaml::parse(&format!("{text}k37: 2\n")).expect_err("a duplicate");
    assert_eq!(error.to_string(), "line 101, column 1: the key \"k37\" stands twice in this mapping");
}

/// What Go's readers read otherwise than YAML 1.2 has it, or each in a way of its own.
#[test]
fn what_readers_differ_on_is_refused() {
    let cases = [
        ("a: &x {b: 1}\nc:\n  <<: *x\n", "line 3, column 3: the merge key (<<)"),
        ("c: {<<: {b: 1}}\n", "line 1, column 5: the merge key (<<)"),
        ("!!merge <<: {b: 1}\n", "line 1, column 9: the merge key (<<)"),
        (
            "a: 1 # c\u{85}b: 2\n",
            "line 1, column 9: some YAML readers end the line at this character (U+0085)",
        ),
        ("a: b\u{2028}c\n", "line 1, column 5: some YAML readers end the line at this character (U+2028)"),
        ("a: |\n  b\u{2029}c\n", "line 2, column 4: some YAML readers end the line"),
        ("a: 'b\u{85}c'\n", "line 1, column 6: some YAML readers end the line"),
        ("a: 'x' # \u{2028}\n", "line 1, column 10: some YAML readers end the line"),
        ("\u{feff}\u{feff}a: 1\n", "line 1, column 2: a byte order mark"),
        ("a: 1\n---\n\u{feff}b: 1\n", "line 3, column 1: a BOM must not appear inside"),
        ("a: \u{feff}b\n", "line 1, column 4: a BOM must not appear inside"),
        ("a: ! 1\n", "line 1, column 6: YAML readers differ on what this tag makes of the value"),
        ("a: !foo 1\n", "line 1, column 9: YAML readers differ"),
        ("a: !!binary aGk=\n", "line 1, column 13: YAML readers differ"),
        ("a: !!timestamp 2001-12-14\n", "line 1, column 16: YAML readers differ"),
        ("a: !!set {b: null}\n", "line 1, column 10: YAML readers differ"),
        ("a: !foo\n- b\n", "line 2, column 3: YAML readers differ"),
        ("a: !!int x\n", "line 1, column 10: YAML readers differ"),
        ("a: !!int 1.5\n", "line 1, column 10: YAML readers differ"),
        ("a: !!bool yes\n", "line 1, column 11: YAML readers differ"),
        ("a: !!str {b: 1}\n", "line 1, column 10: YAML readers differ"),
        ("%TAG !! tag:example.com,2000:\n---\na: !!str 1\n", "line 3, column 10: YAML readers differ"),
    ];
    for (text, expected) in cases {
        let error = yaml::parse(text).expect_err(text).to_string();
        assert!(error.starts_with(expected), "{text:?}: {error}");
    }
}

#[test]
fn what_stands_in_quotes_is_a_text() {
    assert_eq!(value("a: \"b\\Lc\"\n'<<': 1\n"), json!({"a": "b\u{2028}c", "<<": 1}));
    assert_eq!(value("a: '\u{feff}'\n!!str <<: 1\n"), json!({"a": "\u{feff}", "<<": 1}));
}

#[test]
fn errors_tell_the_place() {
    let cases = [
        ("a: 1\nb: 2\na: 3\n", "line 3, column 1: the key \"a\" stands twice in this mapping"),
        (
            "{\"a\": 1,\n \"b\": 2, \"\\u0061\": 3}",
            "line 2, column 10: the key \"a\" stands twice in this mapping",
        ),
        ("? a\n: b\n", "line 1, column 1: the key of a mapping is not a simple scalar"),
        ("? a\n", "line 1, column 1: the key of a mapping is not a simple scalar"),
        ("{? a : b}", "line 1, column 2: the key of a mapping is not a simple scalar"),
        ("[a]: b\n", "line 1, column 1: the key of a mapping is not a simple scalar"),
        ("{{a: 1}: b}", "line 1, column 2: the key of a mapping is not a simple scalar"),
        ("a: &x 1\n*x : b\n", "line 2, column 1: the key of a mapping is not a simple scalar"),
        (": b\n", "line 1, column 1: the key of a mapping is not a simple scalar"),
        ("a: *x\n", "line 1, column 4: while parsing node, found unknown anchor"),
        ("a: &x [*x]\n", "line 1, column 8: the alias *x stands inside the node that it names"),
        ("é: \u{0}\n", "line 1, column 4: the control character U+0000 is not allowed"),
        ("a: \"\u{7}\"\n", "line 1, column 5: the control character U+0007 is not allowed"),
        ("a: b: c\n", "line 1, column 5: mapping values are not allowed in this context"),
        ("a: [1\nb: 2\n", "line 2, column 2: illegal placement of ':' indicator"),
        ("a:\n\tb: 1\n", "line 2, column"),
        ("\ta: 1\n", "line 1, column 2: the indentation holds a tab; write spaces"),
        ("a: {b:}\n", "line 1, column 6: YAML readers differ on a colon right before a bracket or comma"),
        ("a: \"\\q\"\n", "line 1, column 4: while parsing a quoted scalar, found unknown escape character"),
    ];
    for (text, expected) in cases {
        let error = yaml::parse(text).expect_err(text).to_string();
        assert!(error.starts_with(expected), "{text:?}: {error}");
        assert!(!error.contains('\n'));
    }
}
