//! Control planes as objects: one for a namespace, topology, version, region.

use std::collections::BTreeMap;

use crate::catalogue::endpoints::{REGION, REGION_DEFAULT};
use crate::catalogue::kinds::CORE_OPENSTACK;
use crate::catalogue::services::UNWATCHED_TOPOLOGIES;
use crate::find::{Part, place, select};
use crate::krm::Item;
use crate::model::{ControlPlane, Model};
use crate::path;
use crate::rules::Report;
use crate::yaml::Pointer;

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

/// Kinds of their own whose webhook looks at their `topologyRef`.
const PLACED: [(&str, &str); 5] = [
    ("network.openstack.org", "DNSMasq"),
    ("rabbitmq.openstack.org", "RabbitMq"),
    ("memcached.openstack.org", "Memcached"),
    ("redis.openstack.org", "Redis"),
    ("instanceha.openstack.org", "InstanceHa"),
];

/// A `topologyRef` to another namespace, which the webhooks reject: of the control plane as a whole, of services that
/// run, and of kinds with a webhook of their own.
///
/// Source: infra-operator `apis/topology/v1beta1/topology_types.go` (`ValidateTopologyNamespace`). Of the DNS, Memcached
/// and Redis templates the control plane's webhook says nothing; the objects made of them are refused.
pub(crate) fn foreign_topology(model: &Model<'_>, report: &mut Report) {
    for plane in &model.control_planes {
        of_item(&plane.item, &|pointer| is_watched(plane, pointer), report);
    }
    let is_placed = |item: &&Item<'_>| PLACED.iter().any(|(group, kind)| item.is(group, kind));
    for item in model.objects.iter().filter(is_placed) {
        of_item(item, &|_| true, report);
    }
}

/// Whether somebody holds a topology reference against the namespace.
fn is_watched(plane: &ControlPlane<'_>, pointer: &Pointer) -> bool {
    let text = pointer.as_str();
    if UNWATCHED_TOPOLOGIES.iter().any(|place| text.starts_with(place)) {
        return false;
    }
    match text.split('/').nth(2) {
        Some("topologyRef") | None => true,
        Some(section) => plane.runs_section(section),
    }
}

fn of_item(item: &Item<'_>, is_watched: &dyn Fn(&Pointer) -> bool, report: &mut Report) {
    let Some(own) = item.namespace() else { return };
    for Part { pointer, node, .. } in select(item.node, path!("spec.**.topologyRef.namespace")) {
        let foreign = node.text().filter(|text| !node.is_null() && !text.is_empty() && *text != own);
        if let Some(foreign) = foreign.filter(|_| is_watched(&pointer)) {
            let message = format!(
                "the topology stands in the namespace {foreign}, and only one of {own} is taken; remove the namespace, \
                 and have the Topology in {own}"
            );
            report.at(item, &pointer, message);
        }
    }
}

/// An `OpenStackVersion` beside the control plane that is not called as it is, or two of them.
///
/// Source: openstack-operator `api/core/v1beta1/openstackcontrolplane_webhook.go` (`ValidateVersion`).
pub(crate) fn version(model: &Model<'_>, report: &mut Report) {
    let is_version = |item: &&Item<'_>| item.is(CORE_OPENSTACK, "OpenStackVersion");
    for plane in &model.control_planes {
        let mut versions = model.objects.iter().filter(is_version);
        let mut of_plane = versions.by_ref().filter(|item| item.namespace() == plane.namespace);
        let Some(first) = of_plane.next() else { continue };
        if let Some(second) = of_plane.next() {
            let message = format!(
                "the namespace has the OpenStackVersion {} already, and the control plane is refused beside two; leave one",
                first.name()
            );
            report.on(second, message);
        }
        if first.name() != plane.item.name() {
            let message = format!(
                "the OpenStackVersion of a namespace is called as its control plane is, {}, and the control plane is \
                 refused otherwise; give both one name",
                plane.item.name()
            );
            report.at(first, &place(path!("metadata.name")), message);
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
