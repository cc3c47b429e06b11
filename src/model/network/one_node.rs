//! Finds node policies that certainly apply to one node.

use std::collections::BTreeMap;

use super::{Networks, NodePolicy};
use crate::catalogue::node_policy::HOST_NAME;

impl<'a> Networks<'a> {
    /// Pairs of policies, earlier first, of which one selects every node that the other selects.
    ///
    /// Selectors that only might share a node (`rack: a` and `role: worker`) give no pair: the list has no node
    /// labels.
    #[must_use]
    pub fn policies_of_one_node(&self) -> Vec<(&NodePolicy<'a>, &NodePolicy<'a>)> {
        let mut by_host: BTreeMap<Option<&str>, Vec<&NodePolicy<'a>>> = BTreeMap::new();
        for policy in &self.node_policies {
            by_host.entry(policy.selector.get(HOST_NAME).copied()).or_default().push(policy);
        }
        let wide = by_host.get(&None).cloned().unwrap_or_default();
        let mut pairs = Vec::new();
        for (host, policies) in &by_host {
            for (index, policy) in policies.iter().enumerate() {
                let others = policies.iter().skip(index + 1);
                let wide = wide.iter().filter(|_| host.is_some());
                let met = others.chain(wide).filter(|other| other.name != policy.name && meet(policy, other));
                pairs.extend(met.map(|other| ordered(policy, other)));
            }
        }
        pairs
    }
}

fn meet(one: &NodePolicy<'_>, other: &NodePolicy<'_>) -> bool {
    let within = |one: &NodePolicy<'_>, other: &NodePolicy<'_>| {
        one.selector.iter().all(|(key, value)| other.selector.get(key) == Some(value))
    };
    within(one, other) || within(other, one)
}

fn ordered<'m, 'a>(
    one: &'m NodePolicy<'a>,
    other: &'m NodePolicy<'a>,
) -> (&'m NodePolicy<'a>, &'m NodePolicy<'a>) {
    if one.item.index < other.item.index { (one, other) } else { (other, one) }
}
