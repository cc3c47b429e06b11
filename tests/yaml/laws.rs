//! The laws as properties of generated documents and edits.

use std::cell::Cell;

use json_patch::Patch;
use multi_rhoso::yaml::{self, Splices};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::json;

use crate::generate;
use crate::held::{Outcome, edit_obeys, readers_agree, spans_hold, untouched_is_untouched};
use crate::oracle;

pub(crate) fn config() -> Config {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(1500);
    Config { cases, failure_persistence: None, ..Config::default() }
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
    let strategy = (generate::text(), prop::collection::vec(generate::choice(), 1..4));
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
    let strategy = (generate::json_text(), generate::choice());
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
    let strategy = (generate::text(), generate::choice());
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
