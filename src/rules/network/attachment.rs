//! A single `NetworkAttachmentDefinition`.

use crate::address::Block;
use crate::model::{Address, Attachment, AttachmentRange, Model};
use crate::rules::Report;

/// A start, end or gateway outside the attachment's own range, or a start after its end.
pub(crate) fn outside(model: &Model<'_>, report: &mut Report) {
    for attachment in &model.networks.attachments {
        for range in attachment.ranges() {
            of_range(attachment, range, report);
            reversed(attachment, range, report);
        }
    }
}

fn of_range(attachment: &Attachment<'_>, range: &AttachmentRange<'_>, report: &mut Report) {
    let Some(net) = range.net.as_ref().and_then(|net| net.value) else { return };
    let block = Block::from(net);
    let facts = [("start", &range.start), ("end", &range.end), ("gateway", &range.gateway)];
    for (key, address) in facts {
        let Some(address) = address else { continue };
        let Some(outside) = address.value.filter(|address| !block.contains(*address)) else { continue };
        let message = format!(
            "the {key} {outside} of the CNI configuration lies outside its range {block}; write an address of that range"
        );
        report.add(report.finding(message).at(&attachment.item, &address.pointer).without_current());
    }
}

fn reversed(attachment: &Attachment<'_>, range: &AttachmentRange<'_>, report: &mut Report) {
    let value = |address: &Option<Address<'_>>| address.as_ref().and_then(|address| address.value);
    let (Some(start), Some(end), Some(config)) = (value(&range.start), value(&range.end), &attachment.config)
    else {
        return;
    };
    if start > end && start.is_ipv4() == end.is_ipv4() {
        let message = format!(
            "the start {start} of the CNI configuration lies after its end {end}, so there is no address between; write \
             an end that is not below the start"
        );
        report.add(report.finding(message).at(&attachment.item, &config.pointer).without_current());
    }
}
