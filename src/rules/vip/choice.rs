//! Services that leave it to MetalLB from which pool they get an address.
//!
//! Source: MetalLB `internal/allocator/allocator.go` (`Allocate`, `pinnedPools`).

use crate::find::under;
use crate::krm::listed;
use crate::model::{Model, Pool, Vip};
use crate::rules::Report;

/// A Service that names no pool and no address, and that several pools let in alike, or none.
///
/// Runs only where the list holds pools, and where no selector decides.
pub(crate) fn any_pool(model: &Model<'_>, report: &mut Report) {
    if model.pools.is_empty() || !model.known_pools.is_empty() {
        return;
    }
    for vip in model.vips.iter().filter(|vip| vip.is_certain() && vip.pool().is_none() && vip.pin().is_none())
    {
        if !vip.wanted().is_empty() {
            continue;
        }
        let Some(namespace) = vip.namespace else { continue };
        let Some(pools) = chosen_from(&model.pools, namespace) else { continue };
        let of_family = |is_ipv4: bool| {
            let has = |pool: &&&Pool<'_>| pool.blocks().any(|(_, block)| block.first().is_ipv4() == is_ipv4);
            pools.iter().filter(has).map(|pool| pool.name.to_owned()).collect::<Vec<_>>()
        };
        let (ipv4, ipv6) = (of_family(true), of_family(false));
        let most = if ipv4.len() < ipv6.len() { ipv6 } else { ipv4 };
        // Where no pool of the list is for the namespace, its pools are another stage's.
        let is_of_ours = || pools_of(&model.pools, namespace).next().is_some();
        if most.len() > 1 || (most.is_empty() && is_of_ours()) {
            say(vip, namespace, &most, report);
        }
    }
}

fn say(vip: &Vip<'_>, namespace: &str, pools: &[String], report: &mut Report) {
    let why = if pools.is_empty() {
        format!("and no pool of the list gives addresses to {namespace} unasked, so it stays pending")
    } else {
        format!("and {} let it in alike, so it may get an address of any of them", listed(pools))
    };
    let message =
        format!("{} is a LoadBalancer that names no pool and no address, {why}; name its pool", vip.title());
    let place = under(&vip.carrier, &["metadata", "annotations"]);
    report.add(report.finding(message).at(&vip.item, &place).without_current());
}

/// The pools from which MetalLB takes one; `None` if a selector decides which.
fn chosen_from<'m, 'a>(pools: &'m [Pool<'a>], namespace: &str) -> Option<Vec<&'m Pool<'a>>> {
    let unasked = || pools.iter().filter(|pool| pool.auto_assign);
    if unasked().any(|pool| !(pool.namespace_selectors.is_empty() && pool.service_selectors.is_empty())) {
        return None;
    }
    let scoped = || pools_of(pools, namespace).filter(|pool| pool.auto_assign);
    let rank = |pool: &Pool<'_>| pool.priority.unwrap_or(i64::MAX);
    match scoped().map(rank).min() {
        Some(best) => Some(scoped().filter(|pool| rank(pool) == best).collect()),
        None => Some(unasked().filter(|pool| pool.is_open()).collect()),
    }
}

/// The pools that name a namespace.
fn pools_of<'m, 'a>(pools: &'m [Pool<'a>], namespace: &str) -> impl Iterator<Item = &'m Pool<'a>> {
    pools.iter().filter(move |pool| pool.namespaces.iter().any(|fact| fact.text == namespace))
}
