//! Names of other objects that the list should have, as it has others of their kind in the same namespace.
//!
//! Where the list has none of a kind there, they are another stage's, and nothing is said. Who names what stands in
//! `catalogue::named`.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::named::{BONDS, DATA_PLANE_SERVICES, NIC_MAPPINGS, NODE_SELECTORS, Named, OVN};
use crate::catalogue::node_policy::HOST_NAME;
use crate::config::nearest;
use crate::krm::{Item, at_most, listed};
use crate::model::{Asked, Model, NamesOf};
use crate::path::Path;
use crate::rules::Report;
use crate::yaml::Node;

/// Attachments that pods ask for.
pub(crate) fn attachments(model: &Model<'_>, report: &mut Report) {
    look_up(model, &[Named::Attachment], report);
}

/// Secrets that people write, where one of the namespace is nearly called so: most of them are kept elsewhere.
pub(crate) fn secrets(model: &Model<'_>, report: &mut Report) {
    let Some(known) = model.known(Named::Secret).filter(|known| !known.is_empty()) else { return };
    for asked in model.asked(&[Named::Secret]) {
        let namespace = asked.namespace.as_deref();
        if known.has(namespace, &asked.name) {
            continue;
        }
        let there: Vec<&str> = known.of(namespace).collect();
        let near = nearest(&asked.name, there.iter().copied()).filter(|near| is_slip(&asked.name, near));
        if near.is_some() {
            say(asked, &known, &there, near, report);
        }
    }
}

/// Whether a name is another misspelled: not one more of a series, nor the other with something before or behind.
fn is_slip(name: &str, meant: &str) -> bool {
    let letters = |word: &str| word.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    letters(name) != letters(meant) && name.len().abs_diff(meant.len()) < 2
}

/// Databases, caches and message buses of the control plane.
pub(crate) fn backends(model: &Model<'_>, report: &mut Report) {
    look_up(model, &[Named::Galera, Named::Memcached, Named::RabbitMq], report);
}

/// Everything else that is an object.
pub(crate) fn objects(model: &Model<'_>, report: &mut Report) {
    look_up(model, &[Named::Topology, Named::IpSet, Named::NodeSet], report);
}

/// Services of the data plane. The operator makes its own, so without others in the list only a slip is said.
pub(crate) fn services(model: &Model<'_>, report: &mut Report) {
    let Some(known) = model.known(Named::DataPlaneService) else { return };
    for asked in model.asked(&[Named::DataPlaneService]) {
        let (name, namespace) = (asked.name.as_str(), asked.namespace.as_deref());
        if known.has(namespace, name) || DATA_PLANE_SERVICES.contains(&name) {
            continue;
        }
        let own: Vec<&str> = known.of(namespace).collect();
        let meant = nearest(name, DATA_PLANE_SERVICES.iter().copied());
        if !own.is_empty() || meant.is_some_and(|meant| is_slip(name, meant)) {
            let all = own.iter().chain(DATA_PLANE_SERVICES).copied();
            say(asked, &known, &own, nearest(name, all), report);
        }
    }
}

fn look_up(model: &Model<'_>, of: &[Named], report: &mut Report) {
    let known: Vec<NamesOf<'_>> = of.iter().filter_map(|named| model.known(*named)).collect();
    // Nothing is asked where nothing can be answered.
    let of: Vec<Named> =
        known.iter().filter(|known| !known.is_empty()).map(|known| known.row.named).collect();
    for asked in model.asked(&of) {
        let Some(known) = known.iter().find(|known| known.row.named == asked.named) else { continue };
        let namespace = asked.namespace.as_deref();
        if known.has_any(namespace) && !known.has(namespace, &asked.name) {
            let there: Vec<&str> = known.of(namespace).collect();
            say(asked, known, &there, nearest(&asked.name, there.iter().copied()), report);
        }
    }
}

/// The most names that a sentence lists.
const NAMED: usize = 8;

fn say(asked: &Asked<'_>, known: &NamesOf<'_>, there: &[&str], near: Option<&str>, report: &mut Report) {
    let row = known.row;
    let names = at_most(NAMED, there.iter().map(|name| (*name).to_owned()));
    let of = asked.namespace.as_ref().map_or_else(String::new, |namespace| format!(" of {namespace}"));
    let others = if names.is_empty() {
        "and none that the operator makes".to_owned()
    } else {
        format!("which has {}", listed(&names))
    };
    let message = format!(
        "{} is no {}{of} in this list, {others}, so {}; correct the name, or add what it names",
        asked.name, row.word, row.consequence
    );
    let finding = report.finding(message).at(&asked.item, &asked.pointer);
    // The annotation holds more than the name.
    let is_whole = asked.item.node.at(&asked.pointer).and_then(Node::text) == Some(asked.name.as_str());
    report.add(match near.filter(|_| is_whole) {
        Some(near) => finding.proposing(near),
        None => finding,
    });
}

/// Host interfaces of OVN's provider networks. Runs only where the list has node policies.
pub(crate) fn nics(model: &Model<'_>, report: &mut Report) {
    let Some(known) = model.networks.interface_names() else { return };
    for plane in model.control_planes.iter().filter(|plane| plane.is_on(&OVN)) {
        let part = plane.item.part();
        let bonds: Vec<&str> = part.each(BONDS).iter().filter_map(|bond| bond.key("name")).collect();
        for nic in part.facts(NIC_MAPPINGS) {
            if !known.contains(nic.text) && !is_device(nic.text) && !bonds.contains(&nic.text) {
                let message = format!(
                    "the provider network is on the interface {}, which no node policy of this list knows; name an \
                     interface of the nodes, or add it to their policies",
                    nic.text
                );
                report.at(&plane.item, &nic.pointer, message);
            }
        }
    }
}

/// Whether a name is one that the kernel and systemd give to a network card, which needs no policy.
fn is_device(name: &str) -> bool {
    let rest = DEVICES.iter().find_map(|begin| name.strip_prefix(begin));
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// How such names begin.
///
/// Source: systemd.net-naming-scheme(7).
const DEVICES: [&str; 8] = ["eth", "eno", "ens", "enp", "enP", "enx", "enc", "ibp"];

/// Pods that are to run on nodes which the list does not have: by their labels where it has nodes, else by their host
/// names where every node policy is of one host.
pub(crate) fn nodes(model: &Model<'_>, report: &mut Report) {
    let policies = &model.networks.node_policies;
    let hosts: BTreeSet<&str> =
        policies.iter().filter_map(|policy| policy.selector.get(HOST_NAME).copied()).collect();
    let are_of_hosts = policies.iter().all(|policy| policy.selector.contains_key(HOST_NAME));
    if model.nodes.is_empty() && (hosts.is_empty() || !are_of_hosts) {
        return;
    }
    for item in model.control_planes.iter().map(|plane| &plane.item) {
        for selector in item.part().each(NODE_SELECTORS) {
            let wanted = selector.words(Path::HERE);
            let is_some = if model.nodes.is_empty() {
                wanted.get(HOST_NAME).is_none_or(|host| hosts.contains(host))
            } else {
                model.nodes.iter().any(|node| has_all(node, &wanted))
            };
            if !is_some {
                let message = "no node of this list is selected by it, so the pods do not start; correct the label, or leave \
                               it out";
                report.at(item, &selector.pointer, message);
            }
        }
    }
}

fn has_all(node: &Item<'_>, wanted: &BTreeMap<&str, &str>) -> bool {
    let labels = node.labels();
    wanted.iter().all(|(key, value)| labels.get(key) == Some(value))
}
