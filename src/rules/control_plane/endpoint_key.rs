//! `endpoint-key`: an override of an endpoint that is neither internal nor public, which the webhook refuses.
//!
//! Source: lib-common `ValidateRoutedOverrides`; the control plane's webhook asks it for services that are on.

use crate::catalogue::endpoints::OverrideShape;
use crate::model::Model;
use crate::rules::Report;

pub(super) fn check(model: &Model<'_>, report: &mut Report) {
    for plane in &model.control_planes {
        for one in plane.overrides.iter().filter(|one| one.row.shape == OverrideShape::Keyed && one.used) {
            for key in one.keys().into_iter().filter(|key| !matches!(*key, "internal" | "public")) {
                let message = format!(
                    "{} has no endpoint {key}, and the webhook refuses the control plane; write internal or public",
                    one.name
                );
                let place = crate::model::under(&one.pointer, &[key]);
                report.add(report.finding(message).at_key(&plane.item, &place));
            }
        }
    }
}
