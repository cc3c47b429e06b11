//! `pool-mixed-families`: MetalLB takes such a range, which holds no address, and panics when BGP advertisements disagree about it.

use crate::krm::Severity;
use crate::model::{Fault, Model};
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "pool-mixed-families",
    severity: Severity::Error,
    summary: "A range begins in one address family and ends in the other.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    for pool in &model.pools {
        for entry in pool.addresses.iter().filter(|entry| entry.block == Err(Fault::Mixed)) {
            let message = format!(
                "the range {:?} begins in one address family and ends in the other, so it holds no address; write one \
                 range for each family",
                entry.text
            );
            report.at(&pool.item, &entry.pointer, message);
        }
    }
}
