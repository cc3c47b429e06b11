//! `override-ignored`: a field of RabbitMQ's Service that the CRD takes, and the operator does not take over.
//!
//! Source: infra-operator `internal/rabbitmq/service.go`: of the override's spec only the fields of lib-common's
//! `OverrideServiceSpec` reach the Service. All other overrides have no further fields, which `unknown-field` says.

use crate::catalogue::endpoints::OVERRIDDEN_FIELDS;
use crate::find::under;
use crate::krm::Item;
use crate::model::{Model, Vip};
use crate::rules::Report;
use crate::yaml::{Entry, Node, PointerBuf};

pub(super) fn check(model: &Model<'_>, report: &mut Report) {
    for plane in &model.control_planes {
        for one in plane.overrides.iter().filter(|one| one.row.is_whole_spec) {
            if let Some(spec) = one.node.and_then(|node| node.get("spec")) {
                of_spec(model, &plane.item, &under(&one.pointer, &["spec"]), spec, report);
            }
        }
    }
}

fn of_spec(model: &Model<'_>, item: &Item<'_>, place: &PointerBuf, spec: &Node<'_>, report: &mut Report) {
    let written = |entry: &&Entry<'_>| !entry.value.is_null();
    for key in spec.entries().iter().filter(written).filter_map(|entry| entry.key.text()) {
        if OVERRIDDEN_FIELDS.contains(&key) {
            continue;
        }
        let cure = match key {
            "loadBalancerIP" => "ask for the address by the annotation loadBalancerIPs",
            _ => "take it out",
        };
        let message = format!("the operator does not take {key} over into RabbitMQ's Service; {cure}");
        let field = under(place, &[key]);
        if is_asked_twice(model, &field) {
            continue;
        }
        report.add(report.finding(message).at_key(item, &field));
    }
}

/// Whether `vip-asked-twice` says it.
fn is_asked_twice(model: &Model<'_>, field: &PointerBuf) -> bool {
    let asking = |vip: &&Vip<'_>| vip.load_balancer_ip.as_ref().is_some_and(|fact| fact.pointer == *field);
    model.vips.iter().filter(asking).any(|vip| vip.is_certain() && vip.pin().is_some())
}
