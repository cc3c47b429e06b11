//! `nodePolicies: replace`: a policy of the instance's own beside the base's on the same nodes.
//!
//! What the base's policy configures under the same name, this one must not configure again: nmstate replaces an
//! interface's whole address list, so the later of two policies would take the other instance's addresses away.

use crate::catalogue::node_policy::{ADDRESSES, DNS_SERVERS, INTERFACES, PORTS, ROUTES};
use crate::change::Changes;
use crate::context::Context;
use crate::find::{Part, select};
use crate::krm::Item;
use crate::path;
use crate::rules::said;
use crate::yaml::Node;

pub(super) fn transform(context: &Context<'_>, policy: &Item<'_>, changes: &mut Changes) {
    let name = context.new_name(policy);
    changes.rename(policy, name.clone());
    if context.instance.from.is_none() || context.instance.network.is_empty() || context.is_made(policy) {
        return;
    }
    for interface in select(policy.node, INTERFACES) {
        leave_to_the_base(context, policy, &interface, changes);
    }
    report_node_globals(context, policy, &name, changes);
}

/// Takes out an interface that keeps its name, unless the instance's policy is what is read (a second run).
fn leave_to_the_base(context: &Context<'_>, policy: &Item<'_>, interface: &Part<'_>, changes: &mut Changes) {
    let network = &context.instance.network;
    let Some(name) = interface.text(path!("name")) else { return };
    if network.interface(name).is_some() {
        return report_stolen_ports(context, policy, interface, changes);
    }
    let entries = ADDRESSES.into_iter().flat_map(|path| interface.each(path));
    let mut moved = entries.flat_map(|list| list.facts(path!("[].ip"))).filter_map(|ip| {
        let old = crate::address::address(ip.text).ok()?;
        network.mapping.map_address(old).filter(|new| *new != old)
    });
    if let Some(address) = moved.next() {
        let message = format!(
            "the interface {name} is the base's too, so this instance's policy leaves it to the base's, and nothing gives \
             a node the address {address}; move the interface (interface of its network, or spec.interfaces), or use \
             nodePolicies: append"
        );
        changes
            .report(said::SHARED_INTERFACE.finding(message).at(policy, &interface.pointer).without_current());
    }
    changes.remove(policy, interface.pointer.clone());
}

/// A bridge or bond of the instance's own whose port stays takes the port from the base's.
fn report_stolen_ports(
    context: &Context<'_>,
    policy: &Item<'_>,
    interface: &Part<'_>,
    changes: &mut Changes,
) {
    let network = &context.instance.network;
    for fact in PORTS.into_iter().flat_map(|path| interface.facts(path)) {
        let port = fact.text;
        if network.interface(port).is_none() {
            let message = format!(
                "the port {port} stays, and a port has one master, so the base's loses it; move the port (spec.interfaces), \
                 take it out of the base's policy, or use nodePolicies: append"
            );
            changes.report(said::SHARED_PORT.finding(message).at(policy, &fact.pointer));
        }
    }
}

/// Resolvers and routes are a node's, not an interface's: two policies of one node fight over them.
fn report_node_globals(context: &Context<'_>, policy: &Item<'_>, name: &str, changes: &mut Changes) {
    let network = &context.instance.network;
    let moves = |node: &Node<'_>| {
        let address = node.text().and_then(|text| crate::address::address(text).ok());
        address.is_some_and(|old| network.mapping.map_address(old).is_some_and(|new| new != old))
    };
    let servers = select(policy.node, DNS_SERVERS).into_iter().filter(|server| moves(server.node));
    let servers = servers.map(|server| (server.pointer, "the DNS server"));
    let routes = select(policy.node, ROUTES).into_iter().filter(|route| {
        let destination = route.text(path!("destination")).unwrap_or_default();
        let stays = crate::address::rewrite(destination, &network.mapping).text.is_none();
        stays && route.node.get("next-hop-address").is_some_and(moves)
    });
    let routes = routes.map(|route| (route.pointer, "the next hop of a destination that stays"));
    for (place, what) in servers.chain(routes) {
        let message = format!(
            "{what} is one for the whole node, and the policies {} and {name} would each set their own; leave it to one \
             of them",
            policy.name()
        );
        changes.report(said::NODE_GLOBAL.finding(message).at(policy, &place).without_current());
    }
}
