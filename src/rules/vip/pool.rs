//! The pools that Services draw on.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use crate::catalogue::ports::Port;
use crate::find::place;
use crate::model::{Model, Pool, Vip};
use crate::path;
use crate::rules::Report;
use crate::yaml::PointerBuf;

/// A Service that asks for a pool which the list lacks.
///
/// Runs only where the list holds pools: the control-plane stage holds none. A warning, as a pool may be another
/// stage's, and as MetalLB says it of the Service (`unknown pool`), which stays pending.
pub(crate) fn unknown(model: &Model<'_>, report: &mut Report) {
    if model.pools.is_empty() {
        return;
    }
    for vip in &model.vips {
        for fact in vip.pools_named().filter(|fact| !model.knows_pool(fact.text)) {
            let message = format!(
                "no IPAddressPool {} is in the list, though others are; define it, correct the name, or name it in \
                 spec.metallb.sharedPools",
                fact.text
            );
            report.at(&vip.item, &fact.pointer, message);
        }
    }
}

/// A Service that asks for a pool, or for an address of one, which is closed to its namespace.
///
/// Source: MetalLB `internal/allocator/allocator.go` ("pool %s not compatible for ip assignment").
pub(crate) fn foreign_to_service(model: &Model<'_>, report: &mut Report) {
    for vip in model.vips.iter().filter(|vip| vip.item.is("", "Service") && !vip.has_class) {
        let Some(namespace) = vip.namespace else { continue };
        let Some((pool, pointer)) = drawn_on(model, vip) else { continue };
        if pool.admits(namespace) == Some(false) {
            let message = format!(
                "IPAddressPool {} is open to {} only, and the Service is in {namespace}; add {namespace} to the base pool's \
                 spec.serviceAllocation.namespaces, or name the pool in spec.metallb.sharedPools",
                pool.name,
                pool.scope().unwrap_or_default().join(", ")
            );
            report.at(&vip.item, &pointer, message);
        }
    }
}

/// The pool that a Service names, else the one that has an address which it asks for, with the place of the wish.
fn drawn_on<'m, 'a>(model: &'m Model<'a>, vip: &Vip<'_>) -> Option<(&'m Pool<'a>, PointerBuf)> {
    if let Some(named) = vip.pool() {
        return Some((model.pool(named.text)?, named.pointer));
    }
    vip.wanted().into_iter().find_map(|(pointer, ip)| Some((model.pool_of(ip)?, pointer)))
}

/// An endpoint of a control plane that asks for a pool, or an address of one, which is closed to its namespace.
pub(crate) fn foreign_to_endpoint(model: &Model<'_>, report: &mut Report) {
    // A Service that is switched off asks for nothing, whatever stands there.
    let asking = |vip: &&Vip<'_>| vip.endpoint.is_some() && vip.is_certain();
    for vip in model.vips.iter().filter(asking) {
        let Some(namespace) = vip.namespace else { continue };
        let Some((pool, pointer)) = drawn_on(model, vip) else { continue };
        if pool.admits(namespace) == Some(false) {
            let message = format!(
                "IPAddressPool {} is open to {} only, and the Service of {} is in {namespace}, so MetalLB would leave it \
                 pending; name a pool of {namespace}",
                pool.name,
                pool.scope().unwrap_or_default().join(", "),
                vip.title()
            );
            report.at(&vip.item, &pointer, message);
        }
    }
}

/// What the Services of a pool need, by sharing key; those without one under none.
type Needs<'m> = BTreeMap<Option<&'m str>, Need<'m>>;

/// What the Services of one sharing key need.
#[derive(Default)]
struct Need<'m> {
    pinned: BTreeSet<IpAddr>,
    unpinned: usize,
    by_port: BTreeMap<&'m Port, usize>,
}

/// More addresses are needed of a pool than it has.
///
/// Counted are pinned addresses, one for each Service that shares with nobody, and for each sharing key as many as its
/// busiest port has Services: a lower bound, so that a pool which is called too small is. What stands in an entry that
/// cannot be read is not known, so such a pool is not counted.
pub(crate) fn too_small(model: &Model<'_>, report: &mut Report) {
    let mut of_pools: BTreeMap<&str, Needs<'_>> = BTreeMap::new();
    // Stages of one instance may hold the same object.
    let mut seen = BTreeSet::new();
    let mut is_new = |vip: &Vip<'_>| seen.insert((vip.item.reference().to_string(), vip.carrier.to_string()));
    for vip in model.vips.iter().filter(|vip| vip.is_certain() && is_new(vip)) {
        let wanted: Vec<IpAddr> = vip.wanted().into_iter().map(|(_, ip)| ip).collect();
        if let Some(pool) = pool_of(model, vip, &wanted) {
            let key = vip.sharing_key().map(|key| key.text);
            of_pools.entry(pool.name).or_default().entry(key).or_default().add(vip, wanted);
        }
    }
    let readable = |pool: &&Pool<'_>| pool.addresses.iter().all(|entry| entry.block.is_ok());
    for pool in model.pools.iter().filter(readable) {
        let needs = of_pools.remove(pool.name).unwrap_or_default();
        let needed: usize = needs.iter().map(|(key, need)| need.addresses(key.is_some())).sum();
        let size = size(pool);
        if u128::try_from(needed).is_ok_and(|needed| needed > size) {
            let message = format!(
                "the Services that draw on this pool need {needed} addresses at least, and it has {size}; widen it"
            );
            report.at(&pool.item, &place(path!("spec.addresses")), message);
        }
    }
}

/// The pool that a Service names, or that has an address which it pins.
fn pool_of<'m, 'a>(model: &'m Model<'a>, vip: &Vip<'_>, wanted: &[IpAddr]) -> Option<&'m Pool<'a>> {
    match vip.pool() {
        Some(named) => model.pool(named.text),
        None => wanted.iter().find_map(|ip| model.pool_of(*ip)),
    }
}

impl<'m> Need<'m> {
    fn add(&mut self, vip: &'m Vip<'_>, wanted: Vec<IpAddr>) {
        self.unpinned += usize::from(wanted.is_empty());
        self.pinned.extend(wanted);
        for port in &vip.ports {
            *self.by_port.entry(port).or_default() += 1;
        }
    }

    fn addresses(&self, shared: bool) -> usize {
        if !shared {
            return self.pinned.len() + self.unpinned;
        }
        self.pinned.len().max(self.by_port.values().copied().max().unwrap_or_default()).max(1)
    }
}

/// How many addresses a pool has, of both families.
fn size(pool: &Pool<'_>) -> u128 {
    pool.blocks().fold(0, |sum, (_, block)| block.size().saturating_add(1).saturating_add(sum))
}
