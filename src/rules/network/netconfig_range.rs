//! `netconfig-range`: the webhook wants a range's start strictly below its end.

use crate::model::Model;
use crate::rules::Report;

pub(super) fn check(model: &Model<'_>, report: &mut Report) {
    for config in &model.networks.net_configs {
        for range in config.subnets().flat_map(|(_, subnet)| &subnet.ranges) {
            let end = |end: &Option<crate::model::Address<'_>>| end.as_ref().and_then(|end| end.value);
            let (Some(start), Some(end)) = (end(&range.start), end(&range.end)) else { continue };
            if start >= end && start.is_ipv4() == end.is_ipv4() {
                let message = format!(
                    "the allocation range starts at {start} and ends at {end}, and it must hold two addresses or more; \
                     write an end above its start"
                );
                report.add(report.finding(message).at(&config.item, &range.pointer).without_current());
            }
        }
    }
}
