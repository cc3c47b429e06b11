//! What the config says of the base, held against the base: a `from` that nothing there has moves nothing, in silence.
//!
//! Only what the list can tell: a stage without a `NetConfig` says nothing of networks, one without node policies nothing
//! of interfaces. Must not know what becomes of what is found.

use std::collections::BTreeSet;

use crate::address::Block;
use crate::catalogue::kinds::{self, METALLB};
use crate::change::Changes;
use crate::config::{SpecNetwork, nearest};
use crate::context::Context;
use crate::find::select;
use crate::krm::{Field, Item};
use crate::model::{Attachment, NetConfig, Network, NodePolicy};
use crate::path;
use crate::rules::Report;

/// What the config says of networks, interfaces and shared pools, and the base says otherwise.
pub(crate) fn from_unmatched(context: &Context<'_>, _changes: &Changes, report: &mut Report) {
    let base = Base::read(context);
    for (index, network) in context.instance.spec.networks.iter().enumerate() {
        let field = format!("spec.networks[{index}]");
        of_network(&base, &field, network, report);
        if let Some(interface) = &network.from.interface {
            of_interface(&base, &format!("{field}.from.interface"), interface, report);
        }
    }
    for (index, interface) in context.instance.spec.interfaces.iter().enumerate() {
        of_interface(&base, &format!("spec.interfaces[{index}].from"), &interface.from, report);
    }
    for (index, pool) in context.instance.spec.metallb.shared_pools.iter().enumerate() {
        of_shared_pool(context, &format!("spec.metallb.sharedPools[{index}]"), pool, report);
    }
}

/// What the list says of the base's networks and nodes, as far as nothing in it has moved yet.
struct Base<'a> {
    net_configs: Vec<NetConfig<'a>>,
    attachments: Vec<Attachment<'a>>,
    /// Names in attachments, advertisements and node policies; empty where the list has no policy.
    interfaces: BTreeSet<String>,
}

impl<'a> Base<'a> {
    fn read(context: &Context<'a>) -> Self {
        let of = |group, kind| context.inventory.of(group, kind).filter(|item| !context.is_moved(item));
        let attachments: Vec<_> =
            of("k8s.cni.cncf.io", "NetworkAttachmentDefinition").map(Attachment::read).collect();
        let policies: Vec<_> = of(kinds::NMSTATE, kinds::NODE_POLICY).map(NodePolicy::read).collect();
        let in_policies = policies.iter().flat_map(NodePolicy::interface_names).map(str::to_owned);
        let plugins = attachments.iter().flat_map(|attachment| &attachment.plugins);
        let in_attachments = plugins.flat_map(|plugin| plugin.master.iter().chain(&plugin.device)).cloned();
        let announced = of(METALLB, "L2Advertisement")
            .flat_map(|item| select(item.node, path!("spec.interfaces.[]")))
            .filter_map(|part| part.node.text().map(str::to_owned));
        let known = in_policies.chain(in_attachments).chain(announced);
        Self {
            net_configs: of("network.openstack.org", "NetConfig").map(NetConfig::read).collect(),
            interfaces: if policies.is_empty() { BTreeSet::new() } else { known.collect() },
            attachments,
        }
    }

    /// The base's networks, each with the object that it stands in.
    fn networks(&self) -> impl Iterator<Item = (&Item<'a>, &Network<'a>)> {
        self.net_configs.iter().flat_map(|config| config.networks.iter().map(move |one| (&config.item, one)))
    }
}

fn of_network(base: &Base<'_>, field: &str, network: &SpecNetwork, report: &mut Report) {
    let name = network.name.to_lowercase();
    let here = base.networks().find(|(_, one)| one.title().to_lowercase() == name);
    match here {
        Some((item, here)) => contradictions(field, network, item, here, report),
        None => misnamed(base, field, &network.name, report),
    }
}

/// A name that no network has, and that looks like one.
fn misnamed(base: &Base<'_>, field: &str, name: &str, report: &mut Report) {
    let attached = base.attachments.iter().map(|attachment| attachment.name);
    let known: Vec<&str> = base.networks().map(|(_, one)| one.title()).chain(attached).collect();
    let is_known = known.iter().any(|one| one.eq_ignore_ascii_case(name));
    if let Some(near) = nearest(name, known.iter().copied()).filter(|_| !is_known) {
        let message = format!("the base has no network {name:?}; did you mean {near:?}?");
        say(&format!("{field}.name"), message, report);
    }
}

