//! `vip-domains-disagree`: `metallb.io` wins over `metallb.universe.tf`, even where it is empty; the operators read the old one.

use crate::catalogue::annotations::{Meaning, NEW_DOMAIN, OLD_DOMAIN};
use crate::krm::Severity;
use crate::model::Model;
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "vip-domains-disagree",
    severity: Severity::Warning,
    summary: "The two domains of an annotation have different values.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    for vip in &model.vips {
        for meaning in [Meaning::AddressPool, Meaning::LoadBalancerIps, Meaning::AllowSharedIp] {
            let (new, old) = (vip.written(NEW_DOMAIN, meaning), vip.written(OLD_DOMAIN, meaning));
            if let (Some(new), Some(old)) = (new, old)
                && new.text != old.text
            {
                let message = format!(
                    "{NEW_DOMAIN}/{} is {:?} and wins over {:?} here; write both the same, or take one out",
                    meaning.name(),
                    new.text,
                    old.text
                );
                report.at(&vip.item, &old.pointer, message);
            }
        }
    }
}
