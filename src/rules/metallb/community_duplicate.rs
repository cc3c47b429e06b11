//! `community-duplicate`: aliases are one table for the whole cluster; MetalLB refuses the second of a name.

use std::collections::BTreeMap;

use crate::krm::Severity;
use crate::model::Model;
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "community-duplicate",
    severity: Severity::Error,
    summary: "One alias of a community is defined twice.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for community in &model.communities {
        for alias in &community.aliases {
            if let Some(first) = seen.insert(alias.name, community.item.name()) {
                let message = format!(
                    "Community {first} defines the alias {:?} already, and aliases are global to the cluster; give each its \
                     own, or define it once",
                    alias.name
                );
                report.at(&community.item, &alias.pointer, message);
            }
        }
    }
}
