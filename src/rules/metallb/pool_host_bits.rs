//! `pool-host-bits`: `172.17.0.85/24` is all of `172.17.0.0/24` to MetalLB.

use std::net::IpAddr;

use crate::krm::Severity;
use crate::model::Model;
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "pool-host-bits",
    severity: Severity::Warning,
    summary: "A CIDR has bits behind its prefix, and so is a larger network than it looks.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    for pool in &model.pools {
        for (entry, block) in pool.blocks().filter(|(_, block)| block.is_cidr()) {
            let written = entry.text.split('/').next().and_then(|ip| ip.parse::<IpAddr>().ok());
            if written.is_some_and(|ip| ip.to_canonical() != block.first()) {
                let message = format!(
                    "{:?} has bits behind its prefix and is all of {block} to MetalLB; write {block}, or the range that is \
                     meant",
                    entry.text
                );
                report
                    .add(report.finding(message).at(&pool.item, &entry.pointer).proposing(block.to_string()));
            }
        }
    }
}
