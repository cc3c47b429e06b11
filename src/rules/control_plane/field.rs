//! Fields that nothing reads any more, or never did. Must not know how a CRD is written.

use crate::catalogue::crd::{Known, Shape};
use crate::catalogue::endpoints::RABBITMQ_SERVICE;
use crate::find::{place, select};
use crate::krm::Item;
use crate::model::Model;
use crate::path;
use crate::rules::Report;
use crate::yaml::{Entry, Kind, Node, PointerBuf};

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

/// A field that is not in the CRD: the API server drops it, and server-side apply rejects the object.
///
/// Kinds and versions that neither a given CRD nor the built-in table has are not checked.
pub(crate) fn unknown(model: &Model<'_>, report: &mut Report) {
    for item in &model.objects {
        below(model.fields_of(item), &Trail::Root(item), item.node, report);
    }
}

/// The position of the walk, which becomes a pointer only for what is reported.
enum Trail<'p, 'a> {
    Root(&'p Item<'a>),
    Key(&'p Self, &'p str),
    Index(&'p Self, usize),
}

fn below(known: Known<'_>, trail: &Trail<'_, '_>, node: &Node<'_>, report: &mut Report) {
    if let Known::Of(shape) = known {
        walk(shape, trail, node, report);
    }
}

/// Aliases are not followed: an aliased node is checked where its anchor stands.
fn walk(shape: Shape<'_>, trail: &Trail<'_, '_>, node: &Node<'_>, report: &mut Report) {
    match &node.kind {
        Kind::Mapping(entries) => {
            for entry in entries {
                let name = entry.key.text().unwrap_or_default();
                match shape.key(name) {
                    Known::No => say_unknown(entry, shape, &Trail::Key(trail, name), report),
                    known => below(known, &Trail::Key(trail, name), &entry.value, report),
                }
            }
        }
        Kind::Sequence(items) => {
            let Known::Of(each) = shape.items() else { return };
            for (index, item) in items.iter().enumerate() {
                walk(each, &Trail::Index(trail, index), item, report);
            }
        }
        _ => {}
    }
}

fn say_unknown(entry: &Entry<'_>, shape: Shape<'_>, trail: &Trail<'_, '_>, report: &mut Report) {
    let name = entry.key.text().unwrap_or_default();
    let cure = match shape.near(name) {
        Some(near) => format!("write {near}"),
        None => "remove it, or put it where the CRD has it".to_owned(),
    };
    let mut pointer = PointerBuf::root();
    let item = trail.write(&mut pointer);
    let message = format!(
        "{} has no field {name} here, so the API server drops it and server-side apply refuses the object; {cure}",
        item.kind
    );
    report.add(report.finding(message).at_key(item, &pointer));
}

impl<'p, 'a> Trail<'p, 'a> {
    /// Appends the position to a pointer, and returns its object.
    fn write(&self, pointer: &mut PointerBuf) -> &'p Item<'a> {
        match self {
            Self::Root(item) => item,
            Self::Key(above, key) => {
                let item = above.write(pointer);
                pointer.push_back(*key);
                item
            }
            Self::Index(above, index) => {
                let item = above.write(pointer);
                pointer.push_back(*index);
                item
            }
        }
    }
}
