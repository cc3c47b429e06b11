//! `node-globals-fight`: resolvers and routes are a node's, not an interface's, so two policies may undo each other.

use super::one_node::pairs;
use crate::krm::Item;
use crate::model::{Model, NodePolicy, NodeRoute};
use crate::rules::Report;
use crate::yaml::PointerBuf;

pub(super) fn check(model: &Model<'_>, report: &mut Report) {
    for (earlier, later) in pairs(model) {
        resolvers(earlier, later, report);
        for route in &later.routes {
            if earlier.routes.iter().any(|other| differ(other, route)) {
                say(&later.item, &route.pointer, "the next hop of this destination", earlier.name, report);
            }
        }
    }
}

fn resolvers(earlier: &NodePolicy<'_>, later: &NodePolicy<'_>, report: &mut Report) {
    let servers = |policy: &NodePolicy<'_>| -> Vec<String> {
        policy.dns_servers.iter().map(|server| server.text.to_owned()).collect()
    };
    let (before, after) = (servers(earlier), servers(later));
    if before.is_empty() || after.is_empty() || before == after {
        return;
    }
    let place = PointerBuf::from_tokens(["spec", "desiredState", "dns-resolver", "config", "server"]);
    say(&later.item, &place, "the list of DNS servers", earlier.name, report);
}

/// One destination in one table by two next hops.
fn differ(one: &NodeRoute<'_>, other: &NodeRoute<'_>) -> bool {
    let text = |fact: &Option<crate::model::Fact<'_>>| fact.as_ref().map(|fact| fact.text.to_owned());
    one.destination.is_some()
        && text(&one.destination) == text(&other.destination)
        && one.table == other.table
        && text(&one.next_hop) != text(&other.next_hop)
}

fn say(item: &Item<'_>, place: &PointerBuf, what: &str, other: &str, report: &mut Report) {
    let message = format!(
        "{what} is one for the whole node, and the policy {other} of the same nodes sets another; leave it to one of them"
    );
    report.at(item, place, message);
}
