//! `nodePolicies: replace`: a policy of the instance's own beside the base's on the same nodes.
//!
//! What the base's policy configures under the same name, this one must not configure again: nmstate replaces an
//! interface's whole address list, so the later of two policies would take the other instance's addresses away. With a plan
//! one policy has them all ([`super::shared`]), and what a node has once stays the base's.

use crate::catalogue::node_policy::{ADDRESSES, INTERFACES, PORTS};
use crate::change::Changes;
use crate::config::{Printer, Sharing};
use crate::context::Context;
use crate::find::{Part, select};
use crate::krm::Item;
use crate::path;
use crate::rules::said;

use super::{globals, shared};

pub(super) fn transform(context: &Context<'_>, policy: &Item<'_>, changes: &mut Changes) {
    match &context.instance.sharing {
        Sharing::Another(printer) if !context.is_made(policy) => {
            without_shared(context, printer, policy, changes);
        }
        Sharing::Each if is_beside_the_bases(context, policy) => {
            changes.rename(policy, context.new_name(policy));
            for interface in select(policy.node, INTERFACES) {
                leave_to_the_base(context, policy, &interface, changes);
            }
        }
        _ => changes.rename(policy, context.new_name(policy)),
    }
}

/// The instance's own interfaces alone; a policy of none is another's, and stays as it is.
fn without_shared(context: &Context<'_>, printer: &Printer, policy: &Item<'_>, changes: &mut Changes) {
    let is_shared = |interface: &Part<'_>| {
        let name = interface.text(path!("name"));
        name.is_none_or(|name| context.instance.network.interface(name) == printer.interface(name))
    };
    let (others, own): (Vec<_>, Vec<_>) = select(policy.node, INTERFACES).into_iter().partition(is_shared);
    if own.is_empty() {
        return changes.leave_out(policy);
    }
    changes.rename(policy, context.new_name(policy));
    for interface in own {
        report_stolen_ports(context, policy, &interface, changes);
        for pointer in shared::of_sharers(&interface, &printer.sharers) {
            changes.remove(policy, pointer);
        }
    }
    for pointer in
        others.into_iter().map(|interface| interface.pointer).chain(globals::bases(context, policy))
    {
        changes.remove(policy, pointer);
    }
}

/// Whether a policy of the instance's own is made here, of one that the base has on the same nodes.
pub(super) fn is_beside_the_bases(context: &Context<'_>, policy: &Item<'_>) -> bool {
    context.instance.from.is_some() && !context.instance.network.is_empty() && !context.is_made(policy)
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
             an AddressPlan, whose instances share interfaces"
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
                 or take it out of the base's policy"
            );
            changes.report(said::SHARED_PORT.finding(message).at(policy, &fact.pointer));
        }
    }
}
