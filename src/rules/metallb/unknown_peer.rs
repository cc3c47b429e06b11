//! `unknown-peer`: MetalLB announces to nobody, in silence, where a peer is not there. Runs only where the list holds peers.

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
    for advertisement in &model.advertisements {
        for fact in &advertisement.peers {
            if !model.peers.iter().any(|peer| peer.item.name() == fact.text) {
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
