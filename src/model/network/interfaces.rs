//! The interfaces of the nodes, as far as the list's policies say.

use std::collections::BTreeSet;

use super::{Networks, NodePolicy};

impl<'a> Networks<'a> {
    /// The names that any policy knows; none where the list holds no policy that has interfaces.
    #[must_use]
    pub fn interface_names(&self) -> Option<BTreeSet<&'a str>> {
        let names: BTreeSet<&str> = self.node_policies.iter().flat_map(NodePolicy::interface_names).collect();
        (!names.is_empty()).then_some(names)
    }
}
