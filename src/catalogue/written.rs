//! What the API server, controllers and kubectl write of an object, and nobody who writes manifests: it is neither
//! patched nor carried into an object that is made anew.
//!
//! Source: Kubernetes `ObjectMeta` (apimachinery `pkg/apis/meta/v1/types.go`), kubectl's apply, MetalLB
//! `controller/service.go`.

use super::annotations::{Meaning, NEW_DOMAIN, OLD_DOMAIN};

/// Fields of the object and of its metadata, as keys from the root.
pub const FIELDS: [&[&str]; 12] = [
    &["status"],
    &["metadata", "creationTimestamp"],
    &["metadata", "deletionGracePeriodSeconds"],
    &["metadata", "deletionTimestamp"],
    &["metadata", "finalizers"],
    &["metadata", "generateName"],
    &["metadata", "generation"],
    &["metadata", "managedFields"],
    &["metadata", "ownerReferences"],
    &["metadata", "resourceVersion"],
    &["metadata", "selfLink"],
    &["metadata", "uid"],
];

/// Where kubectl keeps what was applied last.
pub const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// Whether an annotation of an object is written by a program.
#[must_use]
pub fn is_written(annotation: &str) -> bool {
    let name = [OLD_DOMAIN, NEW_DOMAIN].into_iter().find_map(|domain| annotation.strip_prefix(domain));
    let name = name.and_then(|name| name.strip_prefix('/'));
    annotation == LAST_APPLIED || name == Some(Meaning::AllocatedFrom.name())
}
