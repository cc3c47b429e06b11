//! Finds the Services that an object describes, by MetalLB's annotations and by the catalogue's paths.

use crate::catalogue::endpoints::{
    LOGGING_NAMESPACE, LOGGING_NAMESPACE_DEFAULT, LOGGING_PORT, OVN_DATABASE, OWN_TLS, OverrideShape, POD_TLS,
};
use crate::catalogue::ports::{Port, Setting};
use crate::find::{Part, place, value};
use crate::inventory::Annotated;
use crate::krm::Item;
use crate::path;
use crate::yaml::{Node, Pointer, PointerBuf};

use super::control_plane::{ControlPlane, Override, ServiceOverride, annotations_of, is_on};
use super::vip::{EndpointOf, Vip};

/// The Services of a control plane: every override, and every other annotated place.
pub(super) fn of_control_plane<'a>(plane: &ControlPlane<'a>, annotations: &[Annotated<'a>]) -> Vec<Vip<'a>> {
    let services = plane.overrides.iter().flat_map(|one| one.services().into_iter().map(move |it| (one, it)));
    let mut vips: Vec<Vip<'a>> =
        services.map(|(one, service)| of_endpoint(plane, one, service, annotations)).collect();
    let known = |annotation: &Annotated<'a>| {
        vips.iter().any(|vip| vip.annotations.iter().any(|known| known.pointer == annotation.pointer))
    };
    let others: Vec<Annotated<'a>> = annotations.iter().filter(|one| !known(one)).cloned().collect();
    vips.extend(of_other(&plane.item, &others));
    vips.retain(|vip| vip.is_load_balancer() || !vip.annotations.is_empty());
    vips
}

fn of_endpoint<'a>(
    plane: &ControlPlane<'a>,
    one: &Override<'_>,
    service: ServiceOverride,
    annotations: &[Annotated<'a>],
) -> Vip<'a> {
    let map = annotations_of(one.row, &service.pointer);
    let own = annotations.iter().filter(|annotation| annotation.map == map).cloned().collect();
    let mut vip = vip(&plane.item, service.pointer, own);
    vip.ports = one.row.ports.of(setting(&vip));
    vip.used = one.used;
    if one.row.shape == OverrideShape::Annotations {
        let namespace = value(plane.item.node, LOGGING_NAMESPACE).and_then(Node::as_str);
        vip.namespace = Some(namespace.unwrap_or(LOGGING_NAMESPACE_DEFAULT));
    }
    Vip { endpoint: Some(EndpointOf { row: one.row, name: one.name.clone(), key: service.key }), ..vip }
}

/// A Service object, if it is a LoadBalancer or has MetalLB annotations.
pub(super) fn of_service<'a>(item: &Item<'a>, annotations: &[Annotated<'a>]) -> Vec<Vip<'a>> {
    let map = place(path!("metadata.annotations"));
    let own: Vec<_> = annotations.iter().filter(|annotation| annotation.map == map).cloned().collect();
    let mut vip = vip(item, PointerBuf::root(), own);
    vip.ports = service_ports(item.node);
    if vip.is_load_balancer() || !vip.annotations.is_empty() { vec![vip] } else { Vec::new() }
}

/// One for each annotated map of any other object.
pub(super) fn of_other<'a>(item: &Item<'a>, annotations: &[Annotated<'a>]) -> Vec<Vip<'a>> {
    let mut vips: Vec<(PointerBuf, Vip<'a>)> = Vec::new();
    for annotation in annotations {
        // Annotations of one map are adjacent.
        if let Some((_, vip)) = vips.last_mut().filter(|(map, _)| *map == annotation.map) {
            vip.annotations.push(annotation.clone());
            continue;
        }
        let vip = vip(item, carrier_of(&annotation.map), vec![annotation.clone()]);
        vips.push((annotation.map.clone(), vip));
    }
    vips.into_iter().map(|(_, vip)| vip).collect()
}

fn vip<'a>(item: &Item<'a>, carrier: PointerBuf, annotations: Vec<Annotated<'a>>) -> Vip<'a> {
    let part = Part::at(item.node, carrier.clone());
    let fact = |path| part.as_ref()?.fact(path);
    Vip {
        item: *item,
        endpoint: None,
        used: true,
        namespace: item.namespace(),
        service_type: fact(path!("spec.type")),
        load_balancer_ip: fact(path!("spec.loadBalancerIP")).filter(|fact| !fact.text.is_empty()),
        has_class: fact(path!("spec.loadBalancerClass")).is_some(),
        traffic_policy: fact(path!("spec.externalTrafficPolicy")).map(|fact| fact.text),
        ports: Vec::new(),
        annotations,
        carrier,
    }
}

/// The settings on which an endpoint's ports depend, from the template around its override.
fn setting<'a>(vip: &Vip<'a>) -> Setting<'a> {
    let above = vip.carrier.parent();
    let part = |pointer: Option<&Pointer>| vip.item.node.at(pointer?).map(Part::root);
    let template = part(above.and_then(Pointer::parent));
    let word = |part: Option<&Part<'a>>, path| part?.text(path).filter(|text| !text.is_empty());
    let (database, default) = OVN_DATABASE;
    let has_pod_tls = vip.item.node.get("spec").is_some_and(|spec| is_on(spec, &POD_TLS, ""));
    Setting {
        tls: has_pod_tls || word(template.as_ref(), OWN_TLS).is_some(),
        database: word(template.as_ref(), database).unwrap_or(default),
        written: word(part(above).as_ref(), LOGGING_PORT).and_then(|port| port.parse().ok()),
    }
}

/// The place above `metadata/annotations`; the parent of any other map.
fn carrier_of(map: &PointerBuf) -> PointerBuf {
    let parent = map.parent().unwrap_or(Pointer::root());
    let in_metadata = parent.last().is_some_and(|token| token.decoded() == "metadata");
    let carrier = if in_metadata { parent.parent().unwrap_or(Pointer::root()) } else { parent };
    carrier.to_buf()
}

fn service_ports(node: &Node<'_>) -> Vec<Port> {
    let port = |port: Part<'_>| {
        let protocol = match port.text(path!("protocol")) {
            Some("UDP") => "UDP",
            Some("SCTP") => "SCTP",
            _ => "TCP",
        };
        Some((protocol, port.text(path!("port"))?.parse().ok()?))
    };
    Part::root(node).each(path!("spec.ports.[]")).into_iter().filter_map(port).collect()
}
