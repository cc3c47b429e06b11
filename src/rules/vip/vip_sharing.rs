//! `vip-sharing`: MetalLB shares an address between Services of one sharing key and one traffic policy only.

use std::net::IpAddr;

use super::shared::conflicts;
use crate::krm::Severity;
use crate::model::{Model, Vip};
use crate::rules::{Report, Rule};

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

fn fault(ip: IpAddr, one: &Vip<'_>, other: &Vip<'_>) -> Option<String> {
    let reason = match (one.sharing_key(), other.sharing_key()) {
        _ if one.is_alone() || other.is_alone() => "RabbitMQ's clients go by the address alone",
        (None, _) | (_, None) => "both need the annotation allow-shared-ip",
        (Some(key), Some(same)) if key.text != same.text => "their sharing keys differ",
        _ if one.is_local() != other.is_local() => "their spec.externalTrafficPolicy differs",
        _ => return None,
    };
    Some(format!(
        "{ip} is asked for by {} and {} which may not share it: {reason}; give each its own address, or both one key",
        one.title(),
        other.title()
    ))
}
