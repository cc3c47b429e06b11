//! Interfaces that the instances of a plan share: one policy has the addresses of all, for nmstate sets the whole list.

use std::collections::BTreeSet;
use std::net::IpAddr;

use serde_json::{Map, Value};

use crate::address::{Outcome, address, respell};
use crate::catalogue::node_policy::{ADDRESSES, INTERFACES};
use crate::change::Changes;
use crate::config::{Instance, NetworkMoves, NodePolicies};
use crate::find::{Part, select};
use crate::krm::Item;
use crate::path;
use crate::yaml::{Node, PointerBuf};

/// Adds the addresses of all that share an interface with the instance behind its own, slot by slot.
pub fn transform(instance: &Instance, policy: &Item<'_>, changes: &mut Changes) {
    let sharers = || instance.sharers().iter().filter(|one| one.node_policies() != NodePolicies::Keep);
    if sharers().next().is_none() {
        return;
    }
    for interface in select(policy.node, INTERFACES) {
        let Some(name) = interface.text(path!("name")) else { continue };
        let own = instance.network.interface(name);
        let same: Vec<&NetworkMoves> =
            sharers().map(|one| &one.network).filter(|moves| moves.interface(name) == own).collect();
        for list in ADDRESSES.into_iter().flat_map(|path| interface.each(path)) {
            extend(policy, &list, &same, changes);
        }
    }
}

/// Adds each one's address behind the base's that moves for it, unless it is there.
fn extend(policy: &Item<'_>, list: &Part<'_>, sharers: &[&NetworkMoves], changes: &mut Changes) {
    let mut present: BTreeSet<IpAddr> =
        list.node.items().iter().filter_map(|entry| address(ip(entry)?).ok()).collect();
    for moves in sharers {
        for entry in list.node.items() {
            let Some(text) = ip(entry) else { continue };
            let Ok(old) = address(text) else { continue };
            if let Outcome::Moved((new, _)) = moves.mapping.map_range(old, old)
                && present.insert(new)
            {
                changes.append(policy, list.pointer.clone(), with_ip(entry, respell(text, new)));
            }
        }
    }
}

/// The addresses that the printer added for others, where what it printed is the base: they are not of this instance.
pub(super) fn of_sharers(interface: &Part<'_>, sharers: &[NetworkMoves]) -> Vec<PointerBuf> {
    let entries: Vec<(IpAddr, PointerBuf)> = ADDRESSES
        .into_iter()
        .flat_map(|path| interface.each(path))
        .flat_map(|list| list.facts(path!("[].ip")))
        .filter_map(|ip| Some((address(ip.text).ok()?, ip.pointer.parent()?.to_buf())))
        .collect();
    let image = |moves: &NetworkMoves, old: IpAddr| moves.mapping.map_address(old).filter(|new| *new != old);
    let added: BTreeSet<IpAddr> =
        sharers.iter().flat_map(|moves| entries.iter().filter_map(|(old, _)| image(moves, *old))).collect();
    entries.into_iter().filter(|(ip, _)| added.contains(ip)).map(|(_, pointer)| pointer).collect()
}

fn ip<'n>(entry: &'n Node<'_>) -> Option<&'n str> {
    entry.get("ip")?.as_str()
}

/// The entry as it is, prefix length and all, with another address.
fn with_ip(entry: &Node<'_>, ip: String) -> Value {
    let mut fields = match entry.to_value() {
        Value::Object(fields) => fields,
        _ => Map::new(),
    };
    fields.insert("ip".to_owned(), ip.into());
    Value::Object(fields)
}
