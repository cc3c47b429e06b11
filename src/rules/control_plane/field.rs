//! Fields that nobody reads any more, or that nobody ever did.

use crate::catalogue::crd::{Known, Shape};
use crate::catalogue::endpoints::RABBITMQ_SERVICE;
use crate::find::{place, select};
use crate::krm::Item;
use crate::model::Model;
use crate::path;
use crate::rules::Report;
use crate::yaml::{Entry, Kind, Node, PointerBuf};

/// What is still taken and no longer heeded, or about to go.
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

/// A field that the CRD does not list; the API server drops it, server-side apply refuses the object.
///
/// A kind or version that neither a given CRD nor our own table has is not looked at.
pub(crate) fn unknown(model: &Model<'_>, report: &mut Report) {
    for item in &model.objects {
        below(model.fields_of(item), &Trail::Root(item), item.node, report);
    }
}

/// Where the walk stands: written down only for what is reported.
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

/// An aliased node is looked at where its anchor stands.
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
    /// Puts the place behind a pointer, and gives the object that it is in.
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
