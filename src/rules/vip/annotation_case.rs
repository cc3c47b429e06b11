//! `annotation-case`: keys are case-sensitive: MetalLB does not see one that is written otherwise.

use crate::krm::Severity;
use crate::model::Model;
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "annotation-case",
    severity: Severity::Warning,
    summary: "A MetalLB annotation is spelled in a case that MetalLB does not read.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    for vip in &model.vips {
        for annotation in &vip.annotations {
            let right = annotation.key.spelling();
            if annotation.written != right {
                let message =
                    format!("MetalLB does not read {:?}; the key is spelled {right:?}", annotation.written);
                let finding = report.finding(message).at_key(&vip.item, &annotation.pointer);
                report.add(finding.with_current(annotation.written).proposing(right));
            }
        }
    }
}
