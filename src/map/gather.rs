//! What the model says of addresses, as spans with an owner. Knows manifests, and nothing of how they are drawn.

use std::net::IpAddr;

use ipnet::IpNet;

use super::atlas::{Kind, Span, Subnet};
use super::networks::Survey;
use super::owners::Owners;
use crate::address::Block;
use crate::model::{Attachment, Interface, Model, NetConfig, NodePolicy, NodeSet, Pool, Vip};

/// The labels that a node's name stands in.
const HOST_NAME: &str = "kubernetes.io/hostname";
const FROM_NET_CONFIG: u8 = 0;
const FROM_ATTACHMENT: u8 = 1;
const FROM_NODE_POLICY: u8 = 2;

/// Everything that takes addresses, in the order of the list.
pub(super) fn survey(model: &Model<'_>) -> Survey {
    let owners = Owners::new(model);
    let mut survey = Survey::default();
    for net_config in &model.networks.net_configs {
        of_net_config(net_config, owners.of(&net_config.item), &mut survey);
    }
    for attachment in &model.networks.attachments {
        of_attachment(attachment, owners.of(&attachment.item), &mut survey);
    }
    for policy in &model.networks.node_policies {
        of_node_policy(policy, owners.of(&policy.item), &mut survey);
    }
    for set in &model.networks.node_sets {
        of_node_set(set, owners.of(&set.item), &mut survey);
    }
    for pool in &model.pools {
        of_pool(pool, owners.of_pool(pool), model, &mut survey);
    }
    for vip in model.vips.iter().filter(|vip| is_served(vip)) {
        of_vip(vip, owners.of(&vip.item), model, &mut survey);
    }
    survey.instances = owners.names();
    survey
}

fn of_net_config(net_config: &NetConfig<'_>, owner: Option<usize>, survey: &mut Survey) {
    for (network, subnet) in net_config.subnets() {
        let name = network.title().to_owned();
        let excluded: Vec<Block> = subnet.excluded.iter().filter_map(|one| Some(one.value?.into())).collect();
        let vlan = subnet.vlan.as_ref().map(|fact| fact.text.to_owned());
        survey.subnet(subnet.cidr.as_ref().and_then(|cidr| cidr.value), &name, FROM_NET_CONFIG, vlan);
        for block in subnet.ranges.iter().filter_map(crate::model::Range::block) {
            let within = excluded.iter().filter(|one| block.contains_block(one)).copied().collect();
            survey.spans.push(Span { excluded: within, ..span(Kind::Allocation, owner, block, &name) });
        }
        let gateway = subnet.gateway.as_ref().and_then(|gateway| gateway.value);
        survey.spans.extend(gateway.map(|ip| span(Kind::Gateway, owner, ip.into(), &name)));
    }
}

fn of_attachment(attachment: &Attachment<'_>, owner: Option<usize>, survey: &mut Survey) {
    for range in attachment.ranges() {
        survey.subnet(range.net.as_ref().and_then(|net| net.value), attachment.name, FROM_ATTACHMENT, None);
        let excluded = range.excluded.clone();
        let taken = range.block().map(|block| span(Kind::Attachment, owner, block, attachment.name));
        survey.spans.extend(taken.map(|span| Span { excluded, ..span }));
        let gateway = range.gateway.as_ref().and_then(|gateway| gateway.value);
        survey.spans.extend(gateway.map(|ip| span(Kind::Gateway, owner, ip.into(), attachment.name)));
    }
}

fn of_node_policy(policy: &NodePolicy<'_>, owner: Option<usize>, survey: &mut Survey) {
    let node = policy.selector.get(HOST_NAME).copied().unwrap_or(policy.name);
    for interface in policy.interfaces.iter().filter(|interface| !interface.absent) {
        for address in interface.addresses() {
            let Some(ip) = address.ip.value else { continue };
            let net = address.prefix.and_then(|prefix| IpNet::new(ip, prefix).ok());
            survey.subnet(net, interface.name, FROM_NODE_POLICY, vlan(interface));
            survey.spans.push(span(Kind::Node, owner, ip.into(), node));
        }
    }
}

fn vlan(interface: &Interface<'_>) -> Option<String> {
    Some(interface.vlan.as_ref()?.id.as_ref()?.text.to_owned())
}

fn of_node_set(set: &NodeSet<'_>, owner: Option<usize>, survey: &mut Survey) {
    for node in &set.nodes {
        for ip in node.addresses().filter_map(|address| address.value) {
            let note = "data plane node".to_owned();
            survey.spans.push(Span { note, ..span(Kind::Node, owner, ip.into(), node.name) });
        }
    }
}

fn of_pool(pool: &Pool<'_>, owner: Option<usize>, model: &Model<'_>, survey: &mut Survey) {
    let waits = |vip: &&Vip<'_>| {
        is_served(vip) && vip.wanted().is_empty() && vip.pool().is_some_and(|named| named.text == pool.name)
    };
    let waiting: Vec<String> = model.vips.iter().filter(waits).map(Vip::title).collect();
    let note = match waiting.as_slice() {
        [] => String::new(),
        waiting => format!("any address of it: {}", waiting.join(", ")),
    };
    for (_, block) in pool.blocks() {
        survey.spans.push(Span { note: note.clone(), ..span(Kind::Pool, owner, block, pool.name) });
    }
}

/// Whether MetalLB sees it: a Service that comes and is a load balancer, or what may make one.
fn is_served(vip: &Vip<'_>) -> bool {
    vip.is_used() && (vip.is_load_balancer() || !vip.is_service())
}

/// The addresses that a Service asks for; its note says where its pool does not hold one.
fn of_vip(vip: &Vip<'_>, owner: Option<usize>, model: &Model<'_>, survey: &mut Survey) {
    for (_, ip) in vip.wanted() {
        let note = outside(vip, ip, model).unwrap_or_default();
        survey.spans.push(Span { note, ..span(Kind::Vip, owner, ip.into(), &vip.title()) });
    }
}

/// Which pool should hold an address and does not; what the list does not hold is not guessed.
fn outside(vip: &Vip<'_>, ip: IpAddr, model: &Model<'_>) -> Option<String> {
    match vip.pool() {
        Some(named) => {
            let pool = model.pool(named.text)?;
            (!pool.contains(ip)).then(|| format!("outside of its pool {}", pool.name))
        }
        None if model.pools.is_empty() => None,
        None => model.pool_of(ip).is_none().then(|| "outside of every pool".to_owned()),
    }
}

fn span(kind: Kind, owner: Option<usize>, block: Block, name: &str) -> Span {
    let (names, excluded, note) = (vec![name.to_owned()], Vec::new(), String::new());
    Span { kind, owner, block, names, excluded, note }
}

impl Survey {
    /// A subnet that is stated; one address alone is none.
    fn subnet(&mut self, net: Option<IpNet>, name: &str, rank: u8, vlan: Option<String>) {
        let Some(net) = net.filter(|net| net.prefix_len() > 0 && net.prefix_len() < net.max_prefix_len())
        else {
            return;
        };
        self.subnets.push(Subnet { block: net.into(), name: name.to_owned(), rank, vlan });
    }
}
