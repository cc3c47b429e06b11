//! `pod-override-length`: RabbitMQ wants as many pod overrides as it has pods.
//!
//! Source: infra-operator `rabbitmq_controller.go` (an error of the reconciler); the CRD's default is one replica.

use crate::catalogue::endpoints::{OverrideShape, Sharing};
use crate::krm::Item;
use crate::model::{Model, Override};
use crate::rules::Report;

pub(super) fn check(model: &Model<'_>, report: &mut Report) {
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
