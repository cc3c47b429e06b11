//! Services that ask for one address, two by two.

use std::collections::BTreeMap;
use std::net::IpAddr;

use crate::catalogue::ports::Port;
use crate::model::{Model, Vip};
use crate::rules::Report;

/// A Service that certainly comes, and what decides whether another may have its address beside it: read once, as each
/// is compared with all others of its address.
pub(super) struct Asking<'m, 'a> {
    pub(super) vip: &'m Vip<'a>,
    pub(super) key: Option<&'a str>,
    pub(super) local: bool,
}

/// Reports, for each Service that certainly comes, the first earlier one that cannot have the same address beside it.
pub(super) fn conflicts(
    model: &Model<'_>,
    report: &mut Report,
    fault: impl Fn(IpAddr, &Asking<'_, '_>, &Asking<'_, '_>) -> Option<String>,
) {
    let all: Vec<Asking<'_, '_>> = model.vips.iter().filter(|vip| vip.is_certain()).map(Asking::of).collect();
    let mut asked: BTreeMap<IpAddr, Vec<&Asking<'_, '_>>> = BTreeMap::new();
    for one in &all {
        for (pointer, ip) in one.vip.wanted() {
            let before = asked.entry(ip).or_default();
            let mut faults = before.iter().filter_map(|earlier| Some((earlier, fault(ip, earlier, one)?)));
            if let Some((_, message)) = faults.find(|(earlier, _)| !is_same(earlier.vip, one.vip)) {
                report.at(&one.vip.item, &pointer, message);
            }
            before.push(one);
        }
    }
}

impl<'m, 'a> Asking<'m, 'a> {
    fn of(vip: &'m Vip<'a>) -> Self {
        Self { vip, key: vip.sharing_key().map(|fact| fact.text), local: vip.is_local() }
    }
}

/// One Service, described twice: stages of one instance may hold the same object.
fn is_same(one: &Vip<'_>, other: &Vip<'_>) -> bool {
    let (here, there) = (&one.item, &other.item);
    one.carrier == other.carrier
        && (here.api_version, here.kind) == (there.api_version, there.kind)
        && (here.namespace(), here.name()) == (there.namespace(), there.name())
}

/// The first port that both listen on.
pub(super) fn common_port(one: &Vip<'_>, other: &Vip<'_>) -> Option<Port> {
    other.ports.iter().find(|port| one.ports.contains(port)).copied()
}
