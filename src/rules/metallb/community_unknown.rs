//! `community-unknown`: an alias that no `Community` defines. Runs only where the list holds `Community` objects.

use std::collections::BTreeSet;

use crate::krm::Severity;
use crate::model::Model;
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "community-unknown",
    severity: Severity::Error,
    summary: "An advertisement names a community that no Community defines though the list holds some.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    if model.communities.is_empty() {
        return;
    }
    let aliases = model.communities.iter().flat_map(|community| &community.aliases);
    let aliases: BTreeSet<&str> = aliases.map(|alias| alias.name).collect();
    for advertisement in &model.advertisements {
        for fact in &advertisement.communities {
            if !fact.text.contains(':') && !aliases.contains(fact.text) {
                let message = format!(
                    "no Community of the list defines {:?}, and MetalLB's speakers then keep their old configuration; \
                     define the alias, or write the community as numbers",
                    fact.text
                );
                report.at(&advertisement.item, &fact.pointer, message);
            }
        }
    }
}
