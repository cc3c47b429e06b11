//! MetalLB's annotations as they are written: their keys, their domains, the Services that they are on.

use crate::catalogue::annotations::{Meaning, NEW_DOMAIN, OLD_DOMAIN};
use crate::find::under;
use crate::model::{Model, Vip};
use crate::rules::Report;

/// Keys are case-sensitive: MetalLB does not see one that is written otherwise.
pub(crate) fn miscased(model: &Model<'_>, report: &mut Report) {
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

/// MetalLB reads the annotations of Services of type LoadBalancer only.
///
/// Source: MetalLB `controller/service.go`; lib-common `modules/common/service` (an override without a type makes a
/// ClusterIP Service, without a word).
pub(crate) fn inert(model: &Model<'_>, report: &mut Report) {
    let inert = |vip: &&Vip<'_>| vip.used && vip.is_service() && !vip.is_load_balancer() && asks(vip);
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

/// `metallb.io` wins over `metallb.universe.tf`, even where it is empty; the operators read the old one.
pub(crate) fn domains_disagree(model: &Model<'_>, report: &mut Report) {
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
