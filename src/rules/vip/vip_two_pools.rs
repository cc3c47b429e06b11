//! `vip-two-pools`: both addresses of a Service must be in one pool.

use crate::krm::Severity;
use crate::model::Model;
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "vip-two-pools",
    severity: Severity::Error,
    summary: "A Service asks for two addresses that no one pool has.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    for vip in model.vips.iter().filter(|vip| vip.is_certain()) {
        let wanted = vip.wanted();
        let [(pointer, one), (_, other)] = wanted.as_slice() else { continue };
        if let (Some(first), Some(second)) = (model.pool_of(*one), model.pool_of(*other))
            && first.name != second.name
        {
            let message = format!(
                "{one} is in IPAddressPool {} and {other} in {}, and MetalLB takes both from one pool; put both families \
                 into one pool",
                first.name, second.name
            );
            report.at(&vip.item, pointer, message);
        }
    }
}
