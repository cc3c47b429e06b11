//! `bfd-profile`: what MetalLB refuses in a `BFDProfile`.

use std::collections::BTreeSet;

use crate::krm::Severity;
use crate::model::{Model, number_at};
use crate::rules::{Report, Rule};
use crate::yaml::Pointer;

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "bfd-profile",
    severity: Severity::Error,
    summary: "A BFDProfile is there twice, or a value of it is out of bounds.",
    check,
};

/// Fields with their lowest and highest value.
const BOUNDS: [(&str, i64, i64); 5] = [
    ("receiveInterval", 10, 60000),
    ("transmitInterval", 10, 60000),
    ("echoInterval", 10, 60000),
    ("detectMultiplier", 2, 255),
    ("minimumTtl", 1, 254),
];

fn check(model: &Model<'_>, report: &mut Report) {
    let mut names = BTreeSet::new();
    for profile in &model.bfd_profiles {
        if !names.insert(profile.name) {
            let message =
                format!("a second BFDProfile {} is in the list; give each its own name", profile.name);
            report.at(&profile.item, Pointer::from_static("/metadata/name"), message);
        }
        for (key, least, most) in BOUNDS {
            let value = number_at(&profile.item, &["spec", key]);
            if let Some((pointer, value)) = value.filter(|(_, value)| !(least..=most).contains(value)) {
                report.at(
                    &profile.item,
                    &pointer,
                    format!("{value} is out of bounds; write {least} to {most}"),
                );
            }
        }
    }
}
