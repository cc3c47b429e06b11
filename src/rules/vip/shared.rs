//! Services that ask for one address, in pairs: each with the first that asked for it.

use std::collections::BTreeMap;
use std::net::IpAddr;

use crate::model::{Model, Vip};
use crate::yaml::PointerBuf;

/// The address, an earlier Service, and a later one with the place of its wish.
pub(super) type Pair<'m, 'a> = (IpAddr, &'m Vip<'a>, (&'m Vip<'a>, PointerBuf));

/// Every pair of Services that certainly come and ask for one address.
pub(super) fn shared<'m, 'a>(model: &'m Model<'a>) -> Vec<Pair<'m, 'a>> {
    let mut asked: BTreeMap<IpAddr, Vec<&Vip<'a>>> = BTreeMap::new();
    let mut pairs = Vec::new();
    for vip in model.vips.iter().filter(|vip| vip.is_load_balancer() && vip.is_used()) {
        for (pointer, ip) in vip.wanted() {
            let before = asked.entry(ip).or_default();
            pairs.extend(before.iter().map(|one| (ip, *one, (vip, pointer.clone()))));
            before.push(vip);
        }
    }
    pairs
}
