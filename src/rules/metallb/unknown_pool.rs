//! `unknown-pool`: a Service that asks for a pool, or an advertisement that announces one, which the list lacks.
//!
//! Runs only where the list holds pools: the control-plane stage holds none. A warning, as a pool may be another
//! stage's; MetalLB leaves such a Service pending (`unknown pool`) and ignores such an advertisement in silence.

use crate::krm::{Item, Severity};
use crate::model::{Fact, Model};
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "unknown-pool",
    severity: Severity::Warning,
    summary: "A pool is asked for or announced that the list lacks though it holds others.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    if model.pools.is_empty() {
        return;
    }
    for vip in &model.vips {
        for fact in vip.pools_named() {
            say(model, &vip.item, &fact, report);
        }
    }
    for advertisement in &model.advertisements {
        for fact in &advertisement.pools {
            say(model, &advertisement.item, fact, report);
        }
    }
}

fn say(model: &Model<'_>, item: &Item<'_>, fact: &Fact<'_>, report: &mut Report) {
    if model.knows_pool(fact.text) {
        return;
    }
    let message = format!(
        "no IPAddressPool {} is in the list, though others are; define it, correct the name, or name it in \
         spec.metallb.sharedPools",
        fact.text
    );
    report.at(item, &fact.pointer, message);
}
