//! `cluster-operator`: an object of the cluster's own operators, of which there is one for all instances.
//!
//! `DNS default` forwards zones to servers, `IngressController` serves every Route: a second instance adds to them and
//! must not take them over, so they stay as they are.

use crate::catalogue::kinds::CLUSTER_OPERATORS;
use crate::change::Changes;
use crate::context::Context;
use crate::krm::Finding;

pub(super) fn check(context: &Context<'_>, changes: &mut Changes) {
    let instance = context.instance;
    if instance.from.as_ref().is_none_or(|from| *from == instance.namespace) {
        return;
    }
    for item in context.inventory.own.iter().filter(|item| CLUSTER_OPERATORS.contains(&item.group())) {
        let message = format!(
            "this object is one for the whole cluster and stays as it is, so it says nothing of {}; leave it out of this \
             instance, and add what the instance needs (a server for its zone) to the one that the cluster has",
            instance.namespace
        );
        changes.report(Finding::warning("cluster-operator", message).on(item));
    }
}
