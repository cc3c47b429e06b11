//! `node-globals-fight`: resolvers and routes are a node's, not an interface's, so two policies may undo each other.

use super::one_node::pairs;
use crate::krm::Item;
use crate::model::{Fact, Model, NodePolicy, NodeRoute};
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
    let (before, after) = (&earlier.dns_servers, &later.dns_servers);
    let same = before.iter().map(|server| server.text).eq(after.iter().map(|server| server.text));
    if before.is_empty() || after.is_empty() || same {
        return;
    }
    let place = PointerBuf::from_tokens(["spec", "desiredState", "dns-resolver", "config", "server"]);
    say(&later.item, &place, "the list of DNS servers", earlier.name, report);
}

/// One destination in one table by two next hops.
fn differ(one: &NodeRoute<'_>, other: &NodeRoute<'_>) -> bool {
    one.destination.is_some()
        && text(one.destination.as_ref()) == text(other.destination.as_ref())
        && one.table == other.table
        && text(one.next_hop.as_ref()) != text(other.next_hop.as_ref())
}

fn text<'a>(fact: Option<&Fact<'a>>) -> Option<&'a str> {
    fact.map(|fact| fact.text)
}

fn say(item: &Item<'_>, place: &PointerBuf, what: &str, other: &str, report: &mut Report) {
    let message = format!(
        "{what} is one for the whole node, and the policy {other} of the same nodes sets another; leave it to one of them"
    );
    report.at(item, place, message);
}
