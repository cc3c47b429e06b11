//! Reads subnets and claims from the model, claims as spans. Must not know how spans are drawn.

use std::collections::BTreeMap;

use ipnet::IpNet;

use super::atlas::{Span, Subnet};
use super::conflicts::outside;
use super::networks::Survey;
use crate::model::{Claim, Interface, Kind, Model, NetConfig, Vip};

const FROM_NET_CONFIG: u8 = 0;
const FROM_ATTACHMENT: u8 = 1;
const FROM_NODE_POLICY: u8 = 2;

/// All claims, in their order, with their conflicts and the subnets.
pub(super) fn survey(model: &Model<'_>) -> Survey {
    let claims = model.claims();
    let waiting = waiting(model);
    let spans = claims.all.iter().map(|claim| span(claim, note(claim, model, &waiting))).collect();
    let conflicts = super::conflicts::conflicts(model);
    Survey { instances: claims.instances.clone(), subnets: subnets(model), spans, conflicts }
}

fn span(claim: &Claim<'_>, note: String) -> Span {
    Span {
        kind: claim.kind,
        owner: claim.owner,
        block: claim.block,
        names: vec![claim.name.clone()],
        excluded: claim.excluded.clone(),
        note,
    }
}

/// By pool name, the Services that may get any of its addresses.
fn waiting<'a>(model: &Model<'a>) -> BTreeMap<&'a str, Vec<String>> {
    let mut waiting: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for vip in model.vips.iter().filter(|vip| vip.may_come() && vip.wanted().is_empty()) {
        if let Some(pool) = vip.pool() {
            waiting.entry(pool.text).or_default().push(vip.title());
        }
    }
    waiting
}

/// The remark on a claim.
fn note(claim: &Claim<'_>, model: &Model<'_>, waiting: &BTreeMap<&str, Vec<String>>) -> String {
    let vip = || -> Option<&Vip<'_>> { model.vips.get(claim.vip?) };
    let note = match claim.kind {
        Kind::DataPlane => Some("data plane node".to_owned()),
        Kind::Pool => {
            waiting.get(claim.name.as_str()).map(|titles| format!("any address of it: {}", titles.join(", ")))
        }
        Kind::Vip => vip().and_then(|vip| model.outside(vip, claim.block.first())).map(outside),
        _ => None,
    };
    note.unwrap_or_default()
}

/// The subnets that manifests state.
fn subnets(model: &Model<'_>) -> Vec<Subnet> {
    let networks = &model.networks;
    let mut subnets = Vec::new();
    for (network, subnet) in networks.net_configs.iter().flat_map(NetConfig::subnets) {
        let vlan = subnet.vlan.as_ref().map(|fact| fact.text.to_owned());
        let cidr = subnet.cidr.as_ref().and_then(|cidr| cidr.value);
        subnets.extend(stated(cidr, network.title(), FROM_NET_CONFIG, vlan));
    }
    for attachment in &networks.attachments {
        let nets = attachment.ranges().map(|range| range.net.as_ref().and_then(|net| net.value));
        subnets.extend(nets.filter_map(|net| stated(net, attachment.name, FROM_ATTACHMENT, None)));
    }
    let interfaces = networks.node_policies.iter().flat_map(|policy| &policy.interfaces);
    for interface in interfaces.filter(|interface| !interface.absent) {
        for address in interface.addresses() {
            let net = address.prefix.zip(address.ip.value);
            let net = net.and_then(|(prefix, ip)| IpNet::new(ip, prefix).ok());
            subnets.extend(stated(net, interface.name, FROM_NODE_POLICY, vlan(interface)));
        }
    }
    subnets
}

fn vlan(interface: &Interface<'_>) -> Option<String> {
    Some(interface.vlan.as_ref()?.id.as_ref()?.text.to_owned())
}

/// A stated subnet; a single address is not one.
fn stated(net: Option<IpNet>, name: &str, rank: u8, vlan: Option<String>) -> Option<Subnet> {
    let net = net.filter(|net| net.prefix_len() > 0 && net.prefix_len() < net.max_prefix_len())?;
    Some(Subnet { block: net.into(), name: name.to_owned(), rank, vlan })
}
