//! Pools among several instances: whose Services get addresses of which.
//!
//! Source: MetalLB `internal/allocator/allocator.go` (`AllocateFromPool`, `pinnedPools`), run with 400 Services.

use crate::catalogue::endpoints::LOGGING_NAMESPACE_DEFAULT;
use crate::find::place;
use crate::inventory::SHARED;
use crate::krm::listed;
use crate::model::{Model, Pool};
use crate::path;
use crate::rules::Report;

/// A pool with several ranges for several namespaces: MetalLB gives them out in their order, whoever asks.
pub(crate) fn ranges_of_several(model: &Model<'_>, report: &mut Report) {
    for pool in &model.pools {
        let mut namespaces: Vec<String> = Vec::new();
        for namespace in pool.scope().unwrap_or_default() {
            if namespace != LOGGING_NAMESPACE_DEFAULT && !namespaces.iter().any(|known| known == namespace) {
                namespaces.push(namespace.to_owned());
            }
        }
        let ranges =
            |is_ipv4: bool| pool.blocks().filter(|(_, block)| block.first().is_ipv4() == is_ipv4).count();
        if namespaces.len() > 1 && ranges(true).max(ranges(false)) > 1 {
            let message = format!(
                "the pool has several ranges and is open to {}, and MetalLB gives addresses out from the first range to the \
                 last whichever namespace asks; make a pool for each namespace",
                listed(&namespaces)
            );
            report.add(
                report.finding(message).at(&pool.item, &place(path!("spec.addresses"))).without_current(),
            );
        }
    }
}

/// A pool that is open to everybody beside those of an instance.
pub(crate) fn open_to_all(model: &Model<'_>, report: &mut Report) {
    let mut planes: Vec<&str> = Vec::new();
    for namespace in model.control_planes.iter().filter_map(|plane| plane.namespace) {
        if !planes.contains(&namespace) {
            planes.push(namespace);
        }
    }
    let is_meant = |pool: &&Pool<'_>| {
        pool.item.annotation(SHARED) == Some("true")
            || model.known_pools.iter().any(|known| known == pool.name)
    };
    let is_tenanted = planes.len() > 1 || model.pools.iter().any(|pool| pool.scope().is_some());
    for pool in model.pools.iter().filter(|pool| is_tenanted && pool.is_open() && !is_meant(pool)) {
        let message = if pool.auto_assign {
            "the pool has no serviceAllocation and assigns by itself, so Services of every instance get its addresses once \
             their own pools are full, or where they name no pool"
        } else if planes.len() > 1 {
            "the pool has no serviceAllocation, so Services of every instance get its addresses that name it"
        } else {
            continue;
        };
        let cure = format!(
            "write the namespace that it is for into spec.serviceAllocation.namespaces, or mark the pool {SHARED}: \"true\""
        );
        report.on(&pool.item, format!("{message}; {cure}"));
    }
}
