//! `pool-namespace-selectors`: `namespaces` and `namespaceSelectors` are joined by OR, and selectors that match nothing open the pool to all.
//!
//! Source: MetalLB `internal/config/config.go`, `internal/allocator/allocator.go`: an empty list of namespaces closes
//! nothing, and a list that selectors should have filled is empty where no namespace has their labels.

use std::collections::BTreeMap;

use crate::krm::{Item, Severity};
use crate::model::{Model, Pool, Selector};
use crate::rules::{Report, Rule};
use crate::yaml::Pointer;

/// The label that the API server gives every Namespace: its name.
const NAME: &str = "kubernetes.io/metadata.name";

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "pool-namespace-selectors",
    severity: Severity::Warning,
    summary: "Selectors let more namespaces into a pool than it seems.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    let place = Pointer::from_static("/spec/serviceAllocation/namespaceSelectors");
    for pool in model.pools.iter().filter(|pool| !pool.namespace_selectors.is_empty()) {
        let message = if pool.scope().is_some() {
            "the selectors let further namespaces into the instance's pool; take them out, or name the namespaces in \
             spec.serviceAllocation.namespaces"
        } else if pool.namespace_selectors.iter().any(Selector::is_empty) {
            "an empty selector lets every namespace in; name the namespaces in spec.serviceAllocation.namespaces"
        } else if !selects_some(model, pool) {
            "where no namespace has these labels the pool is open to all, and no Namespace of the list has them; name the \
             namespaces in spec.serviceAllocation.namespaces, which stays closed"
        } else {
            continue;
        };
        report.at(&pool.item, place, message);
    }
}

/// Whether a Namespace of the list, or that of a control plane, has the labels that a pool's selectors ask for.
fn selects_some(model: &Model<'_>, pool: &Pool<'_>) -> bool {
    let namespaces = model.objects.iter().filter(|item| item.is("", "Namespace")).map(labels);
    let of_planes = model.control_planes.iter().filter_map(|plane| Some([(NAME, plane.namespace?)].into()));
    let mut known = namespaces.chain(of_planes);
    known.any(|labels| pool.namespace_selectors.iter().any(|selector| selector.matches(&labels)))
}

/// A Namespace's labels, with its name.
fn labels<'a>(item: &Item<'a>) -> BTreeMap<&'a str, &'a str> {
    let mut labels = item.labels();
    labels.insert(NAME, item.name());
    labels
}
