//! The interfaces of the nodes that the list's policies name.

use std::collections::BTreeSet;

use super::{Networks, NodePolicy};

impl<'a> Networks<'a> {
    /// The names in any policy; `None` if the list's policies have no interfaces.
    #[must_use]
    pub fn interface_names(&self) -> Option<BTreeSet<&'a str>> {
        let names: BTreeSet<&str> = self.node_policies.iter().flat_map(NodePolicy::interface_names).collect();
        (!names.is_empty()).then_some(names)
    }
}

impl<'a> Networks<'a> {
    /// The node policies whose state is all written out.
    pub fn written_policies(&self) -> impl Iterator<Item = &NodePolicy<'a>> {
        self.node_policies.iter().filter(|policy| !policy.captures)
    }

    /// The names of interfaces that a policy sets up or removes, or that it makes a port of one; `None` where
    /// policies speak of no network card, and so take what carries their interfaces for granted.
    #[must_use]
    pub fn interfaces_spoken_of(&self) -> Option<BTreeSet<&'a str>> {
        let interfaces = || self.node_policies.iter().flat_map(|policy| &policy.interfaces);
        let names = interfaces().flat_map(|interface| {
            std::iter::once(interface.name).chain(interface.ports.iter().map(|port| port.text))
        });
        interfaces().any(|interface| interface.kind == "ethernet").then(|| names.collect())
    }
}
