//! `pool-namespace-selectors`: `namespaces` and `namespaceSelectors` are joined by OR, and selectors that match nothing open the pool to all.

use crate::krm::Severity;
use crate::model::Model;
use crate::rules::{Report, Rule};
use crate::yaml::Pointer;

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "pool-namespace-selectors",
    severity: Severity::Warning,
    summary: "Selectors let further namespaces into a pool that names its own.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    let place = Pointer::from_static("/spec/serviceAllocation/namespaceSelectors");
    let scoped = model.pools.iter().filter(|pool| pool.scope().is_some());
    for pool in scoped.filter(|pool| !pool.namespace_selectors.is_empty()) {
        let message = "the selectors let further namespaces into the instance's pool; take them out, or name the \
                       namespaces in spec.serviceAllocation.namespaces";
        report.at(&pool.item, place, message);
    }
}
