//! References to the nodes' interfaces and networks, against the node policies.

use std::collections::BTreeSet;

use ipnet::IpNet;

use crate::address::{Block, Index};
use crate::model::{Advertisement, Interface, Model, Pool, Protocol};
use crate::rules::Report;

/// An attachment to a host interface that no node policy in the list knows.
///
/// Runs only if the list holds policies. Devices that are moved into the pod are not checked.
pub(crate) fn unknown_master(model: &Model<'_>, report: &mut Report) {
    let Some(known) = model.networks.interface_names() else { return };
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

/// An `L2Advertisement` on an interface that no node policy in the list knows.
pub(crate) fn unknown_to_advertisement(model: &Model<'_>, report: &mut Report) {
    let Some(known) = model.networks.interface_names() else { return };
    for advertisement in &model.advertisements {
        for interface in advertisement.interfaces.iter().filter(|one| !known.contains(one.text)) {
            let message = format!(
                "the addresses are announced on the interface {}, which no node policy of this list knows; name an \
                 interface of the nodes",
                interface.text
            );
            report.at(&advertisement.item, &interface.pointer, message);
        }
    }
}

/// A pool announced by ARP or NDP where no node has an address in its network.
///
/// Runs only where the list's policies tell all: no interface gets addresses dynamically, and they know every
/// interface on which the pool is announced.
pub(crate) fn unanswered_pool(model: &Model<'_>, report: &mut Report) {
    let policies = &model.networks.node_policies;
    let interfaces = || policies.iter().flat_map(|policy| &policy.interfaces);
    let Some(known) =
        model.networks.interface_names().filter(|_| !interfaces().any(|interface| interface.dynamic))
    else {
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
