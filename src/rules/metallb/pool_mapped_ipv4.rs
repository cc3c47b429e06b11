//! `pool-mapped-ipv4`: IPv4 in IPv6 clothes: MetalLB's own overlap check may miss it.

use std::net::Ipv6Addr;

use crate::krm::Severity;
use crate::model::Model;
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "pool-mapped-ipv4",
    severity: Severity::Warning,
    summary: "IPv4 addresses are written as IPv6.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    for pool in &model.pools {
        for entry in pool.addresses.iter().filter(|entry| is_mapped(entry.text)) {
            let message = format!(
                "{:?} writes IPv4 addresses as IPv6, which MetalLB's overlap check may miss; write them as IPv4",
                entry.text
            );
            let finding = report.finding(message).at(&pool.item, &entry.pointer);
            report.add(match &entry.block {
                Ok(block) if block.first().is_ipv4() => finding.proposing(block.to_string()),
                _ => finding,
            });
        }
    }
}

fn is_mapped(text: &str) -> bool {
    let words = text.split(['-', '/']).map(str::trim);
    words.filter_map(|word| word.parse::<Ipv6Addr>().ok()).any(|ip| ip.to_ipv4_mapped().is_some())
}
