//! `vip-asked-twice`: MetalLB refuses a Service with both, even where they are equal.
//!
//! Of an override today's operators do not take `spec.loadBalancerIP` over, and older ones did: either way one of the
//! two is wrong.

use crate::krm::Severity;
use crate::model::Model;
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "vip-asked-twice",
    severity: Severity::Error,
    summary: "A Service asks for its address by annotation and by spec.loadBalancerIP.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    for vip in model.vips.iter().filter(|vip| vip.is_service() && vip.is_certain()) {
        if let (Some(pin), Some(field)) = (vip.pin(), &vip.load_balancer_ip) {
            let message = format!(
                "the annotation loadBalancerIPs asks for {:?} too, and MetalLB refuses a Service with both; take \
                 spec.loadBalancerIP out",
                pin.fact.text
            );
            report.at(&vip.item, &field.pointer, message);
        }
    }
}
