//! Pods that ask for attachments of other namespaces.
//!
//! Source: Multus `pkg/k8sclient` (`GetNetworkDelegates`, `isValidNamespaceReference`); OpenShift runs it with
//! `namespaceIsolation`, and lets only its own namespaces and `default` be asked.

use crate::catalogue::kinds;
use crate::catalogue::references::NETWORKS_ANNOTATION;
use crate::find::scalars;
use crate::model::Model;
use crate::rules::Report;
use crate::yaml::{self, Node};

/// A networks annotation with an attachment of another namespace than its object's.
pub(crate) fn foreign(model: &Model<'_>, report: &mut Report) {
    for item in model.objects.iter().filter(|item| !kinds::is_data(item.kind)) {
        let Some(own) = item.namespace() else { continue };
        for annotation in scalars(item.node, |keys, _| is_networks(keys)) {
            for other in spaces(annotation.text).iter().filter(|space| *space != own && !is_for_all(space)) {
                let message = format!(
                    "the pods are of {own} and ask for an attachment of {other}, which OpenShift refuses; name one of \
                     {own}"
                );
                report.at(item, &annotation.pointer, message);
            }
        }
    }
}

fn is_networks(keys: &[&str]) -> bool {
    matches!(keys, [.., "annotations", last] if *last == NETWORKS_ANNOTATION)
}

/// Namespaces whose attachments every pod may have.
fn is_for_all(space: &str) -> bool {
    space == "default" || space.starts_with("openshift-")
}

/// The namespaces that an annotation names, in either of its forms.
fn spaces(text: &str) -> Vec<String> {
    let short = |word: &str| word.trim().split_once('/').map(|(space, _)| space.to_owned());
    if !text.trim_start().starts_with(['[', '{']) {
        return text.split(',').filter_map(short).collect();
    }
    let documents = yaml::parse(text).unwrap_or_default();
    let networks = documents.iter().flat_map(Node::items);
    let space = |network: &Node<'_>| match network.as_str() {
        Some(word) => short(word),
        None => network.get("namespace").and_then(Node::as_str).map(str::to_owned),
    };
    networks.filter_map(space).filter(|space| !space.is_empty()).collect()
}
