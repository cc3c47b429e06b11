//! `attachment-outside`: a start, an end or a gateway of an attachment that its own range does not hold.

use crate::address::Block;
use crate::model::Model;
use crate::rules::Report;

pub(super) fn check(model: &Model<'_>, report: &mut Report) {
    for attachment in &model.networks.attachments {
        for range in attachment.ranges() {
            let Some(net) = range.net.as_ref().and_then(|net| net.value) else { continue };
            let block = Block::from(net);
            let facts =
                [("range_start", &range.start), ("range_end", &range.end), ("gateway", &range.gateway)];
            for (key, address) in facts {
                let Some(address) = address else { continue };
                let Some(outside) = address.value.filter(|address| !block.contains(*address)) else {
                    continue;
                };
                let message = format!(
                    "{key} {outside} of the CNI configuration lies outside its range {block}; write an address of that \
                     range"
                );
                report.add(report.finding(message).at(&attachment.item, &address.pointer).without_current());
            }
        }
    }
}
