//! `bfd-profile-unknown`: MetalLB's speakers keep their old configuration. Runs only where the list holds profiles.

use std::collections::BTreeSet;

use crate::krm::Severity;
use crate::model::Model;
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "bfd-profile-unknown",
    severity: Severity::Error,
    summary: "A BGPPeer names a BFDProfile that the list lacks though it holds some.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    if model.bfd_profiles.is_empty() {
        return;
    }
    let known: BTreeSet<&str> = model.bfd_profiles.iter().map(|profile| profile.name).collect();
    for peer in &model.peers {
        if let Some(fact) = peer.bfd_profile.as_ref().filter(|fact| !known.contains(fact.text)) {
            let message = format!(
                "no BFDProfile {} is in the list, though others are, and MetalLB's speakers then keep their old \
                 configuration; define it, or correct the name",
                fact.text
            );
            report.at(&peer.item, &fact.pointer, message);
        }
    }
}
