//! Overrides of endpoints' Services: what the operators and their webhooks reject or ignore.

use crate::catalogue::endpoints::{OVERRIDDEN_FIELDS, OverrideShape, Sharing};
use crate::catalogue::services::UNWATCHED_KEYS;
use crate::find::under;
use crate::krm::{Item, Severity};
use crate::model::{Model, Override, Vip};
use crate::rules::Report;
use crate::yaml::{Entry, Node, PointerBuf};

/// An override whose key is neither `internal` nor `public`, which the webhook rejects.
///
/// Source: lib-common `ValidateRoutedOverrides`, which the control plane's webhook calls for enabled services. Of aodh,
/// cloudkitty and watcher nobody looks at the keys: no Service is made of such an override.
pub(crate) fn key(model: &Model<'_>, report: &mut Report) {
    for plane in &model.control_planes {
        for one in plane.overrides.iter().filter(|one| one.row.shape == OverrideShape::Keyed && one.used) {
            for key in one.keys().into_iter().filter(|key| !matches!(*key, "internal" | "public")) {
                let is_refused = !UNWATCHED_KEYS.contains(&one.row.name);
                let so =
                    if is_refused { "the webhook refuses the control plane" } else { "nothing comes of it" };
                let message =
                    format!("{} has no endpoint {key}, and {so}; write internal or public", one.name);
                let mut finding = report.finding(message);
                if !is_refused {
                    finding.severity = Severity::Warning;
                }
                report.add(finding.at_key(&plane.item, &under(&one.pointer, &[key])));
            }
        }
    }
}

/// A public endpoint of an edge Glance API, which has only an internal one.
///
/// Source: openstack-operator `internal/openstack`: endpoints are set up once there are as many Services as overrides.
pub(crate) fn surplus(model: &Model<'_>, report: &mut Report) {
    for plane in &model.control_planes {
        for one in plane.overrides.iter().filter(|one| one.used && one.keys().contains(&"public")) {
            let Some(api) = one.name.strip_prefix("glance.") else { continue };
            let kind = one.service().and_then(|service| plane.item.node.at(service)?.get("type"));
            if kind.and_then(Node::text) == Some("edge") {
                let message = format!(
                    "the Glance API {api} is of type edge and has no public endpoint, so the operator waits for a Service \
                     that never comes; remove public"
                );
                let place = under(&one.pointer, &["public"]);
                report.add(report.finding(message).at_key(&plane.item, &place));
            }
        }
    }
}

/// RabbitMQ needs as many pod overrides as it has pods.
///
/// Source: infra-operator `rabbitmq_controller.go` (a reconcile error); the CRD's default is one replica.
pub(crate) fn pod_override_length(model: &Model<'_>, report: &mut Report) {
    let is_of_rabbitmq =
        |one: &&Override<'_>| one.row.shape == OverrideShape::List && one.row.sharing == Sharing::Never;
    for plane in &model.control_planes {
        for one in plane.overrides.iter().filter(is_of_rabbitmq) {
            of_template(&plane.item, one, report);
        }
    }
}

fn of_template(item: &Item<'_>, one: &Override<'_>, report: &mut Report) {
    let services = one.services().len();
    let Some(replicas) = one.pods().filter(|_| one.used && services > 0) else { return };
    if replicas != services {
        let message = format!(
            "there are {services} pod overrides for {replicas} replicas, and the operator stops there; write one for each \
             replica"
        );
        report.add(report.finding(message).at(item, &one.pointer).without_current());
    }
}

/// A field of RabbitMQ's Service that the CRD accepts and the operator does not apply.
///
/// Source: infra-operator `internal/rabbitmq/service.go`: of the override's spec only the fields of lib-common's
/// `OverrideServiceSpec` reach the Service. Other overrides have no further fields, which `unknown-field` reports.
pub(crate) fn override_ignored(model: &Model<'_>, report: &mut Report) {
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

/// Whether `vip-asked-twice` reports it already.
fn is_asked_twice(model: &Model<'_>, field: &PointerBuf) -> bool {
    let asking = |vip: &&Vip<'_>| vip.load_balancer_ip.as_ref().is_some_and(|fact| fact.pointer == *field);
    model.vips.iter().filter(asking).any(|vip| vip.is_certain() && vip.pin().is_some())
}
