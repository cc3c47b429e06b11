//! `nodePolicies: append`: the instance's addresses as secondary ones on the interfaces that it shares.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::address::{Outcome, address, respell};
use crate::catalogue::node_policy::{ADDRESSES, INTERFACES};
use crate::change::Changes;
use crate::context::Context;
use crate::find::{Part, select};
use crate::krm::Item;
use crate::path;
use crate::path::Path;
use crate::yaml::Node;

/// Where an interface's addresses of either family stand.
const LISTS: [Path; 2] = [path!(INTERFACES, ADDRESSES[0]), path!(INTERFACES, ADDRESSES[1])];

pub(super) fn transform(context: &Context<'_>, policy: &Item<'_>, changes: &mut Changes) {
    for list in LISTS.into_iter().flat_map(|path| select(policy.node, path)) {
        extend(context, policy, &list, changes);
    }
}

/// Adds the instance's address behind each address of the base's that moves, unless it is there.
fn extend(context: &Context<'_>, policy: &Item<'_>, list: &Part<'_>, changes: &mut Changes) {
    let present: BTreeSet<_> =
        list.node.items().iter().filter_map(|entry| address(ip(entry)?).ok()).collect();
    for entry in list.node.items() {
        let Some(text) = ip(entry) else { continue };
        let Ok(old) = address(text) else { continue };
        if let Outcome::Moved((new, _)) = context.instance.network.mapping.map_range(old, old)
            && !present.contains(&new)
        {
            changes.append(policy, list.pointer.clone(), with_ip(entry, respell(text, new)));
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
