//! Services and what stands beside their templates: what the control plane's own webhook refuses.
//!
//! Source: openstack-operator `api/core/v1beta1/openstackcontrolplane_webhook.go`.

use crate::catalogue::services::{ROUTES, SERVICES, Service, service};
use crate::find::{place, select, under};
use crate::krm::listed;
use crate::model::{ControlPlane, Model};
use crate::path;
use crate::rules::Report;
use crate::yaml::{Node, PointerBuf};

/// A service that runs without another that it needs.
pub(crate) fn dependency(model: &Model<'_>, report: &mut Report) {
    for plane in &model.control_planes {
        for one in SERVICES.iter().filter(|one| !one.needs.is_empty() && plane.runs(one)) {
            let is_off = |name: &&&str| !service(name).is_some_and(|needed| plane.runs(needed));
            let off: Vec<String> = one.needs.iter().filter(is_off).map(|name| (*name).to_owned()).collect();
            if off.is_empty() {
                continue;
            }
            let (subject, them) = if off.len() == 1 { ("is", "it") } else { ("are", "them") };
            let message = format!(
                "{} needs {}, which {subject} off, and the webhook refuses the control plane; turn {them} on, or {} off",
                one.name,
                listed(&off),
                one.name
            );
            report.add(report.finding(message).at(&plane.item, &switch_of(plane, one)).without_current());
        }
    }
}

/// Where a service is turned on: its switch, else its section.
fn switch_of(plane: &ControlPlane<'_>, one: &Service) -> PointerBuf {
    let section = under(&place(path!("spec")), &[one.section()]);
    let Some(switch) = one.switch() else { return section };
    let keys: Vec<&str> = switch.path.keys().collect();
    let written = under(&place(path!("spec")), &keys);
    if plane.item.node.at(&written).is_some() { written } else { section }
}

/// A Route with TLS of its own and without certificate or key.
pub(crate) fn route_tls(model: &Model<'_>, report: &mut Report) {
    for plane in &model.control_planes {
        let running = ROUTES.iter().filter(|(section, _)| plane.runs_section(section));
        for tls in running.flat_map(|(_, path)| select(plane.item.node, *path)) {
            if tls.node.is_null() {
                continue;
            }
            let is_there =
                |key: &str| tls.node.get(key).and_then(Node::text).is_some_and(|text| !text.is_empty());
            for key in ["certificate", "key"].into_iter().filter(|key| !is_there(key)) {
                let message = format!(
                    "the Route's tls has no {key}, and the webhook refuses the control plane; write certificate and key, or \
                     take tls out"
                );
                report.add(report.finding(message).at(&plane.item, &under(&tls.pointer, &[key])));
            }
        }
    }
}

/// A user for the messaging bus of all services, each of which has one of its own.
pub(crate) fn bus_user(model: &Model<'_>, report: &mut Report) {
    for plane in &model.control_planes {
        for path in [path!("spec.messagingBus.user"), path!("spec.notificationsBus.user")] {
            for user in select(plane.item.node, path) {
                if user.node.text().is_some_and(|text| !text.is_empty() && !user.node.is_null()) {
                    let message = "each service has a bus user of its own, and the webhook refuses one for all; write user \
                                   into the services' templates";
                    report.at(&plane.item, &user.pointer, message);
                }
            }
        }
    }
}
