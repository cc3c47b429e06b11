//! The networks of an instance: `NetConfig` says their addresses, VLAN IDs and domains, the attachment or the
//! advertisement of the same name their host interface. Must not know what gives out addresses beside them.

use std::collections::BTreeSet;

use super::{Draft, Drafted};
use crate::address::Block;
use crate::model::{Model, Network, NodePolicy};

/// Every network of the instance's `NetConfig`s.
pub(super) fn read(model: &Model<'_>, draft: &mut Draft) {
    for config in &model.networks.net_configs {
        if !draft.is_own(config.item.namespace()) {
            draft
                .notes
                .push(format!("{} is another instance's, and not in this plan", config.item.reference()));
            continue;
        }
        for network in config.networks.iter().filter(|network| !network.title().is_empty()) {
            add(model, draft, network);
        }
    }
}

fn add(model: &Model<'_>, draft: &mut Draft, network: &Network<'_>) {
    let place = draft.place(network.title());
    for subnet in &network.subnets {
        match subnet.cidr.as_ref().map(|cidr| (cidr.value, &cidr.text)) {
            Some((Some(net), _)) => {
                let block = Block::from(net);
                let is_known = draft.networks.get(place).is_some_and(|own| own.addresses.contains(&block));
                if !is_known {
                    draft.give(place, block);
                }
            }
            Some((None, text)) => {
                note(draft, place, format!("the cidr {text:?} is none; write its addresses"));
            }
            None => {}
        }
    }
    let vlan = vlan(draft, place, network);
    let domain = domain(draft, place, network);
    let interface = interface(model, draft, place, vlan);
    if let Some(own) = draft.networks.get_mut(place) {
        own.vlan = own.vlan.or(vlan);
        own.dns_domain = own.dns_domain.take().or(domain);
        own.interface = own.interface.take().or(interface);
    }
}

fn note(draft: &mut Draft, place: usize, note: String) {
    if let Some(network) = draft.networks.get_mut(place).filter(|network| !network.notes.contains(&note)) {
        network.notes.push(note);
    }
}

/// The VLAN ID of all subnets, where it is one and no other network's.
fn vlan(draft: &mut Draft, place: usize, network: &Network<'_>) -> Option<u16> {
    let texts: BTreeSet<&str> =
        network.subnets.iter().filter_map(|subnet| Some(subnet.vlan.as_ref()?.text)).collect();
    let mut texts = texts.into_iter();
    let text = texts.next()?;
    if texts.next().is_some() {
        note(
            draft,
            place,
            "its subnets have several VLAN IDs, and the plan has one for each network".to_owned(),
        );
        return None;
    }
    let vlan = text.parse().ok().filter(|id| (1..=4094).contains(id));
    let Some(vlan) = vlan else {
        note(draft, place, format!("the VLAN ID {text:?} is none"));
        return None;
    };
    let other = other(draft, place, |other| other.vlan == Some(vlan));
    other.map_or(Some(vlan), |other| {
        note(draft, place, format!("VLAN {vlan} is that of {other} already"));
        None
    })
}

/// The domain of the network, else the one that all subnets have.
fn domain(draft: &mut Draft, place: usize, network: &Network<'_>) -> Option<String> {
    let own = network.dns_domain.as_ref().map(|fact| fact.text);
    let each = network.subnets.iter().filter_map(|subnet| Some(subnet.dns_domain.as_ref()?.text));
    let each: BTreeSet<&str> = each.filter(|text| !text.is_empty()).collect();
    if each.len() > usize::from(own.is_none()) {
        note(
            draft,
            place,
            "subnets have DNS domains of their own, and the plan has one for each network".to_owned(),
        );
    }
    let domain = own.or_else(|| each.into_iter().next()).filter(|text| !text.is_empty())?;
    let is_same =
        |other: &Drafted| other.dns_domain.as_deref().is_some_and(|other| other.eq_ignore_ascii_case(domain));
    let other = other(draft, place, is_same);
    other.map_or(Some(domain.to_owned()), |other| {
        note(draft, place, format!("the DNS domain {domain} is that of {other} already"));
        None
    })
}

fn other(draft: &Draft, place: usize, is_so: impl Fn(&Drafted) -> bool) -> Option<String> {
    let mut others = draft.networks.iter().enumerate().filter(|(other, _)| *other != place);
    others.find(|(_, other)| is_so(other)).map(|(_, other)| other.name.clone())
}

/// The host interface of a network: of its attachment, else of the advertisement of its pool.
pub(super) fn interface(
    model: &Model<'_>,
    draft: &mut Draft,
    place: usize,
    vlan: Option<u16>,
) -> Option<String> {
    let title = draft.networks.get(place)?.name.clone();
    let names = interfaces(model, draft, &title);
    let mut names = names.into_iter();
    let name = names.next()?;
    if names.next().is_some() {
        note(
            draft,
            place,
            "its attachments or advertisements have several interfaces; write the one that moves".to_owned(),
        );
        return None;
    }
    if vlan.is_some_and(|vlan| name.ends_with(&format!(".{vlan}"))) {
        note(draft, place, format!("its interface {name} follows the port and the VLAN by itself"));
        return None;
    }
    let other = other(draft, place, |other| other.interface.as_ref() == Some(&name));
    other.map_or(Some(name.clone()), |other| {
        note(draft, place, format!("its interface {name} is that of {other} already, and moves with it"));
        None
    })
}

fn interfaces(model: &Model<'_>, draft: &Draft, title: &str) -> BTreeSet<String> {
    let attachments = model.networks.attachments.iter().filter(|attachment| {
        attachment.name.eq_ignore_ascii_case(title) && draft.is_own(attachment.namespace)
    });
    let plugins = attachments.flat_map(|attachment| &attachment.plugins);
    let names = plugins.filter_map(|plugin| plugin.master.as_ref().or(plugin.device.as_ref()));
    let names: BTreeSet<String> = names.cloned().collect();
    if !names.is_empty() {
        return names;
    }
    let pool = model.pools.iter().find(|pool| pool.name.eq_ignore_ascii_case(title));
    let announced = model
        .advertisements
        .iter()
        .filter(|by| pool.is_some_and(|pool| !by.is_of_everything() && by.announces(pool)));
    announced.flat_map(|by| &by.interfaces).map(|fact| fact.text.to_owned()).collect()
}

/// Host interfaces of node policies that no network has, nor follow one.
pub(super) fn unused_interfaces(model: &Model<'_>, draft: &mut Draft) {
    let names = model.networks.node_policies.iter().flat_map(NodePolicy::interface_names);
    let names: BTreeSet<&str> = names.filter(|name| *name != "lo").collect();
    let vlans: Vec<u16> = draft.networks.iter().filter_map(|network| network.vlan).collect();
    let follows = |name: &str| {
        let id = name.rsplit_once('.').and_then(|(_, id)| id.parse().ok());
        id.is_some_and(|id| vlans.contains(&id))
    };
    let is_known =
        |name: &str| draft.networks.iter().any(|network| network.interface.as_deref() == Some(name));
    let unused = names.into_iter().filter(|name| !is_known(name) && !follows(name));
    draft.interfaces = unused.map(str::to_owned).collect();
}
