//! `foreign-topology`: a `topologyRef` into another namespace, which the webhooks refuse.

use crate::find::{Part, select};
use crate::krm::Item;
use crate::model::Model;
use crate::path;
use crate::rules::Report;

pub(super) fn check(model: &Model<'_>, report: &mut Report) {
    let planes = model.control_planes.iter().map(|plane| &plane.item);
    let others = model.objects.iter().filter(|item| item.is("network.openstack.org", "DNSMasq"));
    for item in planes.chain(others) {
        of_item(item, report);
    }
}

fn of_item(item: &Item<'_>, report: &mut Report) {
    let Some(own) = item.namespace() else { return };
    for Part { pointer, node, .. } in select(item.node, path!("spec.**.topologyRef.namespace")) {
        let foreign = node.text().filter(|text| !node.is_null() && !text.is_empty() && *text != own);
        if let Some(foreign) = foreign {
            let message = format!(
                "the topology stands in the namespace {foreign}, and only one of {own} is taken; remove the namespace, \
                 and have the Topology in {own}"
            );
            report.at(item, &pointer, message);
        }
    }
}
