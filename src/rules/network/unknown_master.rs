//! `unknown-master`: an attachment on an interface that no node policy of the list knows.
//!
//! Runs only where policies are in the list, and says nothing of a device that moves into the pod as it is.

use super::interfaces::known;
use crate::model::Model;
use crate::rules::Report;

pub(super) fn check(model: &Model<'_>, report: &mut Report) {
    let Some(known) = known(model) else { return };
    for attachment in &model.networks.attachments {
        let Some(config) = &attachment.config else { continue };
        for master in attachment.plugins.iter().filter_map(|plugin| plugin.master.as_deref()) {
            if !known.contains(master) {
                let message = format!(
                    "the attachment is made on the interface {master}, which no node policy of this list knows; name an \
                     interface of the nodes, or add it to their policies"
                );
                report.add(report.finding(message).at(&attachment.item, &config.pointer).without_current());
            }
        }
    }
}
