//! `vip-port`: Services that share an address are told apart by their ports.

use super::shared::shared;
use crate::krm::Severity;
use crate::model::Model;
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "vip-port",
    severity: Severity::Error,
    summary: "Two Services ask for one address and listen on one port.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    for (ip, one, (other, pointer)) in shared(model) {
        if one.is_alone() || other.is_alone() {
            continue;
        }
        if let Some((protocol, port)) = other.ports.iter().find(|port| one.ports.contains(port)) {
            let message = format!(
                "{ip} is asked for by {} and {}, which both listen on {protocol} {port}; give each its own address",
                one.title(),
                other.title()
            );
            report.at(&other.item, &pointer, message);
        }
    }
}
