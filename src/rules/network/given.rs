//! What gives out addresses beside MetalLB, in one form for the rules that compare. Reports nothing itself.

use std::net::IpAddr;

use crate::address::Block;
use crate::krm::Item;
use crate::model::{Address, Attachment, AttachmentRange, Model, NetConfig, Subnet};

/// An allocation range of a `NetConfig`.
pub(crate) struct Allocation<'m, 'a> {
    pub(crate) config: &'m NetConfig<'a>,
    pub(crate) network: &'a str,
    pub(crate) subnet: &'m Subnet<'a>,
}

/// The range of a network attachment.
#[derive(Clone, Copy)]
pub(crate) struct Attached<'m, 'a> {
    pub(crate) attachment: &'m Attachment<'a>,
    pub(crate) range: &'m AttachmentRange<'a>,
    pub(crate) block: Block,
}

/// All allocation ranges that can be read.
pub(crate) fn allocations<'m, 'a>(model: &'m Model<'a>) -> impl Iterator<Item = (Block, Allocation<'m, 'a>)> {
    let subnets =
        model.networks.net_configs.iter().flat_map(|config| {
            config.subnets().map(move |(network, subnet)| (config, network.title(), subnet))
        });
    subnets.flat_map(|(config, network, subnet)| {
        subnet
            .ranges
            .iter()
            .filter_map(move |range| Some((range.block()?, Allocation { config, network, subnet })))
    })
}

/// All ranges of attachments that can be read.
pub(crate) fn attached<'m, 'a>(model: &'m Model<'a>) -> impl Iterator<Item = Attached<'m, 'a>> {
    model.networks.attachments.iter().flat_map(|attachment| {
        attachment
            .ranges()
            .filter_map(move |range| Some(Attached { attachment, range, block: range.block()? }))
    })
}

/// The addresses that are in both blocks.
pub(crate) fn common(one: &Block, other: &Block) -> Option<Block> {
    Block::range(one.first().max(other.first()), one.last().min(other.last())).ok()
}

/// A block as a person reads it: one address is one address.
pub(crate) fn shown(block: &Block) -> String {
    if block.first() == block.last() { block.first().to_string() } else { block.to_string() }
}

impl Allocation<'_, '_> {
    /// Whether every address of a block is one that the subnet excludes.
    pub(crate) fn excludes(&self, block: &Block) -> bool {
        let mut excluded: Vec<IpAddr> =
            self.subnet.excluded.iter().filter_map(|address| address.value).collect();
        excluded.retain(|address| block.contains(*address));
        excluded.sort_unstable();
        excluded.dedup();
        block.size().checked_add(1) == u128::try_from(excluded.len()).ok()
    }
}

/// An address that belongs to a machine.
pub(crate) struct Taken<'m, 'a> {
    pub(crate) address: IpAddr,
    /// What it is: `the gateway of the network ctlplane`.
    pub(crate) what: String,
    pub(crate) item: &'m Item<'a>,
}

/// Gateways, addresses of nodes and of pods.
pub(crate) fn taken<'m, 'a>(model: &'m Model<'a>) -> Vec<Taken<'m, 'a>> {
    let mut taken = gateways(model);
    for policy in &model.networks.node_policies {
        for interface in policy.interfaces.iter().filter(|interface| !interface.absent) {
            let what = || format!("an address of the interface {}", interface.name);
            let addresses = interface.addresses().map(|address| &address.ip);
            taken.extend(of(addresses, &policy.item, what));
        }
    }
    for set in &model.networks.node_sets {
        for node in &set.nodes {
            taken.extend(of(node.addresses(), &set.item, || format!("an address of the node {}", node.name)));
        }
    }
    for set in &model.networks.ip_sets {
        let fixed = set.networks.iter().filter_map(|network| network.fixed_ip.as_ref());
        taken.extend(of(fixed, &set.item, || "an address of the IPSet".to_owned()));
    }
    for attachment in &model.networks.attachments {
        let what = || format!("an address of the attachment {}", attachment.name);
        taken.extend(of(attachment.addresses(), &attachment.item, what));
    }
    taken
}

/// The addresses that can be read.
fn of<'m, 'a: 'm>(
    addresses: impl Iterator<Item = &'m Address<'a>>,
    item: &'m Item<'a>,
    what: impl Fn() -> String,
) -> impl Iterator<Item = Taken<'m, 'a>> {
    addresses.filter_map(move |address| Some(Taken { address: address.value?, what: what(), item }))
}

fn gateways<'m, 'a>(model: &'m Model<'a>) -> Vec<Taken<'m, 'a>> {
    let subnets = model.networks.net_configs.iter().flat_map(|config| {
        config.subnets().filter_map(move |(network, subnet)| {
            let what = format!("the gateway of the network {}", network.title());
            Some(Taken { address: subnet.gateway.as_ref()?.value?, what, item: &config.item })
        })
    });
    let attached = model.networks.attachments.iter().flat_map(|attachment| {
        attachment.ranges().filter_map(move |range| {
            let what = format!("the gateway of the attachment {}", attachment.name);
            Some(Taken { address: range.gateway.as_ref()?.value?, what, item: &attachment.item })
        })
    });
    subnets.chain(attached).collect()
}
