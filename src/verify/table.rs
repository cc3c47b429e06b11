//! What is found, one row each, and what a field's difference means for an instance. A table; must not know how anything is
//! found.
//!
//! `docs/verify.md` has a line for each row, in this order; a test compares them.

use crate::catalogue::kinds::{METALLB, NMSTATE};
use crate::krm::Severity;
use crate::rules::{Check, Row};
use Severity::{Error, Info, Warning};

const fn row(name: &'static str, severity: Severity, summary: &'static str) -> Row {
    Row { name, severity, summary, check: Check::Said }
}

/// Makes a constant of each row, and the table of all of them.
macro_rules! rows {
    ($($constant:ident: $name:literal, $severity:ident, $summary:literal;)+) => {
        $(
            #[doc = $summary]
            pub(super) const $constant: Row = row($name, $severity, $summary);
        )+

        /// All that is found, in the order of `docs/verify.md`.
        pub const ROWS: &[Row] = &[$($constant),+];
    };
}

rows! {
    NOT_FETCHED: "live-not-fetched", Error,
        "The live list holds no object of a kind that is rendered.";
    MISSING: "live-missing", Error,
        "A rendered object is not on the cluster.";
    DEFINED_TWICE: "live-defined-twice", Error,
        "Two rendered objects are one to the cluster, and differ.";
    DIFFERS: "live-differs", Error,
        "A field of a live object is not what is rendered.";
    NODE_ADDRESS: "live-node-address", Error,
        "An address of a node is not in the live policy.";
    NODE_POLICY_STATE: "live-node-policy-degraded", Error,
        "A policy could not be applied to every node.";
    SECRETS_UNREAD: "live-secrets-unread", Info,
        "The live list holds no Secrets, so nothing is said of them.";
    POOL_ELSEWHERE: "live-pool-elsewhere", Warning,
        "A pool of a rendered pool's name is in another namespace.";
    POOL_OVERLAP: "live-pool-overlap", Error,
        "Two live pools hold the same addresses.";
    POOL_TAKEN: "live-pool-taken", Error,
        "A Service of another namespace has an address of an instance's pool.";
    POOL_UNANNOUNCED: "live-pool-unannounced", Error,
        "No live advertisement announces a pool.";
    SERVICE_MISSING: "live-service-missing", Error,
        "An endpoint has no Service.";
    SERVICE_TYPE: "live-service-type", Error,
        "The Service of an endpoint with an address is not of type LoadBalancer.";
    SERVICE_ANNOTATION: "live-service-annotation", Error,
        "A Service lacks an annotation of its endpoint's override, or has another value.";
    SERVICE_STALE: "live-service-stale-annotation", Error,
        "A Service has an annotation of MetalLB's that its endpoint's override does not have.";
    SERVICE_PENDING: "live-service-pending", Error,
        "A Service has no address.";
    SERVICE_ADDRESS: "live-service-address", Error,
        "A Service has an address that is not of its pool, or not the one that is rendered.";
    ENDPOINT_UNKNOWN: "live-endpoint-unknown", Error,
        "Keystone's list names a host that is none of the instance's.";
    ENDPOINT_FOREIGN: "live-endpoint-of-another", Error,
        "Keystone's list names a host of another instance.";
    ENDPOINT_REGION: "live-endpoint-region", Error,
        "Keystone's list has no endpoint of the instance's region.";
}

/// What it means that a field is otherwise: group, the beginning of its path, the sentence.
#[rustfmt::skip]
const MEANINGS: [(&str, &str, &str); 6] = [
    (METALLB, "/spec/serviceAllocation", "the pool is open to other Services than those that it is for"),
    (METALLB, "/spec/addresses", "Services may get other addresses than those of the plan"),
    (METALLB, "/spec/autoAssign", "Services that name no pool may take its addresses"),
    (METALLB, "/spec/ipAddressPools", "other pools are announced than those of the instance"),
    (METALLB, "/spec/interfaces", "addresses are answered for on other interfaces"),
    (NMSTATE, "/spec", "the nodes have what the live policy says"),
];

/// What it means that a field of a group's kind is otherwise, where that is known.
pub(super) fn meaning(group: &str, pointer: &str) -> Option<&'static str> {
    let fits = |row: &&(&str, &str, &str)| row.0 == group && pointer.starts_with(row.1);
    MEANINGS.iter().find(fits).map(|row| row.2)
}
