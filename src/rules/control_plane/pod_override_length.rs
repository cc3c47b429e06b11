//! `pod-override-length`: RabbitMQ wants as many pod overrides as it has pods.
//!
//! Source: infra-operator `rabbitmq_controller.go` (an error of the reconciler); the CRD's default is one replica.

use crate::krm::Item;
use crate::model::{Model, Override};
use crate::rules::Report;
use crate::yaml::Node;

pub(super) fn check(model: &Model<'_>, report: &mut Report) {
    for plane in &model.control_planes {
        for one in plane.overrides.iter().filter(|one| one.row.path.ends_with(".podOverride.services")) {
            of_template(&plane.item, one, report);
        }
    }
}

fn of_template(item: &Item<'_>, one: &Override<'_>, report: &mut Report) {
    let services = item.node.at(&one.pointer).map(Node::items).unwrap_or_default();
    let replicas = one.service().and_then(|template| item.node.at(template)?.get("replicas"));
    let replicas =
        replicas.filter(|node| !node.is_null()).map_or(Some(1), |node| node.text()?.parse::<usize>().ok());
    let Some(replicas) = replicas.filter(|_| one.used && !services.is_empty()) else { return };
    if replicas != services.len() {
        let message = format!(
            "there are {} pod overrides for {replicas} replicas, and the operator stops there; write one for each replica",
            services.len()
        );
        report.add(report.finding(message).at(item, &one.pointer).without_current());
    }
}
