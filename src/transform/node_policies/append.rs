//! `nodePolicies: append`: the instance's addresses as secondary ones on the interfaces that it shares.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::address::{Outcome, address, respell};
use crate::change::Changes;
use crate::context::Context;
use crate::inventory::select;
use crate::krm::Item;
use crate::yaml::{Node, PointerBuf};

const LISTS: [&str; 2] =
    ["spec.desiredState.interfaces.[].ipv4.address", "spec.desiredState.interfaces.[].ipv6.address"];

pub(super) fn transform(context: &Context<'_>, policy: &Item<'_>, changes: &mut Changes) {
    for (pointer, list) in LISTS.iter().flat_map(|path| select(policy.node, path)) {
        extend(context, policy, &pointer, list, changes);
    }
}

/// Adds the instance's address behind each address of the base's that moves, unless it is there.
fn extend(
    context: &Context<'_>,
    policy: &Item<'_>,
    pointer: &PointerBuf,
    list: &Node<'_>,
    changes: &mut Changes,
) {
    let present: BTreeSet<_> = list.items().iter().filter_map(|entry| address(ip(entry)?).ok()).collect();
    for entry in list.items() {
        let Some(text) = ip(entry) else { continue };
        let Ok(old) = address(text) else { continue };
        if let Outcome::Moved((new, _)) = context.instance.network.mapping.map_range(old, old)
            && !present.contains(&new)
        {
            changes.append(policy, pointer.clone(), with_ip(entry, respell(text, new)));
        }
    }
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
