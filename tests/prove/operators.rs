//! The operators' part: the Services that they would make of a rendered OpenStackControlPlane, with the
//! EndpointSlices by which a speaker announces them. From the rendered manifests and nothing else; what
//! becomes of them is MetalLB's business.

use std::collections::BTreeMap;
use std::thread;

use multi_rhoso::catalogue::endpoints::OVERRIDDEN_FIELDS;
use serde_json::{Map, Value, json};

use crate::Outcome;
use crate::cluster::NODE;
use crate::kube::Kube;
use crate::manifests::text_at;
use crate::services::{LOGGING, OFF_BY_DEFAULT, Protocol, ROWS, Row};

/// The API server writes several objects as fast as one.
const AT_A_TIME: usize = 5;

type Names = BTreeMap<String, String>;

/// The LoadBalancer Services of all control planes in the manifests.
pub(crate) fn services(manifests: &[Value]) -> Vec<Value> {
    let planes = manifests.iter().filter(|item| item["kind"] == "OpenStackControlPlane");
    planes.flat_map(services_of).collect()
}

/// Creates Services and their EndpointSlices, some at a time; the Services as they are stored.
pub(crate) fn create(kube: &Kube, services: &[Value]) -> Outcome<Vec<Value>> {
    let create = |service: &Value| {
        let stored = kube.create(service)?.body_or_error()?;
        for slice in endpoint_slices(&stored) {
            kube.create(&slice)?.body_or_error()?;
        }
        Ok(stored)
    };
    let create = &create;
    let share = services.len().div_ceil(AT_A_TIME).max(1);
    thread::scope(|scope| {
        let parts = services.chunks(share);
        let parts: Vec<_> = parts
            .map(|part| scope.spawn(move || part.iter().map(create).collect::<Outcome<Vec<Value>>>()))
            .collect();
        parts.into_iter().try_fold(Vec::new(), |mut all, part| {
            all.extend(part.join().unwrap()?);
            Ok(all)
        })
    })
}

/// Rewrites the annotations of the Services that are there and creates the others; all as they are stored.
pub(crate) fn update(kube: &Kube, services: &[Value]) -> Outcome<Vec<Value>> {
    let mut stored = Vec::new();
    for service in services {
        let path = kube.path(service)?;
        let change = json!({"metadata": {"annotations": service["metadata"]["annotations"]}});
        let reply =
            kube.send("PATCH", &path, "application/merge-patch+json", change.to_string().as_bytes())?;
        match reply.status {
            404 => stored.extend(create(kube, std::slice::from_ref(service))?),
            _ => stored.push(reply.body_or_error()?),
        }
    }
    Ok(stored)
}

fn services_of(plane: &Value) -> Vec<Value> {
    let mut made = Vec::new();
    for row in &ROWS {
        for (names, place) in matches(plane, row) {
            let edge = names.get("type").is_some_and(|kind| kind == "edge");
            let public = names.get("e").is_some_and(|endpoint| endpoint == "public");
            // Of a glance API at the edge there is no public Service.
            if place["spec"]["type"] == "LoadBalancer" && !(edge && public) {
                made.push(service(plane, row, &names, place));
            }
        }
    }
    made.extend(matches(plane, &LOGGING).into_iter().map(|(_, logging)| logging_service(plane, logging)));
    made
}

fn service(plane: &Value, row: &Row, names: &Names, given: &Value) -> Value {
    let namespace = text_at(plane, "/metadata/namespace");
    let name = fill(row.service, names);
    let mut annotations = Map::new();
    if let Some(endpoint) = names.get("e") {
        annotations.insert("endpoint".to_owned(), json!(endpoint));
    }
    annotations.insert("core.openstack.org/ingress_create".to_owned(), json!("false"));
    if row.hostname {
        let host = format!("{name}.{namespace}.svc");
        annotations.insert("dnsmasq.network.openstack.org/hostname".to_owned(), json!(host));
    }
    let labels =
        json!({"service": name, "osctlplane": "", "osctlplane-service": text_at(plane, "/metadata/name")});
    // What the override says wins over what the operator adds.
    let annotations = merged(Value::Object(annotations), &given["metadata"]["annotations"]);
    let labels = merged(labels, &given["metadata"]["labels"]);
    let mut made = load_balancer(&name, namespace, row);
    made["metadata"]["annotations"] = annotations;
    made["metadata"]["labels"] = labels;
    for field in OVERRIDDEN_FIELDS {
        if let Some(value) = given["spec"].get(field) {
            made["spec"][field] = value.clone();
        }
    }
    made
}

