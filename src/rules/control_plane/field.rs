//! Fields that nothing reads any more.

use crate::catalogue::endpoints::RABBITMQ_SERVICE;
use crate::find::{place, select};
use crate::krm::Item;
use crate::model::Model;
use crate::path;
use crate::rules::Report;

/// Fields and versions that are still accepted but no longer read, or deprecated.
///
/// Source: infra-operator (`rabbitmq.templates.{}.service`, replaced by `override.service`), MetalLB's CRDs, the CRD of
/// `OpenStackDataPlaneService`.
pub(crate) fn deprecated(model: &Model<'_>, report: &mut Report) {
    for plane in &model.control_planes {
        for service in select(plane.item.node, RABBITMQ_SERVICE) {
            let message = "the operator no longer reads service here; write it into override.service";
            report.add(report.finding(message).at_key(&plane.item, &service.pointer));
        }
    }
    for peer in &model.peers {
        of_peer(&peer.item, report);
    }
    let services = |item: &&Item<'_>| item.is("dataplane.openstack.org", "OpenStackDataPlaneService");
    for item in model.objects.iter().filter(services) {
        of_service(item, report);
    }
}

fn of_service(item: &Item<'_>, report: &mut Report) {
    for path in [path!("spec.certsFrom"), path!("spec.tlsCerts.*.edpmRoleServiceName")] {
        for field in select(item.node, path) {
            report.at(
                item,
                &field.pointer,
                "the field is deprecated and will go; write spec.edpmServiceType",
            );
        }
    }
}

fn of_peer(item: &Item<'_>, report: &mut Report) {
    if item.api_version == "metallb.io/v1beta1" {
        report.at(
            item,
            &place(path!("apiVersion")),
            "metallb.io/v1beta1 of BGPPeer is deprecated; write metallb.io/v1beta2",
        );
    }
    for field in select(item.node, path!("spec.disableMP")) {
        report.at(item, &field.pointer, "disableMP is deprecated; write dualStackAddressFamily");
    }
}
