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
