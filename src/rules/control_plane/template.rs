//! Services' templates: names and values that the services' webhooks refuse.
//!
//! Source: each service operator's `api/v1beta1/*_webhook.go` (`ValidateCreate`), which the control plane's webhook calls
//! for the services that run; lib-common `modules/common/webhook/rfc.go` (`ValidateDNS1123Label`).

use crate::catalogue::services::{CONFIG_FILES, NAMED_TEMPLATES};
use crate::find::{place, select, under, value};
use crate::krm::Item;
use crate::model::{ControlPlane, Model};
use crate::path;
use crate::path::Path;
use crate::rules::Report;
use crate::rules::object::name::label;
use crate::yaml::{Node, PointerBuf};

/// The longest name of a stateful set whose pods can be labelled with it.
const LONGEST: usize = 52;

/// Kinds whose own name becomes part of their pods' names.
const NAMED_KINDS: [(&str, &str); 3] = [
    ("rabbitmq.openstack.org", "RabbitMq"),
    ("memcached.openstack.org", "Memcached"),
    ("redis.openstack.org", "Redis"),
];

/// A key of a template, an API or a volume, or a server's name, that cannot be part of its pods' names.
pub(crate) fn names(model: &Model<'_>, report: &mut Report) {
    for plane in &model.control_planes {
        for (_, path, most) in NAMED_TEMPLATES.iter().filter(|(section, ..)| plane.runs_section(section)) {
            for key in keys(plane.item.node, *path) {
                of_key(plane, &under(&place(*path), &[key]), (key, *most), report);
            }
        }
        of_volumes(plane, report);
        of_glance_apis(plane, report);
    }
    let named = |item: &&Item<'_>| NAMED_KINDS.iter().any(|(group, kind)| item.is(group, kind));
    for item in model.objects.iter().filter(named) {
        if let Some(fault) = label(item.name(), LONGEST) {
            let message = format!(
                "{:?} cannot be part of the names of its pods, and the webhook refuses it; {fault}, {LONGEST} characters \
                 at most",
                item.name()
            );
            report.at(item, &place(path!("metadata.name")), message);
        }
    }
}

fn of_volumes(plane: &ControlPlane<'_>, report: &mut Report) {
    const VOLUMES: Path = path!("spec.cinder.template.cinderVolumes");
    if !plane.runs_section("cinder") {
        return;
    }
    let most = LONGEST.saturating_sub(service_name(plane, "cinder") + "-volume-".len());
    for key in keys(plane.item.node, VOLUMES) {
        of_key(plane, &under(&place(VOLUMES), &[key]), (key, most), report);
    }
}

fn of_glance_apis(plane: &ControlPlane<'_>, report: &mut Report) {
    const APIS: Path = path!("spec.glance.template.glanceAPIs");
    if !plane.runs_section("glance") {
        return;
    }
    let apis = value(plane.item.node, APIS).map(Node::entries).unwrap_or_default();
    for (key, api) in apis.iter().filter_map(|entry| Some((entry.key.text()?, &entry.value))) {
        let kind = api.get("type").and_then(Node::text).unwrap_or("split");
        let most = LONGEST.saturating_sub(service_name(plane, "glance") + kind.len() + 2);
        of_key(plane, &under(&place(APIS), &[key]), (key, most), report);
    }
}

/// The length of a service's name, to which unique ones get five letters more.
fn service_name(plane: &ControlPlane<'_>, section: &str) -> usize {
    let at = |key: &str| plane.item.node.get("spec")?.get(section)?.get(key);
    let own = at("serviceName").and_then(Node::text).filter(|name| !name.is_empty());
    let is_unique = at("uniquePodNames").and_then(Node::as_bool) == Some(true);
    own.map_or(section.len() + if is_unique { 6 } else { 0 }, str::len)
}

fn of_key(plane: &ControlPlane<'_>, pointer: &PointerBuf, (key, most): (&str, usize), report: &mut Report) {
    if let Some(fault) = label(key, most) {
        let message = format!(
            "{key:?} cannot be part of the names of its pods, and the webhook refuses the control plane; {fault}, {most} \
             characters at most"
        );
        report.add(report.finding(message).at_key(&plane.item, pointer));
    }
}

