//! Pods that ask for attachments of other namespaces.
//!
//! Source: Multus `pkg/k8sclient` (`GetNetworkDelegates`, `isValidNamespaceReference`); OpenShift runs it with
//! `namespaceIsolation`, and lets only its own namespaces and `default` be asked.

use crate::catalogue::kinds;
use crate::find::scalars;
use crate::model::{Model, is_networks, networks};
use crate::rules::Report;

/// A networks annotation with an attachment of another namespace than its object's.
pub(crate) fn foreign(model: &Model<'_>, report: &mut Report) {
    for item in model.objects.iter().filter(|item| !kinds::is_data(item.kind)) {
        let Some(own) = item.namespace() else { continue };
        for annotation in scalars(item.node, |keys, _| is_networks(keys)) {
            let spaces = networks(annotation.text).into_iter().filter_map(|(space, _)| space);
            for other in spaces.filter(|space| !space.is_empty() && space != own && !is_for_all(space)) {
                let message = format!(
                    "the pods are of {own} and ask for an attachment of {other}, which OpenShift refuses; name one of \
                     {own}"
                );
                report.at(item, &annotation.pointer, message);
            }
        }
    }
}

/// Namespaces whose attachments every pod may have.
fn is_for_all(space: &str) -> bool {
    space == "default" || space.starts_with("openshift-")
}
