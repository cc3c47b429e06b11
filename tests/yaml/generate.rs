//! Documents by chance: a tree with a way to write each node.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::choice::{self, Choice};
use crate::print::block;

/// A node and how it is written.
#[derive(Debug, Clone)]
pub(crate) enum Piece {
    /// On one line, as it stands.
    Inline(&'static str),
    /// A header and lines.
    Block(&'static str, Vec<&'static str>),
    /// A scalar over several lines; the lines after the first are indented.
    Lines(&'static [&'static str]),
    /// Entries, one per line.
    Mapping(Vec<Entry>),
    /// Items, one per line.
    Sequence(Vec<Entry>),
    /// `{…}` or `[…]` over one line or more.
    Flow(bool, bool, Vec<(&'static str, &'static str)>),
}

/// A child of a block collection, with what stands around it.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) gap: &'static str,
    pub(crate) key: &'static str,
    pub(crate) comment: &'static str,
    pub(crate) value: Piece,
}

/// How a document is laid out.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    pub(crate) step: usize,
    pub(crate) sequence_step: usize,
    pub(crate) before: &'static str,
    pub(crate) after: &'static str,
    pub(crate) crlf: bool,
    pub(crate) final_break: bool,
}

const KEYS: [&str; 9] = ["a", "b", "name", "metallb.io/pool", "\"q k\"", "'s'", "on", "x-y", "20"];

fn inline() -> impl Strategy<Value = Piece> {
    prop::sample::select(vec![
        "",
        "~",
        "null",
        "1",
        "0123",
        "-7",
        "1.5",
        "1e3",
        "true",
        "yes",
        "word",
        "two words",
        "172.17.0.80",
        "172.17.0.0/24",
        "fd00::1",
        "http://a:80/x",
        "'single'",
        "'it''s'",
        "\"double\"",
        "\"a\\tb\\u00e9\"",
        "é",
        "{}",
        "[]",
        "x#y",
        "2001-01-01",
        "20g",
        ".inf",
        "!!str 1",
        "a: b?",
        "\"\"",
        "''",
    ])
    .prop_filter("no nested mapping on one line", |text| *text != "a: b?")
    .prop_map(Piece::Inline)
}

fn block_scalar() -> impl Strategy<Value = Piece> {
    let headers = vec!["|", "|-", "|+", ">", ">-", "| # note", "|2"];
    let lines =
        prop::sample::select(vec!["one two", "", "  deeper", "key: value", "# no comment", "172.17.0.1 x"]);
    (prop::sample::select(headers), prop::collection::vec(lines, 1..4)).prop_map(|(header, mut lines)| {
        // The first line decides the indentation.
        lines.insert(0, "first line");
        Piece::Block(header, lines)
    })
}

fn several_lines() -> impl Strategy<Value = Piece> {
    const TEXTS: [&[&str]; 4] = [
        &["plain one", "two 172.17.0.1"],
        &["\"double one", "two\""],
        &["'single", "", "it''s two'"],
        &["p", "q r"],
    ];
    prop::sample::select(TEXTS.to_vec()).prop_map(Piece::Lines)
}

fn flow() -> impl Strategy<Value = Piece> {
    let entry = (
        prop::sample::select(vec!["a", "\"b\"", "c"]),
        prop::sample::select(vec!["1", "x", "\"y\"", "{}", "[1, 2]", "null"]),
    );
    (any::<bool>(), any::<bool>(), prop::collection::vec(entry, 1..4)).prop_map(
        |(mapping, multi, mut entries)| {
            if mapping {
                entries.sort_by_key(|(key, _)| *key);
                entries.dedup_by_key(|(key, _)| *key);
            }
            Piece::Flow(mapping, multi, entries)
        },
    )
}

fn entry(value: impl Strategy<Value = Piece>) -> impl Strategy<Value = Entry> {
    let gaps = prop::sample::select(vec!["", "", "", "# before\n", "\n"]);
    let comments = prop::sample::select(vec!["", "", "  # after"]);
    (gaps, prop::sample::select(KEYS.to_vec()), comments, value)
        .prop_map(|(gap, key, comment, value)| Entry { gap, key, comment, value })
}

/// Everything.
fn leaf() -> BoxedStrategy<Piece> {
    prop_oneof![6 => inline(), 2 => block_scalar(), 1 => several_lines(), 2 => flow()].boxed()
}

