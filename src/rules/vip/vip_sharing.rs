//! `vip-sharing`: MetalLB shares an address between Services of one sharing key and one traffic policy only.

use std::net::IpAddr;

use super::shared::{Asking, conflicts};
use crate::krm::Severity;
use crate::model::Model;
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

fn fault(ip: IpAddr, one: &Asking<'_, '_>, other: &Asking<'_, '_>) -> Option<String> {
    let reason = match (one.key, other.key) {
        _ if one.alone || other.alone => "RabbitMQ's clients go by the address alone",
        (None, _) | (_, None) => "both need the annotation allow-shared-ip",
        (Some(key), Some(same)) if key != same => "their sharing keys differ",
        _ if one.local != other.local => "their spec.externalTrafficPolicy differs",
        _ => return None,
    };
    Some(format!(
        "{ip} is asked for by {} and {} which may not share it: {reason}; give each its own address, or both one key",
        one.vip.title(),
        other.vip.title()
    ))
}
