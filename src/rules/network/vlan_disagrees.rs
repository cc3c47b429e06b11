//! `vlan-disagrees`: a network that is one VLAN for the data plane and another for the cluster's nodes or pods.
//!
//! A network is matched by its name: of the attachment in its namespace, and of the interface that the attachment is
//! made on, or that has the network's name itself.

use std::collections::BTreeMap;

use crate::krm::Item;
use crate::model::{Fact, Model};
use crate::rules::Report;

/// Interfaces that carry a VLAN, with the ids that policies give them.
type Tagged<'m, 'a> = BTreeMap<&'a str, Vec<(u16, &'m Item<'a>)>>;

pub(super) fn check(model: &Model<'_>, report: &mut Report) {
    let tagged = tagged(model);
    let attachments: BTreeMap<_, _> =
        model.networks.attachments.iter().map(|one| ((one.namespace, one.name), one)).collect();
    for config in &model.networks.net_configs {
        for (network, subnet) in config.subnets().filter(|(network, _)| network.subnets.len() == 1) {
            let Some((vlan, id)) = subnet.vlan.as_ref().and_then(|vlan| Some((vlan, id(vlan.text)?))) else {
                continue;
            };
            let key = (config.item.namespace(), network.title());
            let attachment = attachments.get(&key);
            let plugins = attachment.map(|one| one.plugins.as_slice()).unwrap_or_default();
            for (own, plugin) in
                plugins.iter().filter_map(|plugin| Some((self::id(plugin.vlan.as_deref()?)?, plugin)))
            {
                if own != id {
                    let message = format!(
                        "the VLAN is {id} here and {own} in the attachment {} ({}); make them one",
                        network.title(),
                        plugin.kind
                    );
                    report.at(&config.item, &vlan.pointer, message);
                }
            }
            let master = plugins.iter().find_map(|plugin| plugin.master.as_deref());
            let interface = master.unwrap_or(network.title());
            interfaces(&config.item, vlan, (id, interface), &tagged, report);
        }
    }
}

fn interfaces(
    item: &Item<'_>,
    vlan: &Fact<'_>,
    (id, interface): (u16, &str),
    tagged: &Tagged<'_, '_>,
    report: &mut Report,
) {
    for (own, policy) in tagged.get(interface).into_iter().flatten().filter(|(own, _)| *own != id) {
        let message = format!(
            "the VLAN is {id} here and {own} on the nodes' interface {interface} ({}); make them one",
            policy.reference()
        );
        report.at(item, &vlan.pointer, message);
    }
}

fn tagged<'m, 'a>(model: &'m Model<'a>) -> Tagged<'m, 'a> {
    let mut tagged = Tagged::new();
    for policy in &model.networks.node_policies {
        for interface in &policy.interfaces {
            let written = interface.vlan.as_ref().and_then(|vlan| vlan.id.as_ref());
            if let Some(id) = written.and_then(|written| id(written.text)) {
                tagged.entry(interface.name).or_default().push((id, &policy.item));
            }
        }
    }
    tagged
}

/// A VLAN's number; 0 is no VLAN.
fn id(text: &str) -> Option<u16> {
    text.parse().ok().filter(|id| *id != 0)
}
