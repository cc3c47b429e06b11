//! Finds the Services that an object describes: by MetalLB's annotations, and by the catalogue's places.

use crate::catalogue::endpoints::{
    ENDPOINTS, Endpoint, LOGGING_NAMESPACE, LOGGING_NAMESPACE_DEFAULT, LOGGING_PORT, OVN_DATABASE, OWN_TLS,
    OverrideShape, POD_TLS,
};
use crate::catalogue::ports::{Port, Setting, ports};
use crate::inventory::{Annotated, expand, is_on};
use crate::krm::Item;
use crate::yaml::{Node, Pointer, PointerBuf};

use super::fact::{Fact, under};
use super::vip::{EndpointOf, Vip};

/// The Services of a control plane: every place of the catalogue that is there, and every other annotated one.
pub(super) fn of_control_plane<'a>(item: &Item<'a>, annotations: &[Annotated<'a>]) -> Vec<Vip<'a>> {
    let places = ENDPOINTS.iter().flat_map(|row| places(item, row));
    let mut vips: Vec<Vip<'a>> = places
        .map(|(carrier, endpoint)| {
            let map = annotation_map(&carrier, endpoint.row.shape);
            let of_map = annotations.iter().filter(|annotation| annotation.map == map).cloned().collect();
            Vip { endpoint: Some(endpoint), ..vip(item, carrier, of_map) }
        })
        .collect();
    for vip in &mut vips {
        settle(vip);
    }
    let known = |annotation: &Annotated<'a>| {
        vips.iter().any(|vip| vip.annotations.iter().any(|known| known.pointer == annotation.pointer))
    };
    let others: Vec<Annotated<'a>> = annotations.iter().filter(|one| !known(one)).cloned().collect();
    vips.extend(of_other(item, &others));
    vips.retain(|vip| vip.is_load_balancer() || !vip.annotations.is_empty());
    vips
}

/// A core Service, if MetalLB has anything to do with it.
pub(super) fn of_service<'a>(item: &Item<'a>, annotations: &[Annotated<'a>]) -> Vec<Vip<'a>> {
    let map = PointerBuf::from_tokens(["metadata", "annotations"]);
    let own: Vec<_> = annotations.iter().filter(|annotation| annotation.map == map).cloned().collect();
    let mut vip = vip(item, PointerBuf::root(), own);
    vip.ports = service_ports(item.node);
    if vip.is_load_balancer() || !vip.annotations.is_empty() { vec![vip] } else { Vec::new() }
}

/// One for each annotated map of any other object.
pub(super) fn of_other<'a>(item: &Item<'a>, annotations: &[Annotated<'a>]) -> Vec<Vip<'a>> {
    let mut vips: Vec<(PointerBuf, Vip<'a>)> = Vec::new();
    for annotation in annotations {
        // Those of one map stand side by side.
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
    let word = |path: &[&str]| {
        let pointer = under(&carrier, path);
        let text = item.node.at(&pointer).filter(|node| !node.is_null())?.text()?;
        Some(Fact { pointer, text })
    };
    Vip {
        item: *item,
        endpoint: None,
        namespace: item.namespace(),
        service_type: word(&["spec", "type"]),
        load_balancer_ip: word(&["spec", "loadBalancerIP"]).filter(|fact| !fact.text.is_empty()),
        has_class: word(&["spec", "loadBalancerClass"]).is_some(),
        traffic_policy: word(&["spec", "externalTrafficPolicy"]).map(|fact| fact.text),
        ports: Vec::new(),
        annotations,
        carrier,
    }
}

/// What only the catalogue knows of an endpoint's Service.
fn settle(vip: &mut Vip<'_>) {
    let Some(endpoint) = &vip.endpoint else { return };
    vip.ports = ports(endpoint.row, setting(vip));
    if endpoint.row.shape == OverrideShape::Annotations {
        let namespace = vip.item.node.path(LOGGING_NAMESPACE);
        vip.namespace = Some(namespace.and_then(Node::as_str).unwrap_or(LOGGING_NAMESPACE_DEFAULT));
    }
}

/// What the control plane says of an endpoint's ports, in the template that its override stands in.
fn setting<'a>(vip: &Vip<'a>) -> Setting<'a> {
    let above = vip.carrier.parent();
    let node = |pointer: Option<&Pointer>| vip.item.node.at(pointer?);
    let template = node(above.and_then(Pointer::parent));
    let word = |node: Option<&'a Node<'a>>, path: &[&str]| {
        node?.path(path).and_then(Node::text).filter(|text| !text.is_empty())
    };
    let (database, default) = OVN_DATABASE;
    Setting {
        tls: is_on(vip.item.node, &POD_TLS, "") || word(template, OWN_TLS).is_some(),
        database: word(template, &[database]).unwrap_or(default),
        written: word(node(above), &[LOGGING_PORT]).and_then(|port| port.parse().ok()),
    }
}

/// The carriers of one row that are there.
fn places(item: &Item<'_>, row: &'static Endpoint) -> Vec<(PointerBuf, EndpointOf)> {
    let mut found = Vec::new();
    for place in expand(item.node, row.path) {
        let Some(node) = item.node.at(&place.pointer) else { continue };
        let name = row.name_of(place.wildcard.as_deref());
        let mut put = |carrier: PointerBuf, key: Option<String>| {
            found.push((carrier, EndpointOf { row, name: name.clone(), key }));
        };
        match row.shape {
            OverrideShape::Keyed => {
                node.entries().iter().filter_map(|entry| entry.key.text()).for_each(|key| {
                    put(under(&place.pointer, &[key]), Some(key.to_owned()));
                });
            }
            OverrideShape::List => (0..node.items().len()).map(|index| index.to_string()).for_each(|index| {
                put(under(&place.pointer, &[&index]), Some(index.clone()));
            }),
            OverrideShape::Single | OverrideShape::Annotations => put(place.pointer.clone(), None),
        }
    }
    found
}

fn annotation_map(carrier: &PointerBuf, shape: OverrideShape) -> PointerBuf {
    if shape == OverrideShape::Annotations {
        carrier.clone()
    } else {
        under(carrier, &["metadata", "annotations"])
    }
}

/// `…/metadata/annotations` without its end; a bare map's parent.
fn carrier_of(map: &PointerBuf) -> PointerBuf {
    let parent = map.parent().unwrap_or(Pointer::root());
    let in_metadata = parent.last().is_some_and(|token| token.decoded() == "metadata");
    let carrier = if in_metadata { parent.parent().unwrap_or(Pointer::root()) } else { parent };
    carrier.to_buf()
}

fn service_ports(node: &Node<'_>) -> Vec<Port> {
    let list = node.path(&["spec", "ports"]).map(Node::items).unwrap_or_default();
    let port = |port: &Node<'_>| {
        let protocol = match port.get("protocol").and_then(Node::text) {
            Some("UDP") => "UDP",
            Some("SCTP") => "SCTP",
            _ => "TCP",
        };
        Some((protocol, port.get("port")?.text()?.parse().ok()?))
    };
    list.iter().filter_map(port).collect()
}
