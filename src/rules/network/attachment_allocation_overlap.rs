//! `attachment-allocation-overlap`: whereabouts and the data plane's IPAM of one instance keep separate books.

use super::given::{Allocation, allocations, attached, common, shown};
use crate::address::Index;
use crate::model::Model;
use crate::rules::Report;

pub(super) fn check(model: &Model<'_>, report: &mut Report) {
    let index: Index<Allocation<'_, '_>> = Index::new(allocations(model));
    for one in attached(model) {
        let Some(config) = &one.attachment.config else { continue };
        for (other, allocation) in index.meeting(one.block) {
            let common = common(&one.block, other)
                .filter(|common| !allocation.excludes(common) && !one.range.excludes(common));
            let is_one_instance = allocation.config.item.namespace() == one.attachment.namespace;
            let Some(common) = common.filter(|_| is_one_instance) else { continue };
            let message = format!(
                "{} is in the range {} that this attachment gives to pods and in the allocation range {other} of the \
                 network {}, so a pod and a node may get one address; keep the two apart",
                shown(&common),
                one.block,
                allocation.network
            );
            report.add(report.finding(message).at(&one.attachment.item, &config.pointer).without_current());
        }
    }
}
