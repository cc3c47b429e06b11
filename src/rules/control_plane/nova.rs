//! Nova's cells.
//!
//! Source: nova-operator `api/v1beta1/nova_webhook.go` (`ValidateCellTemplates`), `novacell_webhook.go`,
//! `novacompute_webhook.go`.

use std::collections::BTreeMap;

use super::cron::is_schedule;
use crate::find::{place, under, value};
use crate::model::{ControlPlane, Model};
use crate::path;
use crate::path::Path;
use crate::rules::Report;
use crate::rules::object::name::subdomain;
use crate::yaml::Node;

const CELLS: Path = path!("spec.nova.template.cellTemplates");
const CELL0: &str = "cell0";

/// The longest names of cells and of their compute services.
const LONGEST: (usize, usize) = (35, 20);

/// Cells that Nova's webhook refuses.
pub(crate) fn cells(model: &Model<'_>, report: &mut Report) {
    for plane in model.control_planes.iter().filter(|plane| plane.runs_section("nova")) {
        let Some(cells) = value(plane.item.node, CELLS).filter(|node| !node.is_null()) else { continue };
        let mut faults = Faults { plane, report };
        if cells.get(CELL0).is_none() {
            faults.at(&[], "cell0 is missing, and the webhook refuses the control plane without it; add it");
        }
        for (name, cell) in named(cells) {
            faults.of_name(&[name], name, LONGEST.0);
            faults.of_services(name, cell);
            faults.of_computes(name, cell);
            faults.of_purge(name, cell);
        }
        faults.of_buses(cells);
    }
}

/// The entries of a mapping by name.
fn named<'a>(node: &'a Node<'a>) -> impl Iterator<Item = (&'a str, &'a Node<'a>)> {
    node.entries().iter().filter_map(|entry| Some((entry.key.text()?, &entry.value)))
}

/// Whether a service of a cell is turned on or off, where that is written.
fn is_on(cell: &Node<'_>, service: &str) -> Option<bool> {
    cell.get(service)?.get("enabled")?.as_bool()
}

/// What is wrong in the cells of one control plane.
struct Faults<'f, 'a> {
    plane: &'f ControlPlane<'a>,
    report: &'f mut Report,
}

impl Faults<'_, '_> {
    /// Reports at a place below the cells.
    fn at(&mut self, keys: &[&str], message: &str) {
        let pointer = under(&place(CELLS), keys);
        let is_leaf = self.plane.item.node.at(&pointer).is_some_and(|node| node.text().is_some());
        let finding = self.report.finding(message).at(&self.plane.item, &pointer);
        self.report.add(if is_leaf { finding } else { finding.without_current() });
    }

    fn of_name(&mut self, keys: &[&str], name: &str, most: usize) {
        let fault = if name.len() > most { Some("write a shorter one") } else { subdomain(name) };
        if let Some(fault) = fault {
            let message = format!(
                "{name:?} is no name that the webhook takes here; {fault}, {most} characters at most"
            );
            self.at(keys, &message);
        }
    }

    fn of_services(&mut self, name: &str, cell: &Node<'_>) {
        let top = value(self.plane.item.node, path!("spec.nova.template"))
            .and_then(|top| is_on(top, "metadataServiceTemplate"));
        let has_metadata = is_on(cell, "metadataServiceTemplate") == Some(true);
        if has_metadata && (top != Some(false) || name == CELL0) {
            let message = "the metadata service runs for all cells, or for each but cell0, and not for both; turn one of the \
                           two off";
            self.at(&[name, "metadataServiceTemplate", "enabled"], message);
        }
        if name == CELL0 && is_on(cell, "noVNCProxyServiceTemplate") == Some(true) {
            self.at(
                &[name, "noVNCProxyServiceTemplate", "enabled"],
                "cell0 has no computes, and the webhook refuses a console proxy for it; turn it off",
            );
        }
    }

    fn of_computes(&mut self, name: &str, cell: &Node<'_>) {
        const KEY: &str = "novaComputeTemplates";
        let Some(computes) = cell.get(KEY) else { return };
        if name == CELL0 && !computes.entries().is_empty() {
            self.at(
                &[name, KEY],
                "cell0 has no computes, and the webhook refuses templates for them; move them to cell1",
            );
        }
        for (compute, template) in named(computes) {
            self.of_name(&[name, KEY, compute], compute, LONGEST.1);
            let replicas =
                template.get("replicas").and_then(Node::text).and_then(|text| text.parse::<u32>().ok());
            let driver = template.get("computeDriver").and_then(Node::text);
            if driver == Some("ironic.IronicDriver") && replicas.is_some_and(|replicas| replicas > 1) {
                let message = "of a compute service with Ironic's driver there is one at most; write 1, and add another \
                               template";
                self.at(&[name, KEY, compute, "replicas"], message);
            }
        }
    }

    fn of_purge(&mut self, name: &str, cell: &Node<'_>) {
        let schedule = cell.get("dbPurge").and_then(|purge| purge.get("schedule"));
        let Some(schedule) = schedule.and_then(Node::as_str).filter(|text| !text.is_empty()) else { return };
        if !is_schedule(schedule) {
            let message = format!(
                "{schedule:?} is no cron schedule; write minute, hour, day, month and day of the week"
            );
            self.at(&[name, "dbPurge", "schedule"], &message);
        }
    }

    /// Every cell but cell0 has a RabbitMQ of its own.
    fn of_buses(&mut self, cells: &Node<'_>) {
        let mut first: BTreeMap<&str, &str> = BTreeMap::new();
        for (name, cell) in named(cells).filter(|(name, _)| *name != CELL0) {
            let keys: &[&str] = match cell.get("messagingBus").and_then(|bus| bus.get("cluster")) {
                Some(_) => &["messagingBus", "cluster"],
                None => &["cellMessageBusInstance"],
            };
            let node = keys.iter().try_fold(cell, |node, key| node.get(key));
            let Some(bus) = node.and_then(Node::text).filter(|bus| !bus.is_empty()) else { continue };
            let other = *first.entry(bus).or_insert(name);
            if other != name {
                let message = format!(
                    "{bus} is the RabbitMQ of {other} already, and the webhook refuses one for two cells; give each its own"
                );
                self.at(&[&[name], keys].concat(), &message);
            }
        }
    }
}
