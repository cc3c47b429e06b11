//! Another control plane's Keystone in place of an own one.
//!
//! Source: keystone-operator `api/v1beta1/keystoneapi_webhook.go` (`ValidateExternalKeystoneAPI`).

use crate::catalogue::endpoints::EXTERNAL_KEYSTONE;
use crate::find::{place, under, value};
use crate::model::Model;
use crate::path;
use crate::path::Path;
use crate::rules::Report;
use crate::yaml::Node;

const SERVICES: Path = path!("spec.keystone.template.override.service");

/// An external Keystone whose URLs are not written, or are none.
pub(crate) fn external(model: &Model<'_>, report: &mut Report) {
    for plane in model.control_planes.iter().filter(|plane| plane.runs_section("keystone")) {
        if value(plane.item.node, EXTERNAL_KEYSTONE).and_then(Node::as_bool) != Some(true) {
            continue;
        }
        for endpoint in ["internal", "public"] {
            let pointer = under(&place(SERVICES), &[endpoint, "endpointURL"]);
            let url = plane.item.node.at(&pointer).and_then(Node::text).filter(|url| !url.is_empty());
            let message = match url.map(|url| (url, url.split_once("://"))) {
                None => format!(
                    "Keystone is another control plane's, and the URL of its {endpoint} endpoint is missing; write it"
                ),
                Some((_, Some((scheme, host)))) if !scheme.is_empty() && !host.is_empty() => continue,
                Some((url, _)) => format!(
                    "{url:?} is no URL; write one with a scheme, such as https://keystone.example.com"
                ),
            };
            report.add(report.finding(message).at(&plane.item, &pointer));
        }
    }
}
