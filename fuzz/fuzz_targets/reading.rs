//! Any text: both readers agree, to the byte; spans hold; what is read is what libyaml reads.
#![no_main]
// Shared with the tests, which use more of it.
#![allow(dead_code)]

#[path = "../../tests/yaml/choice.rs"]
mod choice;
#[path = "../../tests/yaml/held.rs"]
mod held;
#[path = "../../tests/yaml/oracle.rs"]
mod oracle;

use libfuzzer_sys::fuzz_target;
use multi_rhoso::yaml;

fuzz_target!(|text: &str| {
    held::readers_agree(text);
    let Ok(documents) = yaml::parse(text) else { return };
    for document in &documents {
        held::spans_hold(text, document);
    }
    // A text that libyaml itself refuses harms nobody: so does who reads what we print.
    let difference =
        oracle::difference(text, &documents).filter(|said| !said.starts_with("libyaml refuses it"));
    assert_eq!(difference, None);
});
