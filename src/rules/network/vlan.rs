//! The VLAN ID of a network, which several objects state.

use std::collections::BTreeMap;

use crate::find::Fact;
use crate::krm::Item;
use crate::model::{Attachment, Interface, Model, Plugin};
use crate::rules::Report;

/// Attachments by namespace and lower-case name.
type Attachments<'m, 'a> = BTreeMap<(Option<&'a str>, String), &'m Attachment<'a>>;
/// Interfaces by name, with the VLAN IDs that policies give them.
type Tagged<'m, 'a> = BTreeMap<&'a str, Vec<(u16, &'m Item<'a>)>>;

/// A network with one VLAN ID for the data plane and another for the cluster's nodes or pods.
///
/// Matched by name, regardless of case: with the attachment in its namespace, and with the interface that the
/// attachment uses or, without one, the interface of the network's name.
pub(crate) fn disagrees(model: &Model<'_>, report: &mut Report) {
    let tagged = tagged(model);
    let attachments: Attachments<'_, '_> = model
        .networks
        .attachments
        .iter()
        .map(|one| ((one.namespace, one.name.to_lowercase()), one))
        .collect();
    for config in &model.networks.net_configs {
        for (network, subnet) in config.subnets().filter(|(network, _)| network.subnets.len() == 1) {
            let Some((vlan, id)) = subnet.vlan.as_ref().and_then(|vlan| Some((vlan, id(vlan.text)?))) else {
                continue;
            };
            let name = network.title().to_lowercase();
            let attachment = attachments.get(&(config.item.namespace(), name.clone()));
            let plugins = attachment.map(|one| one.plugins.as_slice()).unwrap_or_default();
            in_attachment(&config.item, vlan, (id, &name), plugins, report);
            let master = plugins.iter().find_map(|plugin| plugin.master.as_deref());
            interfaces(&config.item, vlan, (id, master.unwrap_or(&name)), &tagged, report);
        }
    }
}

fn in_attachment(
    item: &Item<'_>,
    vlan: &Fact<'_>,
    (id, name): (u16, &str),
    plugins: &[Plugin<'_>],
    report: &mut Report,
) {
    for plugin in plugins {
        let Some(own) = plugin.vlan.as_deref().and_then(self::id).filter(|own| *own != id) else { continue };
        let message = format!(
            "the VLAN is {id} here and {own} in the attachment {name} ({}); make them one",
            plugin.kind
        );
        report.at(item, &vlan.pointer, message);
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
        let own = |interface: &Interface<'_>| id(interface.vlan.as_ref()?.id.as_ref()?.text);
        let named = |name: &str| policy.interfaces.iter().find(|interface| interface.name == name);
        for interface in &policy.interfaces {
            // A bridge or bond with one port carries that port's VLAN.
            let below = || match interface.ports.as_slice() {
                [port] => own(named(port.text)?),
                _ => None,
            };
            if let Some(id) = own(interface).or_else(below) {
                tagged.entry(interface.name).or_default().push((id, &policy.item));
            }
        }
    }
    tagged
}

/// A VLAN ID; 0 means untagged.
fn id(text: &str) -> Option<u16> {
    text.parse().ok().filter(|id| *id != 0)
}
