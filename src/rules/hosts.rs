//! `spec.hosts` held against the list: nodes that it does not have, and patterns that find none of the new names.
//!
//! These run after the transforms. They never edit, and must not know where names of nodes change.

use std::collections::BTreeSet;

use crate::catalogue::hosts::{DATA_PLANE, HOST_NAMES, NODE_SET, NODES};
use crate::change::Changes;
use crate::config::nearest;
use crate::context::Context;
use crate::find::{place, select, value};
use crate::krm::Item;
use crate::path;
use crate::rules::Report;
use crate::yaml::Node;

/// Nodes of the config that the list, which has node sets, does not have.
pub(crate) fn unmatched(context: &Context<'_>, _changes: &Changes, report: &mut Report) {
    if context.inventory.of(DATA_PLANE, NODE_SET).next().is_none() {
        return;
    }
    let mut others = Vec::new();
    for (from, near) in unknown(context) {
        if let Some(near) = near {
            let message = format!("spec.hosts: no node of the list is called {from}; did you mean {near}?");
            report.add(report.finding(message));
        } else {
            others.push(from);
        }
    }
    if !others.is_empty() {
        let message = format!(
            "spec.hosts: no node of the list is called {}; write each as spec.nodes of its OpenStackDataPlaneNodeSet has \
             it, unless it is in another stage of the instance",
            others.join(", ")
        );
        report.add(report.finding(message));
    }
}

/// The nodes that the config has and the list has not, each with the one of the list that may have been meant.
fn unknown<'a>(context: &'a Context<'a>) -> Vec<(&'a str, Option<&'a str>)> {
    let hosts = &context.instance.network.hosts;
    let (made, present): (Vec<_>, Vec<_>) =
        context.inventory.own.iter().partition(|item| context.is_moved(item));
    let (found, others): (BTreeSet<&str>, BTreeSet<&str>) =
        present.into_iter().flat_map(names).partition(|name| hosts.found(name).is_some());
    let found: BTreeSet<&str> = found.into_iter().filter_map(|name| hosts.found(name)).collect();
    let label = |name: &'a str| name.split('.').next().unwrap_or_default();
    let made: BTreeSet<&str> = made.into_iter().flat_map(names).map(label).collect();
    let unknown = hosts.each().filter(|(from, to)| !found.contains(from) && !made.contains(label(to)));
    // A name without a domain is that of the first label.
    let alike = |from: &str, name: &'a str| if from.contains('.') { name } else { label(name) };
    let near = |from| nearest(from, others.iter().map(|name| alike(from, name)));
    unknown.map(|(from, _)| (from, near(from))).collect()
}

/// What an object calls nodes: a set by key and host name, what belongs to one node by its own name.
fn names<'a>(item: &Item<'a>) -> Vec<&'a str> {
    if item.is(DATA_PLANE, NODE_SET) {
        let keys = value(item.node, NODES).map(Node::entries).unwrap_or_default().iter();
        let keys = keys.filter_map(|entry| entry.key.text());
        let hosts = select(item.node, HOST_NAMES).into_iter().filter_map(|part| part.node.text());
        return keys.chain(hosts).collect();
    }
    let is_of_one = item.is("network.openstack.org", "IPSet") || item.is("metal3.io", "BareMetalHost");
    if is_of_one { vec![item.name()] } else { Vec::new() }
}

/// An `ansibleLimit` with a pattern that finds what the base calls a node and not what the instance does.
///
/// Source: Ansible's patterns: words between commas or colons; `*`, `?` and `[…]` in them, `~` before an expression.
pub(crate) fn pattern(context: &Context<'_>, _changes: &Changes, report: &mut Report) {
    let hosts = &context.instance.network.hosts;
    let items = context.inventory.of(DATA_PLANE, "OpenStackDataPlaneDeployment");
    for item in items.filter(|item| !context.is_moved(item)) {
        let limit = value(item.node, path!("spec.ansibleLimit")).and_then(Node::as_str).unwrap_or_default();
        for word in limit.split(',').map(str::trim) {
            let lost = hosts.each().find(|(from, to)| finds(word, from) && !finds(word, to));
            let Some((from, to)) = lost.filter(|_| word.contains(['*', '?', '['])) else { continue };
            let message = format!(
                "{word} finds {from}, but not {to}, as the node is called now; write out the nodes, or a pattern for the \
                 instance's names"
            );
            report.at(item, &place(path!("spec.ansibleLimit")), message);
        }
    }
}

/// Whether a word of a pattern may find a name, by what stands before and behind its wildcards.
fn finds(word: &str, name: &str) -> bool {
    let word = word.trim_start_matches(['!', '&']);
    let head = word.split(['*', '?', '[']).next().unwrap_or_default();
    let tail = word.rsplit(['*', '?', ']']).next().unwrap_or_default();
    name.strip_prefix(head).is_some_and(|rest| rest.ends_with(tail))
}

#[cfg(test)]
mod tests {
    use super::finds;

    #[test]
    fn what_stands_around_wildcards_decides() {
        for (word, name, expected) in [
            ("node-*", "node-0", true),
            ("!node-*", "node-0", true),
            ("node-*", "two-0", false),
            ("*-0", "node-0", true),
            ("*-0", "node-1", false),
            ("node-[0:3]", "node-0", true),
            ("*", "node-0", true),
            ("no*no", "no", false),
            ("node-?.example.com", "node-0.example.com", true),
        ] {
            assert_eq!(finds(word, name), expected, "{word} {name}");
        }
    }
}
