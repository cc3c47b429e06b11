//! Networks of an instance in the address space of others.

use crate::address::Block;
use crate::model::Model;
use crate::plan::is_private;
use crate::rules::Report;

/// Pools, subnets and ranges of attachments whose IPv4 addresses are not private.
///
/// With IPv6 everybody has addresses of the internet for networks of his own.
pub(crate) fn networks(model: &Model<'_>, report: &mut Report) {
    let is_public = |block: &Block| block.first().is_ipv4() && !is_private(block);
    let words = |block: &Block| {
        format!(
            "{block} is no private address space (RFC 1918, RFC 6598), so what has these addresses on the internet cannot be \
             reached from here; take private ones, unless these are your own"
        )
    };
    for pool in &model.pools {
        for (entry, block) in pool.blocks().filter(|(_, block)| is_public(block)) {
            report.at(&pool.item, &entry.pointer, words(&block));
        }
    }
    for config in &model.networks.net_configs {
        for cidr in config.subnets().filter_map(|(_, subnet)| subnet.cidr.as_ref()) {
            if let Some(block) = cidr.value.map(Block::from).filter(is_public) {
                report.at(&config.item, &cidr.pointer, words(&block));
            }
        }
    }
    for attachment in &model.networks.attachments {
        for net in attachment.ranges().filter_map(|range| range.net.as_ref()) {
            if let Some(block) = net.value.map(Block::from).filter(is_public) {
                report
                    .add(report.finding(words(&block)).at(&attachment.item, &net.pointer).without_current());
            }
        }
    }
}
