//! `community-syntax`: a community literal, or an alias' value, that MetalLB cannot read.

use crate::krm::Severity;
use crate::model::Model;
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "community-syntax",
    severity: Severity::Error,
    summary: "A community is no number that BGP has.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    for community in &model.communities {
        for alias in &community.aliases {
            if let Some(reason) = fault(alias.value) {
                report.at(&community.item, &alias.pointer, message(alias.value, reason));
            }
        }
    }
    for advertisement in &model.advertisements {
        for fact in advertisement.communities.iter().filter(|fact| fact.text.contains(':')) {
            if let Some(reason) = fault(fact.text) {
                report.at(&advertisement.item, &fact.pointer, message(fact.text, reason));
            }
        }
    }
}

fn message(text: &str, reason: &str) -> String {
    format!("MetalLB cannot read the community {text:?}: {reason}; write 64512:100 or large:64512:1:2")
}

fn fault(text: &str) -> Option<&'static str> {
    let parts: Vec<&str> = text.split(':').collect();
    let number = |text: &str, limit: u32| {
        text.bytes().all(|byte| byte.is_ascii_digit())
            && text.parse::<u32>().is_ok_and(|value| value <= limit)
    };
    match parts.as_slice() {
        [one, two] => {
            [one, two].iter().any(|part| !number(part, 65535)).then_some("its parts are numbers to 65535")
        }
        ["large", rest @ ..] if rest.len() == 3 => {
            rest.iter().any(|part| !number(part, u32::MAX)).then_some("its parts are numbers to 4294967295")
        }
        _ => Some("it has neither two numbers nor `large` and three"),
    }
}
