//! Reads subnets and claims from the model, claims as spans. Must not know how spans are drawn.

use std::collections::BTreeMap;

use ipnet::IpNet;

use super::atlas::{Span, Subnet, Wire, listed};
use super::conflicts::outside;
use super::natural::natural;
use super::networks::Survey;
use super::overview::slots;
use crate::model::{Attachment, Claim, Interface, Kind, Model, NetConfig, Vip};
use crate::plan::Plan;

const FROM_NET_CONFIG: u8 = 0;
const FROM_ATTACHMENT: u8 = 1;
const FROM_NODE_POLICY: u8 = 2;

/// Letters of Services in a pool's remark: it stands at each of the pool's blocks.
const WAITING: usize = 200;

/// All claims, in their order, and the subnets.
pub(super) fn survey(model: &Model<'_>, plan: Option<&Plan>) -> Survey {
    let claims = model.claims();
    let owners = Owners::new(model, plan);
    let waiting = waiting(model);
    let spans = claims.all.iter().map(|claim| {
        let note = note(claim, model, &waiting);
        Span { owner: owners.place(claim.owner), ..span(claim, note) }
    });
    Survey { spans: spans.collect(), subnets: subnets(model, &owners), instances: owners.names }
}

/// The instances by slot, else in natural order, and whose each object with addresses is.
struct Owners {
    names: Vec<String>,
    /// By an instance's place in the model, its place here.
    places: BTreeMap<usize, usize>,
    /// By an object's place in the list, its instance, if it is of one alone.
    items: BTreeMap<usize, Option<usize>>,
}

impl Owners {
    fn new(model: &Model<'_>, plan: Option<&Plan>) -> Self {
        let claims = model.claims();
        let slots: BTreeMap<&str, u32> = plan.map_or_else(BTreeMap::new, slots);
        let mut names: Vec<(usize, &String)> = claims.instances.iter().enumerate().collect();
        names.sort_by_cached_key(|(_, name)| {
            (slots.get(name.as_str()).copied().unwrap_or(u32::MAX), natural(name))
        });
        let places = names.iter().enumerate().map(|(place, (was, _))| (*was, place)).collect();
        let names = names.into_iter().map(|(_, name)| name.clone()).collect();
        let items = claims.all.iter().map(|claim| (claim.item.index, claim.owner)).collect();
        Self { names, places, items }
    }

    fn place(&self, of_model: Option<usize>) -> Option<usize> {
        self.places.get(&of_model?).copied()
    }

    fn of(&self, item: usize) -> Option<usize> {
        self.place(*self.items.get(&item)?)
    }
}

fn span(claim: &Claim<'_>, note: String) -> Span {
    Span {
        kind: claim.kind,
        owner: None,
        block: claim.block,
        names: vec![claim.name.clone()],
        excluded: claim.excluded.clone(),
        note,
    }
}

/// By pool name, the Services that may get any of its addresses.
fn waiting<'a>(model: &Model<'a>) -> BTreeMap<&'a str, String> {
    let mut waiting: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for vip in model.vips.iter().filter(|vip| vip.may_come() && vip.wanted().is_empty()) {
        if let Some(pool) = vip.pool() {
            waiting.entry(pool.text).or_default().push(vip.title());
        }
    }
    waiting.into_iter().map(|(pool, titles)| (pool, listed(&titles, WAITING))).collect()
}

/// The remark on a claim.
fn note(claim: &Claim<'_>, model: &Model<'_>, waiting: &BTreeMap<&str, String>) -> String {
    let vip = || -> Option<&Vip<'_>> { model.vips.get(claim.vip?) };
    let note = match claim.kind {
        Kind::DataPlane => Some("data plane node".to_owned()),
        Kind::Pool => waiting.get(claim.name.as_str()).map(|titles| format!("any address of it: {titles}")),
        Kind::Vip => vip().and_then(|vip| model.outside(vip, claim.block.first())).map(outside),
        _ => None,
    };
    note.unwrap_or_default()
}

/// The subnets that manifests state.
fn subnets(model: &Model<'_>, owners: &Owners) -> Vec<Subnet> {
    let networks = &model.networks;
    let mut subnets = Vec::new();
    for (network, subnet) in networks.net_configs.iter().flat_map(NetConfig::subnets) {
        let vlan = subnet.vlan.as_ref().map(|fact| fact.text.to_owned());
        let cidr = subnet.cidr.as_ref().and_then(|cidr| cidr.value);
        subnets.extend(stated(cidr, network.title(), FROM_NET_CONFIG, vlan, None));
    }
    for attachment in &networks.attachments {
        subnets.extend(of_attachment(attachment, owners));
    }
    for policy in &networks.node_policies {
        let owner = owners.of(policy.item.index);
        let present = policy.interfaces.iter().filter(|interface| !interface.absent);
        subnets.extend(present.flat_map(|interface| of_interface(interface, owner)));
    }
    subnets
}

fn of_attachment(attachment: &Attachment<'_>, owners: &Owners) -> Vec<Subnet> {
    let owner = owners.of(attachment.item.index);
    // A chain's plugins are on the interface of its first one.
    let below =
        attachment.plugins.iter().find_map(|plugin| plugin.master.as_ref().or(plugin.device.as_ref()));
    let wire = below.map(|name| Wire { name: name.clone(), base: None, owner });
    let nets = attachment.ranges().map(|range| range.net.as_ref().and_then(|net| net.value));
    nets.filter_map(|net| stated(net, attachment.name, FROM_ATTACHMENT, None, wire.clone())).collect()
}

fn of_interface(interface: &Interface<'_>, owner: Option<usize>) -> Vec<Subnet> {
    let vlan = interface.vlan.as_ref();
    let text = |fact: &crate::find::Fact<'_>| fact.text.to_owned();
    let id = vlan.and_then(|vlan| vlan.id.as_ref()).map(text);
    let base = vlan.and_then(|vlan| vlan.base.as_ref()).map(text);
    let wire = Wire { name: interface.name.to_owned(), base, owner };
    let nets = interface.addresses().map(|address| {
        let net = address.prefix.zip(address.ip.value);
        net.and_then(|(prefix, ip)| IpNet::new(ip, prefix).ok())
    });
    nets.filter_map(|net| stated(net, interface.name, FROM_NODE_POLICY, id.clone(), Some(wire.clone())))
        .collect()
}

/// A stated subnet; a single address is not one.
fn stated(
    net: Option<IpNet>,
    name: &str,
    rank: u8,
    vlan: Option<String>,
    wire: Option<Wire>,
) -> Option<Subnet> {
    let net = net.filter(|net| net.prefix_len() > 0 && net.prefix_len() < net.max_prefix_len())?;
    Some(Subnet { block: net.into(), name: name.to_owned(), rank, vlan, wire })
}
