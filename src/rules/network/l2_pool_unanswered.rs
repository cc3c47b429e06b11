//! `l2-pool-unanswered`: a pool that is announced by ARP or NDP where no node has an address in its network.
//!
//! Runs only where the list's policies say all: no interface may get addresses by DHCP, and every interface that the
//! pool is announced on is one of theirs.

use std::collections::BTreeSet;

use ipnet::IpNet;

use super::interfaces::known;
use crate::address::{Block, Index};
use crate::model::{Advertisement, Interface, Model, Pool, Protocol};
use crate::rules::Report;

pub(super) fn check(model: &Model<'_>, report: &mut Report) {
    let policies = &model.networks.node_policies;
    let interfaces = || policies.iter().flat_map(|policy| &policy.interfaces);
    let Some(known) = known(model).filter(|_| !interfaces().any(|interface| interface.dynamic)) else {
        return;
    };
    let nets = interfaces().flat_map(Interface::addresses).filter_map(|address| {
        let net = IpNet::new(address.ip.value?, address.prefix?).ok()?;
        Some((Block::from(net), ()))
    });
    let nets = Index::new(nets);
    let here = |one: &&Advertisement<'_>| one.interfaces.iter().all(|one| known.contains(one.text));
    let l2 = model.advertisements.iter().filter(|one| one.protocol == Protocol::L2).filter(here);
    let mut announced = BTreeSet::new();
    announced.extend(l2.flat_map(|one| model.announced(one)).map(|pool| pool.item.index));
    for pool in model.pools.iter().filter(|pool| announced.contains(&pool.item.index)) {
        of_pool(pool, &nets, report);
    }
}

fn of_pool(pool: &Pool<'_>, nets: &Index<()>, report: &mut Report) {
    for (entry, block) in pool.blocks() {
        if nets.meeting(block).next().is_none() {
            let message = format!(
                "the pool is announced by {}, and no node policy of this list gives a node an address in the network of \
                 {block}, so nobody there gets an answer; give the nodes an address in it, or correct the pool",
                if block.first().is_ipv4() { "ARP" } else { "NDP" }
            );
            report.at(&pool.item, &entry.pointer, message);
        }
    }
}
