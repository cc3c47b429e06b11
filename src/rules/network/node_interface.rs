//! Single interfaces of node policies: their names, and VLANs.

use std::collections::BTreeMap;

use crate::find::under;
use crate::model::{Interface, Model, NodePolicy, Vlan};
use crate::rules::Report;

/// The bytes that the kernel has for a name, without the zero behind it.
const LONGEST_NAME: usize = 15;
/// The loopback that every node has.
const LOOPBACK: &str = "lo";
const HIGHEST_VLAN: u16 = 4094;

/// A name that the kernel does not take, or `lo` as what it cannot be.
///
/// Only names of interfaces that a policy makes: those that a node has may be alternative names or those of profiles.
/// Source: Linux `net/core/dev.c` (`dev_valid_name`); nmstate `rust/src/lib/iface.rs`, `ifaces/loopback.rs`.
pub(crate) fn names(model: &Model<'_>, report: &mut Report) {
    for policy in model.networks.written_policies() {
        for interface in policy.interfaces.iter().filter(|interface| !interface.absent) {
            let message = if interface.name == LOOPBACK {
                loopback(interface)
            } else {
                let is_kernels = interface.is_made() && !is_in_user_space(interface.kind);
                is_kernels.then(|| unnameable(interface)).flatten()
            };
            if let Some(message) = message {
                report.at(&policy.item, &under(&interface.pointer, &["name"]), message);
            }
        }
    }
}

/// What is no interface to the kernel may have any name, and one by address has a profile's.
fn is_in_user_space(kind: &str) -> bool {
    matches!(kind, "ovs-bridge" | "ipsec")
}

fn unnameable(interface: &Interface<'_>) -> Option<String> {
    let name = interface.name;
    let is_odd = |c: char| c.is_whitespace() || matches!(c, '/' | ':');
    if !matches!(interface.identifier, "" | "name") {
        None
    } else if name.len() > LONGEST_NAME {
        Some(format!(
            "the name {name} has {} bytes, and the kernel takes {LONGEST_NAME}; shorten it",
            name.len()
        ))
    } else if name.is_empty() || matches!(name, "." | "..") || name.contains(is_odd) {
        Some(format!("the kernel takes no interface of the name {name:?}; write letters and digits"))
    } else {
        None
    }
}

fn loopback(interface: &Interface<'_>) -> Option<String> {
    let is_its_own = matches!(interface.kind, "" | "unknown" | "loopback");
    if !is_its_own {
        Some(format!(
            "lo is the node's loopback and cannot be of the type {}; write loopback, or another name",
            interface.kind
        ))
    } else if interface.dynamic || interface.enabled.contains(&Some(false)) {
        Some("lo always has both families and no DHCP; take out what says otherwise".to_owned())
    } else {
        None
    }
}

/// A VLAN that the kernel refuses: without a port below it, with an ID that is none, larger than its port lets through,
/// or a second of one port and ID.
///
/// Source: nmstate `rust/src/lib/ifaces/vlan.rs`, `inter_ifaces.rs`; Linux `net/8021q/vlan.c`, `vlan_dev.c`.
pub(crate) fn vlans(model: &Model<'_>, report: &mut Report) {
    for policy in model.networks.written_policies() {
        let mut carried: BTreeMap<(&str, u16), &str> = BTreeMap::new();
        for interface in policy.interfaces.iter().filter(|interface| !interface.absent) {
            let Some(vlan) = &interface.vlan else { continue };
            if let Some(message) = below(policy, interface, vlan) {
                report.at(&policy.item, &under(&interface.pointer, &["vlan", "base-iface"]), message);
            }
            if let Some(message) = larger(policy, interface, vlan) {
                report.at(&policy.item, &under(&interface.pointer, &["mtu"]), message);
            }
            if let Some(message) = numbered(interface, vlan, &mut carried) {
                report.at(&policy.item, &under(&interface.pointer, &["vlan", "id"]), message);
            }
        }
    }
}

/// What is wrong with the port below a VLAN.
fn below(policy: &NodePolicy<'_>, interface: &Interface<'_>, vlan: &Vlan<'_>) -> Option<String> {
    let name = interface.name;
    let Some(base) = vlan.base.as_ref().map(|base| base.text).filter(|base| !base.is_empty()) else {
        return (interface.kind == "vlan").then(|| {
            format!(
                "the VLAN {name} is on no interface, and nmstate refuses the policy; write vlan.base-iface"
            )
        });
    };
    if base == name {
        return Some(format!("the VLAN {name} is on itself; name the interface below it"));
    }
    let gone = policy.interfaces.iter().find(|other| other.name == base && other.absent)?;
    let is_left = matches!(gone.kind, "" | "unknown" | "ethernet");
    (!is_left).then(|| {
        format!("the VLAN {name} is on {base}, which this policy removes; name another, or leave {base}")
    })
}

/// A VLAN's frames go through its port, so the port's MTU bounds its own.
fn larger(policy: &NodePolicy<'_>, interface: &Interface<'_>, vlan: &Vlan<'_>) -> Option<String> {
    let base = vlan.base.as_ref()?.text;
    let mtu = |interface: &Interface<'_>| interface.mtu.as_ref()?.text.parse::<u32>().ok();
    let port = policy.interfaces.iter().rev().find(|other| other.name == base && !other.absent)?;
    let (own, most) = (mtu(interface)?, mtu(port)?);
    (own > most).then(|| {
        format!(
            "the VLAN {} has the MTU {own}, and {base} below it has {most}, so the kernel refuses it; write at most \
             {most}, or more for {base}",
            interface.name
        )
    })
}

/// What is wrong with a VLAN's number. 0 is taken, and tags with a priority alone.
fn numbered<'a>(
    interface: &Interface<'a>,
    vlan: &Vlan<'a>,
    carried: &mut BTreeMap<(&'a str, u16), &'a str>,
) -> Option<String> {
    let id: u16 = vlan.id.as_ref()?.text.parse().ok()?;
    if id > HIGHEST_VLAN {
        return Some(format!("{id} is no VLAN; write a number from 1 to {HIGHEST_VLAN}"));
    }
    let base = vlan.base.as_ref()?.text;
    let other = carried.insert((base, id), interface.name).filter(|other| *other != interface.name)?;
    Some(format!(
        "VLAN {id} of {base} is {other} in this policy already, and a port carries a VLAN once; give it another number"
    ))
}
