//! `vip-sharing`: MetalLB shares an address between Services of one sharing key and one traffic policy only.
//!
//! With the policy `Local` the Services must also select the same pods (`internal/allocator/k8salloc/k8salloc.go`).

use std::net::IpAddr;

use super::shared::{Asking, common_port, conflicts};
use crate::krm::Severity;
use crate::model::{Model, Vip};
use crate::rules::{Report, Rule};
use crate::yaml::Node;

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "vip-sharing",
    severity: Severity::Error,
    summary: "Two Services ask for one address and may not share it.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    conflicts(model, report, fault);
}

/// Services with one port are `vip-port`'s: no key helps them.
fn fault(ip: IpAddr, one: &Asking<'_, '_>, other: &Asking<'_, '_>) -> Option<String> {
    if common_port(one.vip, other.vip).is_some() {
        return None;
    }
    let reason = match (one.key, other.key) {
        (None, _) | (_, None) => "both need the annotation allow-shared-ip",
        (Some(key), Some(same)) if key != same => "their sharing keys differ",
        _ if one.local != other.local => "their spec.externalTrafficPolicy differs",
        _ if one.local && select_other_pods(one.vip, other.vip) => {
            "with spec.externalTrafficPolicy Local they must select the same pods"
        }
        _ => return None,
    };
    Some(format!(
        "{ip} is asked for by {} and {} which may not share it: {reason}; give each its own address, or both one key \
         and one policy",
        one.vip.title(),
        other.vip.title()
    ))
}

/// Whether two Services surely have different selectors: of two endpoints, and where both selectors are written.
fn select_other_pods(one: &Vip<'_>, other: &Vip<'_>) -> bool {
    match (&one.endpoint, &other.endpoint) {
        (Some(one), Some(other)) => one.name != other.name,
        (None, None) => {
            let selector = |vip: &Vip<'_>| vip.item.node.path(&["spec", "selector"]).map(Node::to_value);
            selector(one) != selector(other)
        }
        _ => false,
    }
}
