//! Services that node sets run.
//!
//! Source: openstack-operator `api/dataplane/v1beta1/openstackdataplaneservice_webhook.go` (`ValidateArtifact`).

use crate::krm::Item;
use crate::model::Model;
use crate::rules::Report;
use crate::yaml::Node;

/// What a service can run.
const ARTIFACTS: [&str; 3] = ["playbook", "playbookContents", "role"];

/// A service without anything to run.
pub(crate) fn artifact(model: &Model<'_>, report: &mut Report) {
    let is_service = |item: &&Item<'_>| item.is("dataplane.openstack.org", "OpenStackDataPlaneService");
    for item in model.objects.iter().filter(is_service) {
        let has = |key: &&str| {
            let written = item.node.get("spec").and_then(|spec| spec.get(key)).and_then(Node::text);
            written.is_some_and(|text| !text.is_empty())
        };
        if !ARTIFACTS.iter().any(has) {
            let message = "the service has nothing to run, and the webhook refuses it; write playbook, playbookContents or role";
            report.on(item, message);
        }
    }
}
