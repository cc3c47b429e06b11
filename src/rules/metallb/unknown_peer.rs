//! `unknown-peer`: MetalLB announces to nobody, in silence, where a peer is not there. Runs only where the list holds peers.

use std::collections::BTreeSet;

use crate::krm::Severity;
use crate::model::Model;
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "unknown-peer",
    severity: Severity::Error,
    summary: "An advertisement names a BGPPeer that the list lacks though it holds others.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    if model.peers.is_empty() {
        return;
    }
    let known: BTreeSet<&str> = model.peers.iter().map(|peer| peer.item.name()).collect();
    for advertisement in &model.advertisements {
        for fact in &advertisement.peers {
            if !known.contains(fact.text) {
                let message = format!(
                    "no BGPPeer {} is in the list, though others are, and MetalLB announces to nobody without a word; \
                     define it, or correct the name",
                    fact.text
                );
                report.at(&advertisement.item, &fact.pointer, message);
            }
        }
    }
}
