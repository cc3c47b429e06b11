//! Ironic's conductors, and the addresses that they and the inspector give out.
//!
//! Source: ironic-operator `api/v1beta1/ironic_webhook.go`, called by the control plane's webhook if Ironic is on.

use std::collections::BTreeMap;
use std::net::IpAddr;

use crate::catalogue::endpoints::{CONDUCTOR_RANGES, INSPECTOR_RANGES, IRONIC};
use crate::find::{Part, place, select, value};
use crate::model::{ControlPlane, Model};
use crate::path;
use crate::path::Path;
use crate::rules::Report;
use crate::yaml::Node;

const TEMPLATE: Path = path!("spec.ironic.template");
const CONDUCTORS: Path = path!("spec.ironic.template.ironicConductors");

/// Conductors that the webhook refuses: none, two of one group, or an unknown way to speak to them.
pub(crate) fn conductors(model: &Model<'_>, report: &mut Report) {
    for plane in model.control_planes.iter().filter(|plane| plane.is_on(&IRONIC)) {
        let Some(template) = value(plane.item.node, TEMPLATE).filter(|node| !node.is_null()) else {
            continue;
        };
        transport(plane, template, report);
        let conductors = template.get("ironicConductors").map(Node::items).unwrap_or_default();
        if conductors.is_empty() {
            let message = "Ironic has no conductor, and the webhook refuses the control plane; add one";
            report.add(report.finding(message).at(&plane.item, &place(CONDUCTORS)).without_current());
        }
        groups(plane, report);
        neutron_agent(plane, template, report);
    }
}

fn transport(plane: &ControlPlane<'_>, template: &Node<'_>, report: &mut Report) {
    let transport = template.get("rpcTransport").and_then(Node::as_str).filter(|text| !text.is_empty());
    if let Some(transport) = transport.filter(|transport| !matches!(*transport, "oslo" | "json-rpc")) {
        let message = format!("{transport:?} is no transport of Ironic's; write oslo or json-rpc");
        report.at(&plane.item, &place(path!("spec.ironic.template.rpcTransport")), message);
    }
}

fn groups(plane: &ControlPlane<'_>, report: &mut Report) {
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    let conductors = select(plane.item.node, path!("spec.ironic.template.ironicConductors.[]"));
    for (index, conductor) in conductors.iter().enumerate() {
        let group = conductor.text(path!("conductorGroup")).unwrap_or_default();
        let other = *first.entry(group).or_insert(index);
        if other != index {
            let message = format!(
                "the conductor {other} of the list is of the group {group:?}, too, and the webhook refuses two of one; write \
                 another conductorGroup"
            );
            report.add(report.finding(message).at(&plane.item, &conductor.pointer).without_current());
        }
    }
}

/// A standalone Ironic has no Neutron to speak to.
fn neutron_agent(plane: &ControlPlane<'_>, template: &Node<'_>, report: &mut Report) {
    let replicas = template.get("ironicNeutronAgent").and_then(|agent| agent.get("replicas"));
    let is_wanted = replicas.and_then(Node::text).is_some_and(|replicas| replicas != "0");
    if template.get("standalone").and_then(Node::as_bool) == Some(true) && is_wanted {
        let message = "a standalone Ironic has no Neutron, and the webhook refuses an agent for it; write 0";
        report.at(&plane.item, &place(path!("spec.ironic.template.ironicNeutronAgent.replicas")), message);
    }
}

/// Two DHCP ranges of Ironic with an address in common.
///
/// The webhook compares each pair and keeps only what it finds of the last: the last range and the one before it, the
/// inspector's ranges first. Other pairs are taken, so nothing is said of them.
pub(crate) fn overlap(model: &Model<'_>, report: &mut Report) {
    for plane in model.control_planes.iter().filter(|plane| plane.is_on(&IRONIC)) {
        let parts = [INSPECTOR_RANGES, CONDUCTOR_RANGES].map(|path| select(plane.item.node, path));
        let ranges: Vec<(Part<'_>, IpAddr, IpAddr)> = parts.into_iter().flatten().filter_map(range).collect();
        let [.., (before, start, end), (last, from, to)] = ranges.as_slice() else { continue };
        let is_apart = if from < start { to < start } else { from > end };
        if from == start || !is_apart {
            let message = format!(
                "the range {from}-{to} has addresses of {start}-{end} at {}, and the webhook refuses the control plane; \
                 write ranges apart from each other",
                crate::krm::field_path(&before.pointer)
            );
            report.add(report.finding(message).at(&plane.item, &last.pointer).without_current());
        }
    }
}

fn range(part: Part<'_>) -> Option<(Part<'_>, IpAddr, IpAddr)> {
    let address = |path| Some(part.text(path)?.parse::<IpAddr>().ok()?.to_canonical());
    let (start, end) = (address(path!("start"))?, address(path!("end"))?);
    Some((part, start, end))
}
