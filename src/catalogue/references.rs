//! Where objects hold a namespace outside of `metadata`.
//!
//! Source: openstack-operator CRDs (`topologyRef`, `bmhNamespace`, …), infra-operator (`ipSetRef`), the Kubernetes API
//! (RBAC subjects), the Network Plumbing Working Group's NetworkAttachmentDefinition specification, section 4.1.

use crate::path;
use crate::path::Path;

/// Fields of OpenStack kinds, at any depth, that refer to an object by name and namespace.
pub const OBJECT_REFERENCES: [&str; 5] =
    ["topologyRef", "passwordSecret", "networkData", "userData", "ipSetRef"];

/// Fields of OpenStack kinds, at any depth, whose value is a namespace.
pub const NAMESPACE_FIELDS: [&str; 1] = ["bmhNamespace"];

/// Fields that hold lists of namespaces: group, kind, path.
pub const NAMESPACE_LISTS: [(&str, &str, Path); 1] =
    [("operators.coreos.com", "OperatorGroup", path!("spec.targetNamespaces.[]"))];

/// The annotation that attaches pods to networks: a JSON list, or names separated by commas.
pub const NETWORKS_ANNOTATION: &str = "k8s.v1.cni.cncf.io/networks";

/// Kinds with the cluster's host names in their text: group, kind, and the fields below which they stand.
///
/// Objects of OpenStack's groups are searched as a whole.
pub const HOST_NAME_TEXT: [(&str, &str, &[&str]); 2] =
    [("", "ConfigMap", &["data"]), ("", "Secret", &["stringData"])];