/// Lives with the logging operator; its type is not for the control plane to choose.
fn logging_service(plane: &Value, logging: &Value) -> Value {
    let own = text_at(plane, "/metadata/namespace").to_owned();
    let namespace = logging["cloNamespace"].as_str().unwrap_or("openshift-logging");
    let name = fill(LOGGING.service, &Names::from([("namespace".to_owned(), own)]));
    let mut made = load_balancer(&name, namespace, &LOGGING);
    made["metadata"]["annotations"] = logging["annotations"].clone();
    made
}

fn load_balancer(name: &str, namespace: &str, row: &Row) -> Value {
    let ports = row.ports.iter().map(|(port, protocol)| {
        let protocol = match protocol {
            Protocol::Tcp => "TCP",
            Protocol::Udp => "UDP",
        };
        let name = format!("{}-{port}", protocol.to_lowercase());
        json!({"name": name, "port": port, "protocol": protocol})
    });
    json!({
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": name, "namespace": namespace},
        "spec": {"type": "LoadBalancer", "ports": ports.collect::<Vec<_>>()},
    })
}

/// One ready endpoint on the one node, for each address family of the Service's own.
fn endpoint_slices(service: &Value) -> impl Iterator<Item = Value> {
    let families = service["spec"]["ipFamilies"].as_array().into_iter().flatten();
    families.filter_map(Value::as_str).map(|family| endpoint_slice(service, family))
}

fn endpoint_slice(service: &Value, family: &str) -> Value {
    let name = text_at(service, "/metadata/name");
    let address = if family == "IPv6" { "fd00:88::2" } else { "10.88.0.2" };
    json!({
        "apiVersion": "discovery.k8s.io/v1",
        "kind": "EndpointSlice",
        "metadata": {
            "name": format!("{name}-{}", family.to_lowercase()),
            "namespace": service["metadata"]["namespace"],
            "labels": {"kubernetes.io/service-name": name},
        },
        "addressType": family,
        "endpoints": [{"addresses": [address], "nodeName": NODE, "conditions": {"ready": true}}],
    })
}

/// All places of a control plane that a row's path reaches and that are switched on.
fn matches<'v>(plane: &'v Value, row: &Row) -> Vec<(Names, &'v Value)> {
    let path: Vec<&str> = row.path.split('.').collect();
    let mut found = Vec::new();
    walk(&plane["spec"], &path, 0, Names::new(), &mut found);
    found
}

fn walk<'v>(
    node: &'v Value,
    path: &[&str],
    done: usize,
    mut names: Names,
    found: &mut Vec<(Names, &'v Value)>,
) {
    if switched_off(node, &path[..done].join(".")) {
        return;
    }
    for field in ["dbType", "type"] {
        if let Some(text) = node[field].as_str() {
            names.insert(field.to_owned(), text.to_lowercase());
        }
    }
    let Some(step) = path.get(done) else { return found.push((names, node)) };
    let mut descend = |child: &'v Value, name: Option<(&str, String)>| {
        let mut names = names.clone();
        names.extend(name.map(|(variable, value)| (variable.to_owned(), value)));
        walk(child, path, done + 1, names, found);
    };
    if let Some(variable) = step.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        for (key, child) in node.as_object().into_iter().flatten() {
            descend(child, Some((variable, key.clone())));
        }
    } else if let Some(list) = step.strip_suffix("[]") {
        for (index, child) in node[list].as_array().into_iter().flatten().enumerate() {
            descend(child, Some(("i", index.to_string())));
        }
    } else if let Some(child) = node.get(step) {
        descend(child, None);
    }
}

fn switched_off(node: &Value, place: &str) -> bool {
    match node.get("enabled").and_then(Value::as_bool) {
        Some(enabled) => !enabled,
        None => OFF_BY_DEFAULT.contains(&place),
    }
}

fn fill(pattern: &str, names: &Names) -> String {
    names.iter().fold(pattern.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

fn merged(mut base: Value, over: &Value) -> Value {
    for (key, value) in over.as_object().into_iter().flatten() {
        base[key] = value.clone();
    }
    base
}
