//! What another reader sees, we see: texts with what readers differ on in them are read as libyaml reads them, or
//! refused. A text that libyaml itself refuses harms nobody: so does who reads what we print.

use std::cell::Cell;

use multi_rhoso::yaml;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::generate;
use crate::laws::config;
use crate::oracle;

/// What readers differ on, and what makes it harder to see.
const BAITS: [&str; 26] = [
    "\u{85}",
    "\u{2028}",
    "\u{2029}",
    "\u{feff}",
    " # c\u{85}k: v",
    " # c\u{2028}  k: v",
    "! ",
    "!foo ",
    "!!str ",
    "!!int ",
    "!!binary ",
    "!!merge ",
    "!!null ",
    "!!map ",
    "<<: ",
    "<<: *x\n",
    "\n<<: {k: v}\n",
    "&x ",
    "*x",
    "&x\n",
    "%TAG !! tag:example.com,2000:\n---\n",
    "\n---\n",
    "\n...\n",
    "\t",
    " #",
    "'",
];

fn baited() -> impl Strategy<Value = String> {
    let bait = (any::<prop::sample::Index>(), prop::sample::select(BAITS.to_vec()));
    (generate::text(), prop::collection::vec(bait, 1..4)).prop_map(|(mut text, baits)| {
        for (place, bait) in baits {
            let mut offset = place.index(text.len() + 1);
            while !text.is_char_boundary(offset) {
                offset -= 1;
            }
            text.insert_str(offset, bait);
        }
        text
    })
}

#[test]
fn baited_texts_are_read_as_libyaml_reads_them() {
    let (accepted, tried) = (Cell::new(0), Cell::new(0));
    TestRunner::new(Config { cases: config().cases * 4, ..config() })
        .run(&baited(), |text| {
            tried.set(tried.get() + 1);
            let Ok(documents) = yaml::parse(&text) else { return Ok(()) };
            accepted.set(accepted.get() + 1);
            let difference = oracle::difference(&text, &documents);
            let difference = difference.filter(|difference| !difference.starts_with("libyaml refuses it"));
            prop_assert_eq!(difference, None, "{:?}\n{}", text, text);
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
    // A reader that refuses everything would agree too.
    assert!(accepted.get() * 10 > tried.get(), "{} of {} texts were read", accepted.get(), tried.get());
}
