//! `pool-leading-zero`: `/08` is `/8` to MetalLB, and no number, or an octal one, to others.

use crate::krm::Severity;
use crate::model::{Model, prefix_text};
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "pool-leading-zero",
    severity: Severity::Warning,
    summary: "A prefix length begins with a zero.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    for pool in &model.pools {
        for (entry, block) in pool.blocks() {
            let length = prefix_text(entry.text).unwrap_or_default();
            if length.len() > 1 && length.starts_with('0') {
                let message = format!(
                    "MetalLB reads {:?} as {block}, and other programs refuse it; write the prefix length without zeros \
                     before it",
                    entry.text
                );
                report
                    .add(report.finding(message).at(&pool.item, &entry.pointer).proposing(block.to_string()));
            }
        }
    }
}
