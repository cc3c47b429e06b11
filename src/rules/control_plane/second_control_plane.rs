//! `second-control-plane`: the webhook takes one control plane in a namespace.

use std::collections::BTreeMap;

use crate::model::Model;
use crate::rules::Report;

pub(super) fn check(model: &Model<'_>, report: &mut Report) {
    let mut first: BTreeMap<Option<&str>, &str> = BTreeMap::new();
    for plane in &model.control_planes {
        let name = *first.entry(plane.namespace).or_insert(plane.item.name());
        if name != plane.item.name() {
            let message = format!(
                "the namespace has the control plane {name} already, and a second one is refused; give each instance a \
                 namespace of its own"
            );
            report.on(&plane.item, message);
        }
    }
}
