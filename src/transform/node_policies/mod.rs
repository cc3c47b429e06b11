//! `NodeNetworkConfigurationPolicy`: cluster-scoped, and about nodes that both instances run on.
//!
//! `replace`: policies of the instance's own, renamed, without the interfaces that stay the base's. `keep`: the base's as
//! they are. Interfaces that the instances of a plan share are one policy's, with the addresses of all.

mod globals;
mod replace;
mod shared;

use crate::catalogue::kinds;
use crate::change::Changes;
use crate::config::{NodePolicies, Sharing};
use crate::context::Context;
pub use shared::transform as with_sharers;

pub(super) fn transform(context: &Context<'_>, changes: &mut Changes) {
    for policy in context.inventory.of(kinds::NMSTATE, kinds::NODE_POLICY) {
        match context.instance.node_policies() {
            NodePolicies::Replace => replace::transform(context, policy, changes),
            NodePolicies::Keep => {}
        }
        shared::transform(context.instance, policy, changes);
    }
    let is_each = matches!(context.instance.sharing, Sharing::Each);
    if is_each && context.instance.node_policies() == NodePolicies::Replace {
        globals::report(context, context.inventory.of(kinds::NMSTATE, kinds::NODE_POLICY), changes);
    }
}
