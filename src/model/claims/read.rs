//! Reads claims from the model, with one reader for each kind. Must not know what may share with what.

use std::collections::HashMap;
use std::hash::BuildHasher;
use std::net::IpAddr;

use crate::address::Block;
use crate::catalogue::node_policy::HOST_NAME;
use crate::krm::Item;
use crate::yaml::PointerBuf;

use super::super::{Address, Model, NodePolicy};
use super::owners::Owners;
use super::{Claim, Kind};

type Reader = for<'m, 'r, 'a> fn(&'m Model<'a>, &mut Reading<'r, 'a>);

/// All readers, in the order in which rules about several kinds report.
const READERS: &[Reader] =
    &[gateways, allocations, attachments, hosts, data_plane_nodes, ip_sets, static_addresses, pools, vips];

/// The claims read so far.
struct Reading<'m, 'a> {
    owners: &'m Owners<'a>,
    claims: Vec<Claim<'a>>,
    /// What the place of the last claim has stated, by what makes two claims alike.
    stated: HashMap<u64, Vec<usize>>,
}

/// All claims of a list.
pub(super) fn claims<'a>(model: &Model<'a>, owners: &Owners<'a>) -> Vec<Claim<'a>> {
    let mut reading = Reading { owners, claims: Vec::new(), stated: HashMap::new() };
    for read in READERS {
        read(model, &mut reading);
    }
    reading.claims
}

fn gateways<'a>(model: &Model<'a>, reading: &mut Reading<'_, 'a>) {
    for config in &model.networks.net_configs {
        for (network, subnet) in config.subnets() {
            let of = format!("the network {}", network.title());
            reading.address(Kind::Gateway, &config.item, subnet.gateway.as_ref(), network.title(), &of);
        }
    }
    for attachment in &model.networks.attachments {
        let of = format!("the attachment {}", attachment.name);
        for range in attachment.ranges() {
            reading.address(Kind::Gateway, &attachment.item, range.gateway.as_ref(), attachment.name, &of);
        }
    }
}

fn allocations<'a>(model: &Model<'a>, reading: &mut Reading<'_, 'a>) {
    for config in &model.networks.net_configs {
        for (network, subnet) in config.subnets() {
            let excluded: Vec<Block> =
                subnet.excluded.iter().filter_map(|one| Some(one.value?.into())).collect();
            let of = format!("the network {}", network.title());
            for block in subnet.ranges.iter().filter_map(super::super::Range::block) {
                let excluded = excluded.iter().filter(|one| block.contains_block(one)).copied().collect();
                let claim =
                    reading.claim(Kind::Allocation, &config.item, &subnet.pointer, block, network.title());
                reading.put(Claim { excluded, of: of.clone(), ..claim });
            }
        }
    }
}

fn attachments<'a>(model: &Model<'a>, reading: &mut Reading<'_, 'a>) {
    for attachment in &model.networks.attachments {
        let Some(config) = &attachment.config else { continue };
        for range in attachment.ranges() {
            let Some(block) = range.block() else { continue };
            let of = format!("the attachment {}", attachment.name);
            let claim =
                reading.claim(Kind::Attachment, &attachment.item, &config.pointer, block, attachment.name);
            let (excluded, book) = (range.excluded.clone(), range.book.clone());
            reading.put(Claim { excluded, of, book, ..claim });
        }
    }
}

fn hosts<'a>(model: &Model<'a>, reading: &mut Reading<'_, 'a>) {
    for policy in &model.networks.node_policies {
        for interface in policy.interfaces.iter().filter(|interface| !interface.absent) {
            let of = format!("the interface {}", interface.name);
            for address in interface.addresses() {
                reading.address(Kind::Host, &policy.item, Some(&address.ip), node_of(policy), &of);
            }
        }
    }
}

/// The node that a policy selects by host name; else the policy's name stands for its nodes.
fn node_of<'a>(policy: &NodePolicy<'a>) -> &'a str {
    policy.selector.get(HOST_NAME).copied().unwrap_or(policy.name)
}