/// What the config says of a network that the base's own words for it contradict.
struct Contradiction {
    /// The field below `from`.
    field: &'static str,
    said: String,
    /// What the base has.
    is: Vec<String>,
}

fn contradictions(
    field: &str,
    network: &SpecNetwork,
    item: &Item<'_>,
    here: &Network<'_>,
    report: &mut Report,
) {
    let read = [vlan(network, here), domain(network, here), addresses(network, here)];
    for Contradiction { field: below, said, is } in read.into_iter().flatten() {
        let message = format!(
            "{} gives the network {} {}, and not {said}, so this moves nothing of it; write what the base has",
            item.reference(),
            here.title(),
            is.join(", ")
        );
        say(&format!("{field}.from.{below}"), message, report);
    }
}

fn vlan(network: &SpecNetwork, here: &Network<'_>) -> Option<Contradiction> {
    let said = network.from.vlan?;
    let texts = here.subnets.iter().filter_map(|subnet| Some(subnet.vlan.as_ref()?.text));
    // A placeholder says nothing.
    let is: Vec<u16> = texts.filter_map(|text| text.parse().ok()).collect();
    let differs = !is.is_empty() && !is.contains(&said);
    differs.then(|| Contradiction {
        field: "vlan",
        said: format!("VLAN {said}"),
        is: is.iter().map(|id| format!("VLAN {id}")).collect(),
    })
}

fn domain(network: &SpecNetwork, here: &Network<'_>) -> Option<Contradiction> {
    let said = network.from.dns_domain.as_ref()?;
    let of_subnets = here.subnets.iter().filter_map(|subnet| subnet.dns_domain.as_ref());
    let is: Vec<String> = here.dns_domain.iter().chain(of_subnets).map(|fact| fact.text.to_owned()).collect();
    let differs = !is.is_empty() && !is.iter().any(|one| one.eq_ignore_ascii_case(said));
    differs.then(|| Contradiction { field: "dnsDomain", said: said.clone(), is })
}

/// A network may be given more blocks than the base's subnets, so one that meets them is enough.
fn addresses(network: &SpecNetwork, here: &Network<'_>) -> Option<Contradiction> {
    let said: Vec<Block> = network.from.addresses.iter().filter_map(|text| Block::parse(text).ok()).collect();
    let nets = here.subnets.iter().filter_map(|subnet| subnet.cidr.as_ref()?.value);
    let is: Vec<Block> = nets.map(Block::from).collect();
    let differs = !said.is_empty()
        && !is.is_empty()
        && !is.iter().any(|net| said.iter().any(|block| block.overlaps(net)));
    differs.then(|| Contradiction {
        field: "addresses",
        said: network.from.addresses.join(", "),
        is: is.iter().map(ToString::to_string).collect(),
    })
}

fn of_interface(base: &Base<'_>, field: &str, name: &str, report: &mut Report) {
    if base.interfaces.is_empty() || base.interfaces.contains(name) {
        return;
    }
    let near = nearest(name, base.interfaces.iter().map(String::as_str));
    let near = near.map_or_else(String::new, |near| format!("; did you mean {near:?}?"));
    let message =
        format!("no node policy, attachment or advertisement of the list has the interface {name:?}{near}");
    say(field, message, report);
}

/// A shared pool may be in none of the instance's stages; a list with pools and what asks for them tells.
fn of_shared_pool(context: &Context<'_>, field: &str, name: &str, report: &mut Report) {
    if context.names_pool(name) {
        return;
    }
    let near = nearest(name, context.pools_named());
    let is_whole = context.inventory.all_pools().next().is_some() && !context.control_planes().is_empty();
    if near.is_some() || is_whole {
        let near = near.map_or_else(String::new, |near| format!("; did you mean {near:?}?"));
        say(field, format!("no IPAddressPool {name} is in the list, and nothing asks for one{near}"), report);
    }
}

/// Says something of a field of the config.
fn say(field: &str, message: String, report: &mut Report) {
    let mut finding = report.finding(message);
    finding.field = Some(Field { path: field.to_owned(), current_value: None, proposed_value: None });
    report.add(finding);
}
