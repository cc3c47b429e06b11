//! `pool-address`: an entry of `spec.addresses` that MetalLB cannot read; it then loads no pool of anybody.

use crate::krm::Severity;
use crate::model::{Fault, Model};
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "pool-address",
    severity: Severity::Error,
    summary: "MetalLB cannot read an entry of spec.addresses.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    for pool in &model.pools {
        for entry in &pool.addresses {
            if let Err(Fault::Syntax(reason)) = &entry.block {
                let message = format!(
                    "MetalLB cannot read {:?} and would load no pool at all: {reason}; write a CIDR (172.17.0.0/24) or a \
                     range (172.17.0.80-172.17.0.90)",
                    entry.text
                );
                report.at(&pool.item, &entry.pointer, message);
            }
        }
    }
}
