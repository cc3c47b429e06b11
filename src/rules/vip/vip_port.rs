//! `vip-port`: Services that share an address are told apart by their ports.

use std::net::IpAddr;

use super::shared::{Asking, common_port, conflicts};
use crate::krm::Severity;
use crate::model::Model;
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "vip-port",
    severity: Severity::Error,
    summary: "Two Services ask for one address and listen on one port.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    conflicts(model, report, fault);
}

fn fault(ip: IpAddr, one: &Asking<'_, '_>, other: &Asking<'_, '_>) -> Option<String> {
    let (protocol, port) = common_port(one.vip, other.vip)?;
    Some(format!(
        "{ip} is asked for by {} and {}, which both listen on {protocol} {port}; give each its own address",
        one.vip.title(),
        other.vip.title()
    ))
}
