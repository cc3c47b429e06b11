//! The laws as properties of generated documents and edits.

use std::cell::Cell;

use json_patch::Patch;
use multi_rhoso::yaml::{self, Kind, Node, Splice, Splices};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::json;

use crate::choice::{self, Choice};
use crate::generate;
use crate::oracle;

pub(crate) fn config() -> Config {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(1500);
    Config { cases, failure_persistence: None, ..Config::default() }
}

/// Every byte outside the splices is the input's: deleting the splices from both texts leaves the same.
pub(crate) fn untouched_is_untouched(text: &str, new: &str, splices: &[Splice]) {
    let (mut old_rest, mut new_rest, mut copied) = (text, new, 0);
    for splice in splices {
        let kept = splice.range.start - copied;
        assert_eq!(old_rest[..kept], new_rest[..kept]);
        old_rest = &old_rest[kept + splice.range.len()..];
        new_rest = new_rest[kept..].strip_prefix(splice.text.as_str()).expect("the splice's text");
        copied = splice.range.end;
    }
    assert_eq!(old_rest, new_rest);
}

/// Spans lie in each other in order, and each scalar's span holds its text.
pub(crate) fn spans_hold(text: &str, node: &Node<'_>) {
    let mut end = node.span.start;
    let mut check = |child: &Node<'_>| {
        assert!(
            end <= child.span.start && child.span.end <= node.span.end,
            "{:?} in {:?}\n{text}",
            child.span,
            node.span
        );
        end = child.span.end;
    };
    match &node.kind {
        Kind::Sequence(items) => items.iter().for_each(&mut check),
        Kind::Mapping(entries) => entries.iter().for_each(|entry| {
            check(&entry.key);
            check(&entry.value);
        }),
        Kind::Scalar { text: decoded, .. } => {
            let raw = &text[node.span.clone()];
            assert!(raw.len() <= raw.trim_end_matches(' ').len() + 80);
            if node.style == yaml::Style::Plain && !raw.contains('\n') {
                assert_eq!(raw, decoded);
            }
        }
        Kind::Alias { name, .. } => assert_eq!(text[node.span.clone()], format!("*{name}")),
    }
    for child in node.items().iter().chain(node.entries().iter().map(|entry| &entry.value)) {
        if !matches!(node.kind, Kind::Alias { .. }) {
            spans_hold(text, child);
        }
    }
}

/// Edits one document of a text and holds the result against everything that is known of it; says whether
/// the edit was made.
pub(crate) fn edit_obeys(text: &str, choices: &[Choice]) -> Outcome {
    let documents = yaml::parse(text).expect("a generated text");
    let longest = documents.iter().enumerate().max_by_key(|(_, node)| node.span.len());
    let (index, root) = longest.expect("a document");
    let operations: Vec<_> = choices.iter().map(|choice| choice.operation(root)).collect();
    let patch: Patch = serde_json::from_value(operations.into_iter().collect()).expect("a patch");
    let splices = match yaml::edit(text, root, &patch.0) {
        Ok(splices) => splices,
        Err(error) => return Outcome::Refused(error.message),
    };
    let new = yaml::splice(text, &splices);
    untouched_is_untouched(text, &new, &splices);
    let new_documents = yaml::parse(&new).unwrap_or_else(|error| panic!("{error}\n{new}"));
    assert_eq!(documents.len(), new_documents.len(), "\n{text}\n{new}");
    for (position, (old_document, new_document)) in documents.iter().zip(&new_documents).enumerate() {
        let mut expected = old_document.to_value();
        if position == index {
            json_patch::patch(&mut expected, &patch.0).expect("a patch that fits");
        }
        assert_eq!(expected, new_document.to_value(), "{patch}\n{text}\n{new}");
    }
    if let Some(difference) = oracle::difference(&new, &new_documents) {
        panic!("{difference}\n{patch}\n{text}\n{new}");
    }
    Outcome::Made
}

/// What came of an edit.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Made,
    Refused(String),
}

impl Outcome {
    /// Whether the layer made splices, and found them wrong itself.
    fn is_surprise(&self) -> bool {
        matches!(self, Self::Refused(message) if message.contains("made safely") || message.contains("same text"))
    }
}

