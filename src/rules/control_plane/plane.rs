//! Control planes as objects: one for a namespace, topology, region.

use std::collections::BTreeMap;

use crate::catalogue::endpoints::{REGION, REGION_DEFAULT};
use crate::find::{Part, place, select};
use crate::krm::Item;
use crate::model::Model;
use crate::path;
use crate::rules::Report;

/// The webhook accepts one control plane in a namespace.
pub(crate) fn second(model: &Model<'_>, report: &mut Report) {
    let mut first: BTreeMap<Option<&str>, &str> = BTreeMap::new();
    for plane in &model.control_planes {
        let name = *first.entry(plane.namespace).or_insert(plane.item.name());
        if name != plane.item.name() {
            let message = format!(
                "the namespace has the control plane {name} already, and a second one is refused; give each instance a \
                 namespace of its own"
            );
            report.on(&plane.item, message);
        }
    }
}

/// A `topologyRef` to another namespace, which the webhooks reject.
pub(crate) fn foreign_topology(model: &Model<'_>, report: &mut Report) {
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

/// A client of two clouds tells them apart by region, and so does a Keystone that serves both.
pub(crate) fn region_equal(model: &Model<'_>, report: &mut Report) {
    let mut first: BTreeMap<&str, &Item<'_>> = BTreeMap::new();
    for plane in &model.control_planes {
        let region = plane.item.part().text(REGION).unwrap_or(REGION_DEFAULT);
        let other = *first.entry(region).or_insert(&plane.item);
        if other.namespace() != plane.namespace {
            let message = format!(
                "the region {region} is also that of {}; give each control plane a region of its own where one client or \
                 one Keystone is to know both",
                other.reference()
            );
            report.at(&plane.item, &place(REGION), message);
        }
    }
}
