//! A text, and behind a NUL the bytes that choose operations: two appliers agree, untouched bytes stay, and the layer
//! never finds its own splices wrong.
#![no_main]
// Shared with the tests, which use more of it.
#![allow(dead_code)]

#[path = "../../tests/yaml/choice.rs"]
mod choice;
#[path = "../../tests/yaml/held.rs"]
mod held;
#[path = "../../tests/yaml/oracle.rs"]
mod oracle;

use choice::Choice;
use held::Outcome;
use libfuzzer_sys::fuzz_target;
use multi_rhoso::yaml;

/// As many operations as the properties make.
const MOST: usize = 3;

fn choices(bytes: &[u8]) -> Vec<Choice> {
    let values = choice::values();
    let one = |bytes: &[u8]| {
        let at = |index: usize| usize::from(bytes.get(index).copied().unwrap_or_default());
        let (value, key) = (values[at(3) % values.len()].clone(), choice::KEYS[at(3) % choice::KEYS.len()]);
        Choice { target: at(0) << 8 | at(1), kind: at(2) % 8, value, key }
    };
    bytes.chunks(4).take(MOST).map(one).collect()
}

fuzz_target!(|data: &[u8]| {
    let split = data.iter().position(|byte| *byte == 0).unwrap_or(data.len());
    let (text, rest) = data.split_at(split);
    let Ok(text) = std::str::from_utf8(text) else { return };
    let Ok(documents) = yaml::parse(text) else { return };
    // What libyaml reads otherwise or not at all is what `reading` is for.
    if documents.is_empty() || oracle::difference(text, &documents).is_some() {
        return;
    }
    let chosen = rest.get(1..).filter(|rest| !rest.is_empty()).map(<[u8]>::to_vec);
    // A seed has no choice yet: its length makes one.
    let chosen = chosen.unwrap_or_else(|| text.len().to_le_bytes().to_vec());
    if let Outcome::Refused(message) = held::edit_obeys(text, &choices(&chosen)) {
        assert!(!Outcome::Refused(message.clone()).is_surprise(), "{message}");
    }
});