#[test]
fn generated_texts_read_as_libyaml_reads_them() {
    TestRunner::new(config())
        .run(&generate::text(), |text| {
            let documents = yaml::parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
            for document in &documents {
                spans_hold(&text, document);
            }
            prop_assert_eq!(oracle::difference(&text, &documents), None, "{}", text);
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn no_operations_make_no_splices() {
    TestRunner::new(config())
        .run(&generate::text(), |text| {
            for document in yaml::parse(&text).expect("a generated text") {
                prop_assert_eq!(yaml::edit(&text, &document, &[]), Ok(Splices::default()));
            }
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn edits_of_yaml_obey_the_laws() {
    let (made, tried, surprises) = (Cell::new(0), Cell::new(0), Cell::new(0));
    let strategy = (generate::text(), prop::collection::vec(choice::choice(), 1..4));
    TestRunner::new(config())
        .run(&strategy, |(text, choices)| {
            let outcome = edit_obeys(&text, &choices);
            made.set(made.get() + usize::from(outcome == Outcome::Made));
            surprises.set(surprises.get() + usize::from(outcome.is_surprise()));
            tried.set(tried.get() + 1);
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
    // A layer that refuses everything would obey too.
    assert!(made.get() * 2 > tried.get(), "{} of {} edits were made", made.get(), tried.get());
    assert!(surprises.get() * 100 <= tried.get(), "{} of {} edits went wrong", surprises.get(), tried.get());
}

#[test]
fn edits_of_json_obey_the_laws() {
    let strategy = (generate::json_text(), choice::choice());
    TestRunner::new(config())
        .run(&strategy, |(text, choice)| {
            let outcome = edit_obeys(&text, std::slice::from_ref(&choice));
            prop_assert_eq!(outcome, Outcome::Made, "{:?}\n{}", choice, text);
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn edits_are_idempotent() {
    let strategy = (generate::text(), choice::choice());
    TestRunner::new(config())
        .run(&strategy, |(text, choice)| {
            let documents = yaml::parse(&text).expect("a generated text");
            let operation = choice.operation(&documents[0]);
            if operation["op"] != "replace" {
                return Ok(());
            }
            let patch: Patch = serde_json::from_value([operation].into_iter().collect()).expect("a patch");
            let Ok(splices) = yaml::edit(&text, &documents[0], &patch.0) else { return Ok(()) };
            let new = yaml::splice(&text, &splices);
            let again = yaml::parse(&new).expect("an edited text");
            prop_assert_eq!(yaml::edit(&new, &again[0], &patch.0), Ok(Splices::default()), "{}", new);
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
}

/// A comment that only the reader of everything reads.
const TAB: &str = "#\t\n";

/// The reader of what tools write and the one of everything must not differ.
pub(crate) fn readers_agree(text: &str) {
    if text.starts_with('\u{feff}') {
        return;
    }
    let commented = format!("{TAB}{text}");
    match (yaml::parse(text), yaml::parse(&commented)) {
        (Ok(mut one), Ok(other)) => {
            one.iter_mut().for_each(shift);
            assert_eq!(one, other, "\n{text}");
        }
        (Err(_), Err(_)) => {}
        (one, other) => panic!("{one:?}\n{other:?}\n{text}"),
    }
}

/// Moves a tree behind the comment.
fn shift(node: &mut Node<'_>) {
    node.span = node.span.start + TAB.len()..node.span.end + TAB.len();
    match &mut node.kind {
        Kind::Sequence(items) => items.iter_mut().for_each(shift),
        Kind::Mapping(entries) => {
            for entry in entries {
                shift(&mut entry.key);
                shift(&mut entry.value);
            }
        }
        Kind::Alias { target, .. } => shift(std::rc::Rc::make_mut(target)),
        Kind::Scalar { .. } => {}
    }
}

#[test]
fn both_readers_read_the_same() {
    let config = Config { cases: config().cases * 4, ..config() };
    TestRunner::new(config)
        .run(&generate::mutated_text(), |text| {
            readers_agree(&text);
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
}

/// A collection that is long enough for its keys to be ordered before one is looked for.
fn long_text(count: usize) -> String {
    let list: Vec<String> = (0..count).map(|index| format!("- name: n{index}\n")).collect();
    let entries: Vec<String> =
        (0..count).map(|index| format!("  k{}: v{index}\n", index * 7 % 1009)).collect();
    format!("list:\n{}map:\n{}", list.concat(), entries.concat())
}

#[test]
fn long_collections_obey_the_laws() {
    let count = 100;
    let text = long_text(count);
    let documents = yaml::parse(&text).expect("a text");
    let runner = Config { cases: 200, ..config() };
    let chosen = (prop::collection::vec(0..4u8, count), prop::collection::vec(0..4u8, count));
    TestRunner::new(runner)
        .run(&chosen, |(items, keys)| {
            let items = items.iter().enumerate().rev().filter_map(|(index, choice)| match choice {
                0 => Some(json!({"op": "remove", "path": format!("/list/{index}")})),
                1 => Some(json!({"op": "replace", "path": format!("/list/{index}/name"), "value": "x"})),
                _ => None,
            });
            let keys = keys.iter().enumerate().filter_map(|(index, choice)| {
                let present = format!("/map/k{}", index * 7 % 1009);
                match choice {
                    0 => Some(json!({"op": "remove", "path": present})),
                    1 => Some(json!({"op": "replace", "path": present, "value": "x"})),
                    2 => Some(json!({"op": "add", "path": format!("/map/new{index}"), "value": index})),
                    _ => None,
                }
            });
            // What moves no item comes first.
            let (moving, still): (Vec<_>, _) =
                items.chain(keys).partition(|operation| operation["op"] == "remove");
            let patch: Patch =
                serde_json::from_value(still.into_iter().chain(moving).collect()).expect("a patch");
            let splices = yaml::edit(&text, &documents[0], &patch.0);
            let splices = splices.unwrap_or_else(|error| panic!("{error}\n{patch}"));
            let new = yaml::splice(&text, &splices);
            untouched_is_untouched(&text, &new, &splices);
            let mut expected = documents[0].to_value();
            json_patch::patch(&mut expected, &patch.0).expect("a patch that fits");
            prop_assert_eq!(yaml::parse(&new).expect("an edited text")[0].to_value(), expected);
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
}
