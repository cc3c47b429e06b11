//! `NodeNetworkConfigurationPolicy`: cluster-scoped, and about nodes that both instances run on.
//!
//! `replace`: policies of the instance's own, renamed, without the interfaces that stay the base's. `append`: the base's
//! policies with the instance's addresses beside the base's. `keep`: the base's as they are.

mod append;
mod globals;
mod replace;

use crate::catalogue::kinds;
use crate::change::Changes;
use crate::config::NodePolicies;
use crate::context::Context;

pub(super) fn transform(context: &Context<'_>, changes: &mut Changes) {
    for policy in context.inventory.of(kinds::NMSTATE, kinds::NODE_POLICY) {
        match context.instance.node_policies() {
            NodePolicies::Replace => replace::transform(context, policy, changes),
            NodePolicies::Append => append::transform(context, policy, changes),
            NodePolicies::Keep => {}
        }
    }
    if context.instance.node_policies() == NodePolicies::Replace {
        globals::report(context, context.inventory.of(kinds::NMSTATE, kinds::NODE_POLICY), changes);
    }
}
