//! `inert-annotations`: MetalLB reads the annotations of Services of type LoadBalancer only.
//!
//! Source: MetalLB `controller/service.go`; lib-common `modules/common/service` (an override without a type makes a
//! ClusterIP Service, without a word).

use crate::catalogue::annotations::Meaning;
use crate::krm::Severity;
use crate::model::{Model, Vip, under};
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "inert-annotations",
    severity: Severity::Warning,
    summary: "A Service that is no LoadBalancer has MetalLB annotations, which do nothing.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    let inert = |vip: &&Vip<'_>| vip.is_service() && !vip.is_load_balancer() && asks(vip);
    for vip in model.vips.iter().filter(inert) {
        let kind = vip.service_type.as_ref().map_or("", |fact| fact.text);
        let why = match kind {
            "" => "no spec.type, so its Service stays a ClusterIP without an address".to_owned(),
            kind => format!("spec.type {kind}, to which MetalLB gives no address"),
        };
        let cure = if vip.is_public() {
            "take the annotations out: a LoadBalancer would take the public endpoint's Route away"
        } else {
            "write `spec: {type: LoadBalancer}` beside `metadata`, or take the annotations out"
        };
        let message = format!("{} has MetalLB annotations but {why}; {cure}", vip.title());
        let finding = report.finding(message).at(&vip.item, &under(&vip.carrier, &["spec", "type"]));
        report.add(if vip.is_public() { finding } else { finding.proposing("LoadBalancer") });
    }
}

/// Whether an annotation asks for something; what MetalLB writes itself does not.
fn asks(vip: &Vip<'_>) -> bool {
    vip.annotations.iter().any(|annotation| annotation.key.meaning != Meaning::AllocatedFrom)
}
