//! `pool-allocation-overlap`: MetalLB and the data plane's IPAM keep separate books.
//!
//! A warning: it works for as long as neither comes to an address that the other has given out.

use super::given::{Allocation, allocations, common, shown};
use crate::address::Index;
use crate::model::Model;
use crate::rules::Report;

pub(super) fn check(model: &Model<'_>, report: &mut Report) {
    let index: Index<Allocation<'_, '_>> = Index::new(allocations(model));
    for pool in &model.pools {
        for (entry, block) in pool.blocks() {
            for (other, allocation) in index.meeting(block) {
                let Some(common) = common(&block, other).filter(|common| !allocation.excludes(common)) else {
                    continue;
                };
                let message = format!(
                    "{} is in the pool {} and in the allocation range {other} of the network {} of {}, so a node and a \
                     Service may get one address; keep the two apart, or list the pool's addresses in excludeAddresses",
                    shown(&common),
                    pool.name,
                    allocation.network,
                    allocation.config.item.reference()
                );
                report.at(&pool.item, &entry.pointer, message);
            }
        }
    }
}
