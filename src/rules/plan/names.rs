//! VLAN IDs, host interfaces and DNS domains of all slots: apart, and such as can be.

use std::collections::BTreeMap;

use crate::config::LONGEST_INTERFACE;
use crate::krm::Item;
use crate::plan::{Plan, SlotNetwork};
use crate::rules::Report;

use super::{say, slot, unnamed};

/// Every network of every slot that has something of its own there, slot by slot; slot 1 has all, and an instance in the
/// base's subnets the domain alone.
fn own(plan: &Plan) -> Vec<(u32, usize, SlotNetwork)> {
    let of_slot = |slot: u32| {
        let networks = plan.networks.iter().enumerate();
        networks.filter_map(move |(index, network)| {
            let unnamed = unnamed(slot);
            let seat = plan.seat(slot, &unnamed);
            let own = network.slot(seat).ok()?;
            if slot == 1 || network.is_own(seat) {
                return Some((slot, index, own));
            }
            network.inside(seat)?;
            Some((slot, index, SlotNetwork { vlan: None, interface: None, ..own }))
        })
    };
    (1..=plan.last_slot()).flat_map(of_slot).collect()
}

/// Two networks that have one thing; of each two the first time.
fn twice<T: Ord + Clone>(
    plan: &Plan,
    thing: impl Fn(&SlotNetwork) -> Option<T>,
    mut say: impl FnMut(usize, T, String, String),
) {
    let mut known: BTreeMap<T, (u32, usize)> = BTreeMap::new();
    let mut said: Vec<(usize, usize)> = Vec::new();
    let whose = |one: u32, index: usize| {
        let name = plan.networks.get(index).map_or("", |network| network.name.as_str());
        format!("the network {name} in {}", slot(plan, one))
    };
    for (one, index, network) in own(plan) {
        let Some(thing) = thing(&network) else { continue };
        match known.get(&thing) {
            Some((first, other)) if !said.contains(&(*other, index)) => {
                said.push((*other, index));
                say(index, thing, whose(one, index), whose(*first, *other));
            }
            Some(_) => {}
            None => drop(known.insert(thing, (one, index))),
        }
    }
}

/// VLAN IDs that are none, reserved, or two networks'.
pub(crate) fn vlan(plan: &Plan, item: &Item<'_>, report: &mut Report) {
    let mut faulty: Vec<usize> = Vec::new();
    for (one, index, network) in own(plan) {
        let Some(vlan) = network.vlan.filter(|_| !faulty.contains(&index)) else { continue };
        let holds = |(first, last): &&(u16, u16)| (u32::from(*first)..=u32::from(*last)).contains(&vlan);
        let fault = match plan.reserved_vlans.iter().find(holds) {
            Some((first, last)) => format!("and {first}-{last} are reserved"),
            None if (1..=4094).contains(&vlan) => continue,
            None => "and there are 1 to 4094".to_owned(),
        };
        faulty.push(index);
        let name = plan.networks.get(index).map_or("", |network| network.name.as_str());
        let message = format!(
            "the network {name} would have VLAN {vlan} in {}, {fault}; take another VLAN or vlanStep, or fewer slots",
            slot(plan, one)
        );
        say(item, &["networks", &index.to_string(), "vlan"], message, report);
    }
    twice(
        plan,
        |network| network.vlan,
        |index, vlan, one, other| {
            let message =
                format!("VLAN {vlan} is that of {one}, and of {other}; take another VLAN or vlanStep");
            say(item, &["networks", &index.to_string(), "vlan"], message, report);
        },
    );
}

/// Host interfaces that are too long, or two networks'; and slots for which a list of names ends before.
pub(crate) fn interface(plan: &Plan, item: &Item<'_>, report: &mut Report) {
    let is_long = |(_, _, network): &&(u32, usize, SlotNetwork)| {
        network.interface.as_ref().is_some_and(|name| name.len() > LONGEST_INTERFACE)
    };
    let slots = own(plan);
    if let Some((one, index, network)) = slots.iter().find(is_long) {
        let message = format!(
            "the interface of {} would be {:?}, and {LONGEST_INTERFACE} bytes are the most; shorten it by interfaceTemplate",
            slot(plan, *one),
            network.interface.as_deref().unwrap_or_default()
        );
        say(item, &["networks", &index.to_string(), "interface"], message, report);
    }
    twice(
        plan,
        |network| network.interface.clone(),
        |index, name, one, other| {
            let message = format!(
                "{name:?} is the interface of {one}, and of {other}; take another name or interfaceTemplate"
            );
            say(item, &["networks", &index.to_string(), "interface"], message, report);
        },
    );
    for (index, interface) in plan.interfaces.iter().enumerate() {
        let lacking = |one: &u32| {
            let seat = plan.seat(*one, "");
            plan.taker(*one).is_some() && seat.slice.is_none() && interface.of_slot(*one).is_none()
        };
        if let Some(one) = (2..=plan.last_slot()).find(lacking) {
            let message = format!(
                "{} has no interface in place of {}: the list ends before; add one, or write a template",
                slot(plan, one),
                interface.from
            );
            say(item, &["interfaces", &index.to_string(), "to"], message, report);
        }
    }
}

/// DNS domains that two networks have.
pub(crate) fn domain(plan: &Plan, item: &Item<'_>, report: &mut Report) {
    let domain = |network: &SlotNetwork| network.dns_domain.as_ref().map(|name| name.to_lowercase());
    twice(plan, domain, |index, name, one, other| {
        let message =
            format!("{name} is the domain of {one}, and of {other}; take another, or dnsDomainTemplate");
        say(item, &["networks", &index.to_string(), "dnsDomain"], message, report);
    });
}