/// What tools write.
fn simple_leaf() -> BoxedStrategy<Piece> {
    let lines = prop::sample::select(vec!["kind: X", "", "# no comment", "172.17.0.1 x", "  deeper"]);
    let block = (prop::sample::select(vec!["|", "|-", "|+"]), prop::collection::vec(lines, 1..4));
    let block = block.prop_map(|(header, mut lines)| {
        lines.insert(0, "first line");
        Piece::Block(header, lines)
    });
    prop_oneof![6 => inline(), 2 => block].boxed()
}

fn piece(leaf: BoxedStrategy<Piece>) -> impl Strategy<Value = Piece> {
    leaf.prop_recursive(4, 24, 4, |inner| {
        let entries = prop::collection::vec(entry(inner), 1..4).boxed();
        prop_oneof![
            3 => entries.clone().prop_map(|entries| Piece::Mapping(unique(entries))),
            2 => entries.prop_map(Piece::Sequence),
        ]
    })
}

fn unique(mut entries: Vec<Entry>) -> Vec<Entry> {
    entries.sort_by_key(|entry| entry.key);
    entries.dedup_by_key(|entry| entry.key);
    entries
}

fn layout() -> impl Strategy<Value = Layout> {
    let before = prop::sample::select(vec!["", "", "# top\n", "---\n", "a: first\n---\n"]);
    let after = prop::sample::select(vec!["", "", "# end\n", "...\n", "---\nb: last\n"]);
    (2..5_usize, any::<bool>(), before, after, prop::bool::weighted(0.2), prop::bool::weighted(0.8)).prop_map(
        |(step, wide, before, after, crlf, final_break)| {
            let sequence_step = if wide { step } else { 0 };
            Layout { step, sequence_step, before, after, crlf, final_break }
        },
    )
}

/// A text of one document or more, the last of which may be anything.
pub(crate) fn text() -> impl Strategy<Value = String> {
    text_of(leaf())
}

/// A text such as tools write, broken in a few places or not.
pub(crate) fn mutated_text() -> impl Strategy<Value = String> {
    let pieces = vec![
        " ", "  ", "-", "- ", ":", ": ", "#", " #", "'", "\"", "|", "|\n", "{", "}", "[", "]", "\n", "\n\n",
        "&", "*", "!", "?", ",", "x", "0", "\\", "---\n", "...", "%", "<<", "\t", "\r", "\u{85}", "\u{2028}",
        "\u{feff}", "é", "", "", "",
    ];
    let mutation = (any::<prop::sample::Index>(), 0..4_usize, prop::sample::select(pieces));
    (text_of(simple_leaf()), prop::collection::vec(mutation, 0..4)).prop_map(|(mut text, mutations)| {
        for (place, removed, inserted) in mutations {
            let start = place.index(text.len() + 1);
            let end = (start + removed).min(text.len());
            if text.is_char_boundary(start) && text.is_char_boundary(end) {
                text.replace_range(start..end, inserted);
            }
        }
        text
    })
}

fn text_of(leaf: BoxedStrategy<Piece>) -> impl Strategy<Value = String> {
    let root = prop::collection::vec(entry(piece(leaf)), 1..5);
    (layout(), root, any::<bool>()).prop_map(|(layout, entries, sequence)| {
        let mut text = layout.before.to_owned();
        let root = if sequence { Piece::Sequence(entries) } else { Piece::Mapping(unique(entries)) };
        block(&root, 0, &layout, &mut text);
        text.push_str(layout.after);
        if !layout.final_break && !layout.after.ends_with("...\n") {
            text.truncate(text.trim_end_matches('\n').len());
        }
        if layout.crlf { text.replace('\n', "\r\n") } else { text }
    })
}

/// JSON texts, compact and pretty.
pub(crate) fn json_text() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        json!(null),
        json!(1),
        json!(true),
        json!("x"),
        json!("é\n\"😀"),
        json!({}),
        json!([]),
    ]);
    let value = leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(Value::Array),
            prop::collection::btree_map("[a-d]", inner, 1..4)
                .prop_map(|map| map.into_iter().collect::<Value>()),
        ]
    });
    (value, any::<bool>(), any::<bool>()).prop_map(|(value, pretty, ended)| {
        let root = json!({"root": value, "tail": [1]});
        let text = if pretty { serde_json::to_string_pretty(&root) } else { serde_json::to_string(&root) };
        text.expect("a value") + if ended { "\n" } else { "" }
    })
}

/// An operation on whatever there is.
pub(crate) fn choice() -> impl Strategy<Value = Choice> {
    let (values, keys) =
        (prop::sample::select(choice::values()), prop::sample::select(choice::KEYS.to_vec()));
    (any::<usize>(), 0..8_usize, values, keys).prop_map(|(target, kind, value, key)| Choice {
        target,
        kind,
        value,
        key,
    })
}
