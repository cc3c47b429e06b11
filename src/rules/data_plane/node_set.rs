//! Node sets: networks, hosts, nodes of two sets, and the volumes that are mounted.
//!
//! Source: openstack-operator `api/dataplane/v1beta1/openstackdataplanenodeset_webhook.go`
//! (`validatePreProvisionedNodes`), `openstackdataplanenodeset_types.go` (`duplicateNodeCheck`),
//! `internal/dataplane/ipam.go` (`reserveIPs`).

use std::collections::{BTreeMap, BTreeSet};

use ipnet::IpNet;

use crate::find::{select, under};
use crate::model::{DataPlaneNode, Model, NodeNetwork, NodeSet, Request};
use crate::path;
use crate::path::Path;
use crate::rules::Report;
use crate::rules::object::name::label;
use crate::yaml::Node;

const CTLPLANE: &str = "ctlplane";

/// A node without networks, or without the one by which it is reached.
pub(crate) fn networks(model: &Model<'_>, report: &mut Report) {
    let requests = of_sets(model);
    for set in &model.networks.node_sets {
        for node in &set.nodes {
            let asked = networks_of(set, node);
            let message = if asked.is_empty() {
                format!(
                    "the node {} has no networks, and nodeTemplate has none either, so no address is asked for; write them",
                    node.name
                )
            } else if has_ctlplane(requests.get(&set.item.index), asked) == Some(false) {
                format!(
                    "none of the networks of the node {} is ctlplane, by which it is reached; add ctlplane",
                    node.name
                )
            } else {
                continue;
            };
            report.add(report.finding(message).at(&set.item, &node.pointer).without_current());
        }
    }
}

/// A node's own networks, or the template's where it has none.
fn networks_of<'s, 'a>(set: &'s NodeSet<'a>, node: &'s DataPlaneNode<'a>) -> &'s [NodeNetwork<'a>] {
    if node.networks.is_empty() { &set.networks } else { &node.networks }
}

/// Whether one of the networks is ctlplane, by name or by its `serviceNetwork`; `None` where the list does not tell.
fn has_ctlplane(of_set: Option<&Request<'_, '_>>, asked: &[NodeNetwork<'_>]) -> Option<bool> {
    let is_named = |name: &str| name.eq_ignore_ascii_case(CTLPLANE);
    if asked.iter().any(|asked| asked.name.as_ref().is_some_and(|name| is_named(name.text))) {
        return Some(true);
    }
    let found: Option<Vec<_>> = asked.iter().map(|asked| of_set?.network(asked)).collect();
    Some(found?.iter().any(|network| {
        network.service_network.as_ref().map_or_else(|| is_named(network.title()), |own| is_named(own.text))
    }))
}

/// A request of each object that has one, by its place in the list.
fn of_sets<'m, 'a>(model: &'m Model<'a>) -> BTreeMap<usize, Request<'m, 'a>> {
    let mut requests = BTreeMap::new();
    for request in model.networks.requests() {
        requests.entry(request.item.index).or_insert(request);
    }
    requests
}

/// The host of a node that is there already: an address, and one of ctlplane's subnet.
pub(crate) fn hosts(model: &Model<'_>, report: &mut Report) {
    let requests = of_sets(model);
    for set in model.networks.node_sets.iter().filter(|set| is_pre_provisioned(set)) {
        let config = requests.get(&set.item.index);
        for node in &set.nodes {
            let message = match node.ansible_host.as_ref().map(|host| (host.text.as_ref(), host.value)) {
                None => format!(
                    "the node {} has no ansibleHost, and is there already; write its address",
                    node.name
                ),
                Some((text, None)) => {
                    format!(
                        "{text:?} is no IP address, and the webhook takes nothing else here; write the node's address"
                    )
                }
                Some((_, Some(host))) => {
                    let net = config.and_then(|config| ctlplane_of(config, networks_of(set, node)));
                    let Some(net) = net.filter(|net| !net.contains(&host)) else { continue };
                    format!(
                        "{host} lies outside of {net}, the node's subnet of ctlplane, and becomes its fixedIP there; write an \
                         address of that subnet"
                    )
                }
            };
            let pointer = under(&node.pointer, &["ansible", "ansibleHost"]);
            report.at(&set.item, &pointer, message);
        }
    }
}

/// The subnet of ctlplane that a node asks for; what it fixes there itself is `ipset-address`'s to judge.
fn ctlplane_of(request: &Request<'_, '_>, asked: &[NodeNetwork<'_>]) -> Option<IpNet> {
    let is_ctlplane = |asked: &&NodeNetwork<'_>| {
        asked.name.as_ref().is_some_and(|name| name.text.eq_ignore_ascii_case(CTLPLANE))
    };
    let asked = asked.iter().find(is_ctlplane)?;
    let subnet = request.subnet(asked).filter(|_| asked.fixed_ip.is_none());
    subnet?.cidr.as_ref()?.value
}

fn is_pre_provisioned(set: &NodeSet<'_>) -> bool {
    set.item.part().bool(path!("spec.preProvisioned")) == Some(true)
}

/// A node that is in another set of the namespace already, by its name or by its host.
///
/// The webhook looks at sets whose nodes are there already, and has one list of names and hosts. A second node of one
/// set is refused only where there is another set.
pub(crate) fn twice(model: &Model<'_>, report: &mut Report) {
    let mut seen: BTreeMap<(Option<&str>, &str), (&NodeSet<'_>, &str)> = BTreeMap::new();
    let mut with_nodes: BTreeSet<Option<&str>> = BTreeSet::new();
    for set in &model.networks.node_sets {
        let namespace = set.item.namespace();
        let is_first = !with_nodes.contains(&namespace);
        with_nodes.extend(set.nodes.first().map(|_| namespace));
        for node in &set.nodes {
            let host = node.ansible_host.as_ref().map(|host| host.text.as_ref());
            let names = [Some(host_name(set, node)), host.filter(|host| !host.is_empty())];
            let names = names.into_iter().flatten();
            let taken = names.clone().find_map(|name| Some((name, *seen.get(&(namespace, name))?)));
            names.for_each(|name| _ = seen.entry((namespace, name)).or_insert((set, node.name)));
            let Some((name, (other, node_of))) = taken else { continue };
            let is_one_set = other.item.name() == set.item.name();
            if !is_pre_provisioned(set) || (is_one_set && (is_first || node_of == node.name)) {
                continue;
            }
            let message = format!(
                "{name} is a node of {} already, and the webhook refuses a second; take it out of one of the two",
                other.item.reference()
            );
            report.add(report.finding(message).at(&set.item, &node.pointer).without_current());
        }
    }
}

/// `hostName`, which is the node's key where it is missing.
fn host_name<'s>(set: &'s NodeSet<'_>, node: &'s DataPlaneNode<'_>) -> &'s str {
    let written = set.item.node.at(&node.pointer).and_then(|node| node.get("hostName"));
    written.and_then(Node::text).filter(|name| !name.is_empty()).unwrap_or(node.name)
}

/// A volume whose name cannot be one of a pod's volumes.
pub(crate) fn volumes(model: &Model<'_>, report: &mut Report) {
    const VOLUMES: Path = path!("spec.nodeTemplate.extraMounts.[].volumes.[].name");
    for set in &model.networks.node_sets {
        for name in select(set.item.node, VOLUMES) {
            let text = name.node.text().unwrap_or_default();
            if let Some(fault) = label(text, 63) {
                let message = format!("{text:?} is no name of a volume; {fault}");
                report.at(&set.item, &name.pointer, message);
            }
        }
    }
}