fn keys<'a>(node: &'a Node<'a>, path: Path) -> Vec<&'a str> {
    let entries = value(node, path).map(Node::entries).unwrap_or_default();
    entries.iter().filter_map(|entry| entry.key.text()).collect()
}

/// A configuration file that the service's operator does not let anybody overwrite.
pub(crate) fn config_files(model: &Model<'_>, report: &mut Report) {
    for plane in &model.control_planes {
        for (_, path, files) in CONFIG_FILES.iter().filter(|(section, ..)| plane.runs_section(section)) {
            for map in select(plane.item.node, *path) {
                let keys = map.node.entries().iter().filter_map(|entry| entry.key.text());
                for key in keys.filter(|key| !files.contains(key)) {
                    let message = format!(
                        "{key} cannot be overwritten, and the webhook refuses the control plane; write {}, or use \
                         customServiceConfig",
                        files.join(" or ")
                    );
                    report.add(report.finding(message).at_key(&plane.item, &under(&map.pointer, &[key])));
                }
            }
        }
    }
}

/// Fields of one template that contradict each other.
pub(crate) fn contradictions(model: &Model<'_>, report: &mut Report) {
    for plane in &model.control_planes {
        backups(plane, report);
        memcached_of_manila(plane, report);
        if plane.runs_section("rabbitmq") {
            for template in select(plane.item.node, path!("spec.rabbitmq.templates.*")) {
                queues(&plane.item, &template.pointer, template.node, report);
            }
        }
    }
    for item in model.objects.iter().filter(|item| item.is("rabbitmq.openstack.org", "RabbitMq")) {
        if let Some(spec) = item.node.get("spec") {
            queues(item, &place(path!("spec")), spec, report);
        }
    }
}

/// The deprecated template counts as long as it has a replica, which is the CRD's default also where it is missing.
fn backups(plane: &ControlPlane<'_>, report: &mut Report) {
    const OLD: Path = path!("spec.cinder.template.cinderBackup.replicas");
    let Some(template) = value(plane.item.node, path!("spec.cinder.template")) else { return };
    let has_new = template.get("cinderBackups").is_some_and(|node| !node.entries().is_empty());
    let replicas = value(plane.item.node, OLD).filter(|node| !node.is_null()).and_then(Node::text);
    if plane.runs_section("cinder") && has_new && replicas != Some("0") {
        let message = "cinderBackups is in use, and the webhook refuses the deprecated cinderBackup beside it, which has one \
                       replica unless it says otherwise; write 0 here";
        report.add(report.finding(message).at(&plane.item, &place(OLD)));
    }
}

/// Source: manila-operator `ValidateBaseParams`.
fn memcached_of_manila(plane: &ControlPlane<'_>, report: &mut Report) {
    const MEMCACHED: Path = path!("spec.manila.template.memcachedInstance");
    let is_empty = value(plane.item.node, MEMCACHED).and_then(Node::as_str) == Some("");
    if is_empty && plane.runs_section("manila") {
        let message = "the name is empty, and the webhook refuses the control plane; write the Memcached to use, or take the \
                       field out";
        report.at(&plane.item, &place(MEMCACHED), message);
    }
}

/// Source: infra-operator `apis/rabbitmq/v1beta1/rabbitmq_webhook.go`: RabbitMQ has no mirrored queues from 4.2 on.
fn queues(item: &Item<'_>, pointer: &PointerBuf, template: &Node<'_>, report: &mut Report) {
    let text = |key: &str| template.get(key).and_then(Node::text);
    let Some(version) = text("targetVersion").filter(|_| text("queueType") == Some("Mirrored")) else {
        return;
    };
    let mut numbers = version.split('.').map_while(|number| number.parse::<u32>().ok());
    if (numbers.next(), numbers.next()) >= (Some(4), Some(2)) {
        let message =
            format!("RabbitMQ {version} has no mirrored queues, and the webhook refuses them; write Quorum");
        report.at(item, &under(pointer, &["queueType"]), message);
    }
}
