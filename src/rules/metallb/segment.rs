//! On which interface a pool is announced by ARP or NDP: on the one whose network it is of.

use std::collections::BTreeMap;

use ipnet::IpNet;

use crate::address::Block;
use crate::model::{Advertisement, Interface, Model, Pool, Protocol};
use crate::rules::Report;

/// The networks of an interface, of all nodes; none of one that may get addresses by DHCP.
type Networks<'a> = BTreeMap<&'a str, Vec<Block>>;

/// An advertisement on interfaces of which none is in the network of a pool that it names, where another interface is.
///
/// Source: MetalLB `internal/layer2/announcer.go`, which answers on the interfaces that are named.
pub(crate) fn other_network(model: &Model<'_>, report: &mut Report) {
    let networks = networks(model);
    let l2 = model.advertisements.iter().filter(|one| one.protocol == Protocol::L2);
    for advertisement in l2.filter(|one| !one.interfaces.is_empty()) {
        for pool in advertisement.pools.iter().filter_map(|name| model.pool(name.text)) {
            of_pool(advertisement, pool, &networks, report);
        }
    }
}

fn of_pool(advertisement: &Advertisement<'_>, pool: &Pool<'_>, networks: &Networks<'_>, report: &mut Report) {
    let here = |name: &str| networks.get(name).filter(|nets| !nets.is_empty());
    let Some(first) = advertisement.interfaces.first() else { return };
    for (_, block) in pool.blocks() {
        let has = |nets: &Vec<Block>| nets.iter().any(|net| net.overlaps(&block));
        // An interface without addresses of the family may be a port of one that has some.
        let is_other = |name: &str| {
            here(name).is_some_and(|nets| {
                !has(nets) && nets.iter().any(|net| net.first().is_ipv4() == block.first().is_ipv4())
            })
        };
        if !advertisement.interfaces.iter().all(|one| is_other(one.text)) {
            continue;
        }
        if let Some((right, _)) = networks.iter().find(|(_, nets)| has(nets)) {
            let message = format!(
                "{block} of the pool {} is announced on the interface {}, which is in another network, and {right} is in \
                 that of the pool; announce it on {right}",
                pool.name, first.text
            );
            report.add(report.finding(message).at(&advertisement.item, &first.pointer).proposing(*right));
        }
    }
}

fn networks<'a>(model: &Model<'a>) -> Networks<'a> {
    let mut networks: Networks<'a> = BTreeMap::new();
    let interfaces = || model.networks.node_policies.iter().flat_map(|policy| &policy.interfaces);
    for interface in interfaces().filter(|interface| !interface.absent) {
        networks.entry(interface.name).or_default().extend(blocks(interface));
    }
    for interface in interfaces().filter(|interface| interface.dynamic) {
        networks.remove(interface.name);
    }
    networks
}

fn blocks(interface: &Interface<'_>) -> Vec<Block> {
    let net = |(ip, prefix): (Option<std::net::IpAddr>, Option<u8>)| IpNet::new(ip?, prefix?).ok();
    let addresses = interface.addresses().map(|address| (address.ip.value, address.prefix));
    addresses.filter_map(net).map(Block::from).collect()
}
