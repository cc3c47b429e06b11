//! Services that ask for one address, two by two.

use std::collections::BTreeMap;
use std::net::IpAddr;

use crate::catalogue::ports::Port;
use crate::model::{Model, Vip};
use crate::rules::Report;

/// Reports, for each Service that certainly comes, the first earlier one that cannot have the same address beside it.
pub(super) fn conflicts(
    model: &Model<'_>,
    report: &mut Report,
    fault: impl Fn(IpAddr, &Vip<'_>, &Vip<'_>) -> Option<String>,
) {
    let mut asked: BTreeMap<IpAddr, Vec<&Vip<'_>>> = BTreeMap::new();
    for vip in model.vips.iter().filter(|vip| vip.is_certain()) {
        for (pointer, ip) in vip.wanted() {
            let before = asked.entry(ip).or_default();
            let others = before.iter().filter(|earlier| !is_same(earlier, vip));
            if let Some(message) = others.into_iter().find_map(|earlier| fault(ip, earlier, vip)) {
                report.at(&vip.item, &pointer, message);
            }
            before.push(vip);
        }
    }
}

/// One Service, described twice: stages of one instance may hold the same object.
fn is_same(one: &Vip<'_>, other: &Vip<'_>) -> bool {
    one.item.reference() == other.item.reference() && one.carrier == other.carrier
}

/// The first port that both listen on.
pub(super) fn common_port(one: &Vip<'_>, other: &Vip<'_>) -> Option<Port> {
    other.ports.iter().find(|port| one.ports.contains(port)).copied()
}
