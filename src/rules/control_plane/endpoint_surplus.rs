//! `endpoint-surplus`: a public endpoint for an edge Glance API, which has the internal one alone.
//!
//! Source: openstack-operator `internal/openstack`: an endpoint is set up once there are as many Services as overrides.

use crate::model::{Model, under};
use crate::rules::Report;
use crate::yaml::Node;

pub(super) fn check(model: &Model<'_>, report: &mut Report) {
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
