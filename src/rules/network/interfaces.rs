//! The interfaces of the nodes, as far as the list's policies say. Reports nothing itself.

use std::collections::BTreeSet;

use crate::model::Model;

/// The names that any policy knows; none where the list holds no policy that has interfaces.
pub(super) fn known<'a>(model: &Model<'a>) -> Option<BTreeSet<&'a str>> {
    let policies = &model.networks.node_policies;
    let names: BTreeSet<&str> = policies.iter().flat_map(crate::model::NodePolicy::interface_names).collect();
    (!names.is_empty()).then_some(names)
}
