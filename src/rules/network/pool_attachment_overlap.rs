//! `pool-attachment-overlap`: MetalLB and whereabouts keep separate books, so both give out a common address.

use super::given::{Attached, attached, common, shown};
use crate::address::Index;
use crate::model::Model;
use crate::rules::Report;

pub(super) fn check(model: &Model<'_>, report: &mut Report) {
    let index: Index<Attached<'_, '_>> = Index::new(attached(model).map(|one| (one.block, one)));
    for pool in &model.pools {
        for (entry, block) in pool.blocks() {
            for (other, attached) in index.meeting(block) {
                let Some(common) = common(&block, other).filter(|common| !attached.range.excludes(common))
                else {
                    continue;
                };
                let message = format!(
                    "{} is in the pool {} and in the range {other} that {} gives to pods, so two things get one \
                     address; keep the two apart, or put the pool's addresses into the attachment's exclude",
                    shown(&common),
                    pool.name,
                    attached.attachment.item.reference()
                );
                report.at(&pool.item, &entry.pointer, message);
            }
        }
    }
}
