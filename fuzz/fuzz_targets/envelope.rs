//! Any text as a list: what is printed has the list's other members as they were and the run's results; nothing is
//! printed only where the run failed and says why.
#![no_main]
// Shared with the tests, which use more of it.
#![allow(dead_code)]

#[path = "../../tests/suite/enveloped.rs"]
mod enveloped;

use libfuzzer_sys::fuzz_target;
use multi_rhoso::krm::{Source, SourceKind};
use multi_rhoso::run;

fuzz_target!(|text: &str| {
    let output = run::function(text);
    if output.texts.is_empty() {
        assert!(output.failed && !output.findings.is_empty());
        return;
    }
    let source = Source::parse(None, text).expect("what is printed was read");
    assert_eq!(source.kind, SourceKind::ResourceList);
    // A text that libyaml refuses, or that has no JSON, harms nobody.
    let Ok(before) = enveloped::read(text) else { return };
    if let Err(wrong) = enveloped::surrounds(&before, &output) {
        panic!("{wrong}");
    }
});
