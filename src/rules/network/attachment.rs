//! A single `NetworkAttachmentDefinition`: addresses outside of its own network.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::address::Block;
use crate::catalogue::cni::HOST_LOCAL;
use crate::model::{Address, Attachment, AttachmentRange, Model, Plugin};
use crate::rules::Report;

use super::attachment_config::say;

/// A start, end, exclusion or gateway outside the attachment's own range, or a start after its end.
///
/// Ends that are refused are `attachment-range`'s: whereabouts passes them over, and gives out the whole range.
pub(crate) fn outside(model: &Model<'_>, report: &mut Report) {
    for attachment in &model.networks.attachments {
        for plugin in &attachment.plugins {
            for range in &plugin.ranges {
                of_range(attachment, plugin, range, report);
                if plugin.ipam != HOST_LOCAL {
                    reversed(attachment, range, report);
                }
                excluded(attachment, range, report);
            }
            fixed(attachment, plugin, report);
        }
    }
}

/// Blocks that are taken out of a range, and are not in it.
fn excluded(attachment: &Attachment<'_>, range: &AttachmentRange<'_>, report: &mut Report) {
    let Some(net) = range.net.as_ref().and_then(|net| net.value).map(Block::from) else { return };
    for block in range.excluded.iter().filter(|block| !block.overlaps(&net)) {
        let message = format!(
            "the CNI configuration excludes {block}, which is not of its range {net} anyway; write what is not to be \
             given out of that range"
        );
        say(attachment, message, report);
    }
}

/// Gateways of the addresses that every pod gets, outside of their networks.
fn fixed(attachment: &Attachment<'_>, plugin: &Plugin<'_>, report: &mut Report) {
    for (address, gateway) in &plugin.fixed {
        let net: Option<IpNet> = address.parse().ok();
        let gateway: Option<IpAddr> = gateway.as_ref().and_then(|gateway| gateway.parse().ok());
        let Some((net, gateway)) = net.zip(gateway).filter(|(net, gateway)| !net.contains(gateway)) else {
            continue;
        };
        let message = format!(
            "the gateway {gateway} of the CNI configuration lies outside the network of {net}; write an address of it"
        );
        say(attachment, message, report);
    }
}

fn of_range(
    attachment: &Attachment<'_>,
    plugin: &Plugin<'_>,
    range: &AttachmentRange<'_>,
    report: &mut Report,
) {
    let Some(net) = range.net.as_ref().and_then(|net| net.value) else { return };
    let block = Block::from(net);
    let facts = [("gateway", &range.gateway), ("start", &range.start), ("end", &range.end)];
    let is_refused = plugin.ipam == HOST_LOCAL || range.is_short;
    let facts = facts.into_iter().filter(|(key, _)| *key == "gateway" || !is_refused);
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
