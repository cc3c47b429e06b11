//! `pool-address-taken`: an address of a pool that a gateway or a node already has.

use super::given::{Taken, taken};
use crate::address::{Block, Index};
use crate::model::Model;
use crate::rules::Report;

pub(super) fn check(model: &Model<'_>, report: &mut Report) {
    let taken = taken(model).into_iter().map(|taken| (Block::from(taken.address), taken));
    let index: Index<Taken<'_, '_>> = Index::new(taken);
    for pool in &model.pools {
        for (entry, block) in pool.blocks() {
            for (_, taken) in index.meeting(block) {
                let message = format!(
                    "{} is in the pool {} and is {} ({}), so a Service may get an address that is in use; leave it out \
                     of the pool",
                    taken.address,
                    pool.name,
                    taken.what,
                    taken.item.reference()
                );
                report.at(&pool.item, &entry.pointer, message);
            }
        }
    }
}
