//! `region-equal`: clients of two clouds tell them apart by region, and so does a Keystone that serves both.

use std::collections::BTreeMap;

use crate::catalogue::endpoints::{REGION, REGION_DEFAULT};
use crate::find::Part;
use crate::krm::Item;
use crate::model::Model;
use crate::rules::Report;

pub(super) fn check(model: &Model<'_>, report: &mut Report) {
    let mut first: BTreeMap<&str, &Item<'_>> = BTreeMap::new();
    for plane in &model.control_planes {
        let region = Part::root(plane.item.node).text(REGION).unwrap_or(REGION_DEFAULT);
        let other = *first.entry(region).or_insert(&plane.item);
        if other.namespace() != plane.namespace {
            let message = format!(
                "the region {region} is also that of {}; give each control plane a region of its own where one client or \
                 one Keystone is to know both",
                other.reference()
            );
            report.at(&plane.item, &Part::root(plane.item.node).place(REGION), message);
        }
    }
}
