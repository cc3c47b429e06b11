//! `netconfig-twice`: infra-operator refuses a second `NetConfig` in a namespace.

use std::collections::BTreeMap;

use crate::model::Model;
use crate::rules::Report;

pub(super) fn check(model: &Model<'_>, report: &mut Report) {
    let mut first: BTreeMap<Option<&str>, &str> = BTreeMap::new();
    for config in &model.networks.net_configs {
        let name = *first.entry(config.item.namespace()).or_insert(config.item.name());
        if name != config.item.name() {
            let message = format!(
                "the namespace has the NetConfig {name} already, and a second one is refused; put all networks into one"
            );
            report.on(&config.item, message);
        }
    }
}
