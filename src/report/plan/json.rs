//! A plan for programs: every key is there in every slot, and numbers are numbers.

use serde_json::{Value, json};

use super::{Sheet, course};
use crate::plan::{End, Network, Row, SlotNetwork};

pub(super) fn print(sheet: &Sheet<'_>) -> String {
    let slots: Vec<Value> = sheet.rows.iter().map(slot).collect();
    let end = |end: &End| json!({ "network": end.network, "why": end.why.word(), "message": end.sentence() });
    let ends: Vec<Value> = sheet.fits.ends.iter().map(end).collect();
    let named = |(from, slot): &(String, u32)| json!({ "from": from, "slots": slot });
    let named: Vec<Value> = sheet.fits.named.iter().map(named).collect();
    let page = json!({
        "plan": sheet.name,
        "from": sheet.plan.from,
        "slots": slots,
        "free": sheet.free,
        "fits": { "slots": sheet.fits.slots, "ends": ends, "interfaces": named },
    });
    format!("{page:#}\n")
}

fn slot(row: &Row<'_>) -> Value {
    let networks = row.networks.iter();
    let networks: Vec<Value> =
        networks.map(|(network, own)| of_network(network, own.as_ref().ok())).collect();
    let interface = |(from, to): &(&str, Option<String>)| json!({ "from": from, "to": to });
    let interfaces: Vec<Value> = row.interfaces.iter().map(interface).collect();
    json!({ "slot": row.slot, "instance": row.instance, "networks": networks, "interfaces": interfaces })
}

/// Without addresses (`null`) the slot has no room for it.
fn of_network(network: &Network, own: Option<&SlotNetwork>) -> Value {
    let addresses = own.map(|own| own.addresses.iter().map(ToString::to_string).collect::<Vec<String>>());
    json!({
        "name": network.name,
        "course": course(network),
        "addresses": addresses,
        "vlan": own.and_then(|own| own.vlan),
        "interface": own.and_then(|own| own.interface.as_ref()),
        "dnsDomain": own.and_then(|own| own.dns_domain.as_ref()),
    })
}
