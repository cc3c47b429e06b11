//! Glance's APIs.
//!
//! Source: glance-operator `api/v1beta1/glance_webhook.go` (`isValidKeystoneEP`, `isInvalidBackend`, `Default`).

use crate::find::{place, under, value};
use crate::model::{ControlPlane, Model};
use crate::path;
use crate::path::Path;
use crate::rules::Report;
use crate::yaml::Node;

const TEMPLATE: Path = path!("spec.glance.template");
const APIS: Path = path!("spec.glance.template.glanceAPIs");

/// APIs of which none can be Keystone's endpoint, or one in two parts that cannot share a store.
pub(crate) fn apis(model: &Model<'_>, report: &mut Report) {
    for plane in model.control_planes.iter().filter(|plane| plane.runs_section("glance")) {
        let Some(template) = value(plane.item.node, TEMPLATE) else { continue };
        // Without APIs the operator makes one of its own.
        let apis = template.get("glanceAPIs").map(Node::entries).unwrap_or_default();
        let apis: Vec<(&str, &Node<'_>)> =
            apis.iter().filter_map(|entry| Some((entry.key.text()?, &entry.value))).collect();
        if apis.is_empty() {
            continue;
        }
        endpoint(plane, template, &apis, report);
        for (name, api) in apis {
            split(plane, template, (name, api), report);
        }
    }
}

fn kind<'a>(api: &'a Node<'a>) -> &'a str {
    api.get("type").and_then(Node::text).unwrap_or("split")
}

/// The only API is the endpoint where none is named.
fn endpoint(plane: &ControlPlane<'_>, template: &Node<'_>, apis: &[(&str, &Node<'_>)], report: &mut Report) {
    let written = template.get("keystoneEndpoint").filter(|node| !node.is_null()).and_then(Node::text);
    let named = match (written.unwrap_or_default(), apis) {
        ("", [(only, _)]) => only,
        (named, _) => named,
    };
    let api = apis.iter().find(|(name, _)| *name == named);
    let why = match api {
        Some((_, api)) if kind(api) != "edge" => return,
        Some(_) => format!("{named} is of type edge"),
        None if named.is_empty() => "there are several, and none is named".to_owned(),
        None => format!("there is no API {named}"),
    };
    let message = format!(
        "Keystone's endpoint is one of glanceAPIs that is not of type edge, and {why}; write the name of such an API"
    );
    let pointer = place(path!("spec.glance.template.keystoneEndpoint"));
    report.add(report.finding(message).at(&plane.item, &pointer));
}

/// Two parts of an API do not see one another's files.
fn split(plane: &ControlPlane<'_>, template: &Node<'_>, (name, api): (&str, &Node<'_>), report: &mut Report) {
    let replicas = api.get("replicas").and_then(Node::text);
    let own = backends(api);
    let is_file = if own.is_empty() {
        let top = backends(template);
        top.is_empty() || has_files(&top)
    } else {
        has_files(&own)
    };
    if kind(api) == "split" && replicas != Some("0") && is_file {
        let message = format!(
            "the API {name} is in two parts (type split) and keeps its images in files, which they do not share; set \
             another backend in customServiceConfig, or type single"
        );
        let pointer = under(&place(APIS), &[name]);
        report.add(report.finding(message).at_key(&plane.item, &pointer));
    }
}

fn has_files(backends: &[&str]) -> bool {
    backends.iter().any(|backend| matches!(backend.split_once(':'), Some((_, "file" | "nfs"))))
}

/// The backends that a `customServiceConfig` enables: `name:type`.
fn backends<'a>(template: &'a Node<'a>) -> Vec<&'a str> {
    let config = template.get("customServiceConfig").and_then(Node::text).unwrap_or_default();
    let setting = |line: &'a str| {
        let (key, value) = line.split_once('=')?;
        (key.trim() == "enabled_backends").then_some(value)
    };
    let listed = config.lines().filter_map(setting).next_back().unwrap_or_default();
    listed.split(',').map(str::trim).filter(|backend| !backend.is_empty()).collect()
}
