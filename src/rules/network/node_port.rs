//! Ports of bridges, bonds and VRFs in node policies.

use std::collections::BTreeMap;

use crate::find::{Fact, under};
use crate::model::{Interface, Model, NodePolicy};
use crate::rules::Report;

const LOOPBACK: &str = "lo";
/// The types of interfaces that have ports.
const HOLDERS: [&str; 4] = ["linux-bridge", "ovs-bridge", "bond", "vrf"];

/// A port that two interfaces of a policy hold, or one twice, or that cannot be one; a port with addresses of its own.
///
/// Source: nmstate `rust/src/lib/ifaces/inter_ifaces_controller.rs`, `base.rs` (`validate_can_have_ip`).
pub(crate) fn ports(model: &Model<'_>, report: &mut Report) {
    for policy in model.networks.written_policies() {
        let mut held: BTreeMap<&str, &Interface<'_>> = BTreeMap::new();
        let holds = |interface: &&Interface<'_>| interface.up && HOLDERS.contains(&interface.kind);
        for holder in policy.interfaces.iter().filter(holds) {
            for port in &holder.ports {
                let first = held.insert(port.text, holder);
                if let Some(message) = unfit(holder, port, first) {
                    report.at(&policy.item, &port.pointer, message);
                } else if let Some(own) = with_addresses(policy, holder, port) {
                    addressed(policy, holder, own, report);
                }
            }
        }
    }
}

fn unfit(holder: &Interface<'_>, port: &Fact<'_>, first: Option<&Interface<'_>>) -> Option<String> {
    let (name, port) = (holder.name, port.text);
    match first.map(|first| first.name) {
        _ if port == name && holder.kind != "ovs-bridge" => {
            Some(format!("{name} cannot be a port of itself; name another interface"))
        }
        _ if port == LOOPBACK => Some("lo cannot be a port; name another interface".to_owned()),
        Some(first) if first == name => {
            Some(format!("{port} is a port of {name} twice, and nmstate refuses the policy; take one out"))
        }
        Some(first) => Some(format!(
            "{port} is a port of {first} already, and an interface is a port of one; take it out of one of them"
        )),
        None => None,
    }
}

/// The port in the same policy, where it has a family switched on that a port of this holder cannot have.
fn with_addresses<'m, 'a>(
    policy: &'m NodePolicy<'a>,
    holder: &Interface<'a>,
    port: &Fact<'a>,
) -> Option<&'m Interface<'a>> {
    let own = policy.interfaces.iter().rev().find(|own| own.name == port.text && own.kind != "ovs-bridge")?;
    let may_have = holder.kind == "vrf" || own.kind == "ovs-interface" || !own.up;
    (!may_have && own.enabled.contains(&Some(true))).then_some(own)
}

fn addressed(policy: &NodePolicy<'_>, holder: &Interface<'_>, own: &Interface<'_>, report: &mut Report) {
    let family = if own.enabled[0] == Some(true) { "ipv4" } else { "ipv6" };
    let message = format!(
        "{} is a port of {}, and a port has no addresses of its own: nmstate refuses the policy; write enabled: false, \
         and the addresses for {}",
        own.name, holder.name, holder.name
    );
    report.at(&policy.item, &under(&own.pointer, &[family, "enabled"]), message);
}
