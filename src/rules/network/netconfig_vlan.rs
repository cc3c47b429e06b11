//! `netconfig-vlan`: the CRD takes a whole number from 0 to 4094.

use crate::model::Model;
use crate::rules::Report;

pub(super) fn check(model: &Model<'_>, report: &mut Report) {
    for config in &model.networks.net_configs {
        for vlan in config.subnets().filter_map(|(_, subnet)| subnet.vlan.as_ref()) {
            if vlan.text.parse::<u16>().is_ok_and(|id| id <= 4094) {
                continue;
            }
            let message = format!("{:?} is no VLAN; write a number from 1 to 4094", vlan.text);
            report.at(&config.item, &vlan.pointer, message);
        }
    }
}
