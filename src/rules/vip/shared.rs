//! Services that ask for one address, two by two.

use std::collections::BTreeMap;
use std::net::IpAddr;

use crate::model::{Model, Vip};
use crate::rules::Report;

/// Reports, for each Service that certainly comes, the first earlier one that cannot have the same address beside it.
pub(super) fn conflicts(
    model: &Model<'_>,
    report: &mut Report,
    fault: impl Fn(IpAddr, &Vip<'_>, &Vip<'_>) -> Option<String>,
) {
    let mut asked: BTreeMap<IpAddr, Vec<&Vip<'_>>> = BTreeMap::new();
    for vip in model.vips.iter().filter(|vip| vip.is_load_balancer() && vip.is_used()) {
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
    let (here, there) = (&one.item, &other.item);
    one.carrier == other.carrier
        && (here.api_version, here.kind) == (there.api_version, there.kind)
        && (here.namespace(), here.name()) == (there.namespace(), there.name())
}
