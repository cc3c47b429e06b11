//! `NodeNetworkConfigurationPolicy`: cluster-scoped, so its name follows the instance.

use crate::catalogue::kinds;
use crate::context::Context;
use crate::plan::Plan;

pub(super) fn transform(context: &Context<'_>, plan: &mut Plan) {
    for policy in context.inventory.of(kinds::NMSTATE, kinds::NODE_POLICY) {
        let name = context.instance.node_policy_name(policy.name());
        plan.rename(policy, name);
    }
}