fn data_plane_nodes<'a>(model: &Model<'a>, reading: &mut Reading<'_, 'a>) {
    for set in &model.networks.node_sets {
        for node in &set.nodes {
            let of = format!("the node {}", node.name);
            for address in node.addresses() {
                reading.address(Kind::DataPlane, &set.item, Some(address), node.name, &of);
            }
        }
    }
}

fn ip_sets<'a>(model: &Model<'a>, reading: &mut Reading<'_, 'a>) {
    for set in &model.networks.ip_sets {
        for network in &set.networks {
            reading.address(Kind::IpSet, &set.item, network.fixed_ip.as_ref(), set.item.name(), "the IPSet");
        }
    }
}

fn static_addresses<'a>(model: &Model<'a>, reading: &mut Reading<'_, 'a>) {
    for attachment in &model.networks.attachments {
        let of = format!("the attachment {}", attachment.name);
        for address in attachment.addresses() {
            reading.address(Kind::Static, &attachment.item, Some(address), attachment.name, &of);
        }
    }
}

fn pools<'a>(model: &Model<'a>, reading: &mut Reading<'_, 'a>) {
    for pool in &model.pools {
        let owner = reading.owners.of_pool(pool);
        let of = format!("the pool {}", pool.name);
        for (entry, block) in pool.blocks() {
            let claim = reading.claim(Kind::Pool, &pool.item, &entry.pointer, block, pool.name);
            reading.put(Claim { owner, of: of.clone(), ..claim });
        }
    }
}

fn vips<'a>(model: &Model<'a>, reading: &mut Reading<'_, 'a>) {
    for (place, vip) in model.vips.iter().enumerate().filter(|(_, vip)| vip.may_come()) {
        for (pointer, ip) in vip.wanted() {
            let title = vip.title();
            let claim = reading.claim(Kind::Vip, &vip.item, &pointer, ip.into(), &title);
            reading.put(Claim { vip: Some(place), certain: vip.is_certain(), of: title.clone(), ..claim });
        }
    }
}

impl<'a> Reading<'_, 'a> {
    fn claim(
        &self,
        kind: Kind,
        item: &Item<'a>,
        pointer: &PointerBuf,
        block: Block,
        name: &str,
    ) -> Claim<'a> {
        Claim {
            kind,
            block,
            owner: self.owners.of(item),
            item: *item,
            pointer: pointer.clone(),
            excluded: Vec::new(),
            name: name.to_owned(),
            of: String::new(),
            vip: None,
            book: None,
            certain: true,
        }
    }

    /// Adds a single address, if there is one that can be read.
    fn address(&mut self, kind: Kind, item: &Item<'a>, address: Option<&Address<'_>>, name: &str, of: &str) {
        let read = address.and_then(|address| Some((&address.pointer, IpAddr::into(address.value?))));
        if let Some((pointer, block)) = read {
            let claim = self.claim(kind, item, pointer, block, name);
            self.put(Claim { of: of.to_owned(), ..claim });
        }
    }

    /// Adds a claim, unless the same place has stated it before.
    fn put(&mut self, claim: Claim<'a>) {
        let here = |one: &Claim<'a>| one.item.index == claim.item.index && one.pointer == claim.pointer;
        if !self.claims.last().is_some_and(here) {
            self.stated.clear();
        }
        let mark = self.stated.hasher().hash_one((claim.kind, claim.block, &claim.name));
        let alike = self.stated.entry(mark).or_default();
        let is_same = |one: &Claim<'a>| {
            (one.kind, one.block, &one.name) == (claim.kind, claim.block, &claim.name)
                && one.excluded == claim.excluded
        };
        if !alike.iter().filter_map(|place| self.claims.get(*place)).any(is_same) {
            alike.push(self.claims.len());
            self.claims.push(claim);
        }
    }
}
