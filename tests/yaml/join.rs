//! Texts put together as one stream: each document keeps its value, for us and for the second reader.

use multi_rhoso::yaml;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::generate;
use crate::laws::config;
use crate::oracle;

fn joined(texts: &[&str]) -> Result<String, (usize, &'static str)> {
    let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
    yaml::joined(&texts).map_err(|error| (error.index, error.message))
}

#[test]
fn what_starts_and_ends_texts_does_not_run_into_others() {
    let cases: [(&[&str], &str); 10] = [
        (&["a: 1\n", "b: 2\n"], "a: 1\n---\nb: 2\n"),
        (&["a: 1", "b: 2"], "a: 1\n---\nb: 2"),
        (&["a: 1\r\n...", "b: 2\n"], "a: 1\r\n...\r\n---\nb: 2\n"),
        (&["---\na: 1\n", "---\nb: 2\n", "--- c\n"], "---\na: 1\n---\nb: 2\n--- c\n"),
        (&["a: 1\n", "\u{feff}b: 2\n"], "a: 1\n---\nb: 2\n"),
        (&["a: 1\n", "%YAML 1.1\n---\nb: 2\n"], "a: 1\n...\n%YAML 1.1\n---\nb: 2\n"),
        (&["a: 1\n...\n", "# c\n%YAML 1.1\n---\nb: 2\n"], "a: 1\n...\n# c\n%YAML 1.1\n---\nb: 2\n"),
        (&["a: |-\n  x", "b: 2\n"], "a: |-\n  x\n---\nb: 2\n"),
        (&["\n", "a: |\n  x", " \n", "\u{feff}"], "a: |\n  x"),
        (&["{\"a\": 1}", "{\"b\": 2}"], "{\"a\": 1}\n---\n{\"b\": 2}"),
    ];
    for (texts, expected) in cases {
        assert_eq!(joined(texts).as_deref(), Ok(expected), "{texts:?}");
    }
}

#[test]
fn what_would_change_is_refused() {
    let open = "its last value would gain a line break";
    for (texts, index, expected) in [
        (["a: |\n  x", "b: 2\n"], 0, open),
        (["a: 1\n", "b: >+\n  x"], 2, ""),
        (["a: >+\n  x", "b: 2\n"], 0, open),
        (["a: 1\n", "b: {\n"], 1, "cannot be read"),
    ] {
        match joined(&texts) {
            Ok(_) => assert_eq!(index, 2, "{texts:?}"),
            Err((found, message)) => {
                assert!(found == index && message.contains(expected), "{texts:?}: {found} {message}");
            }
        }
    }
}

#[test]
fn joined_texts_keep_their_documents() {
    let before = prop::sample::select(vec!["", "", "\u{feff}", "%YAML 1.1\n---\n", "# c\n", "---\n", "\n"]);
    let text = (before, generate::text()).prop_map(|(before, text)| {
        let starts = text.starts_with("---") || text.starts_with(['%', '\u{feff}']);
        if starts { text } else { format!("{before}{text}") }
    });
    TestRunner::new(Config { cases: config().cases, ..config() })
        .run(&prop::collection::vec(text, 2..4), |texts| {
            if texts.iter().any(|text| yaml::parse(text).is_err()) {
                return Ok(());
            }
            let Ok(stream) = yaml::joined(&texts) else { return Ok(()) };
            let theirs = |text: &str| {
                let mut documents = oracle::documents(text).unwrap_or_default();
                documents.retain(|document| !document.is_null());
                documents
            };
            let each: Vec<_> = texts.iter().flat_map(|text| theirs(text)).collect();
            prop_assert_eq!(theirs(&stream), each, "{:?}\n{}", texts, stream);
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
}
