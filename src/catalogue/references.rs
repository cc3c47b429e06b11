//! Where a namespace stands inside an object, other than in its `metadata`.
//!
//! Source: openstack-operator CRDs (`topologyRef`, `bmhNamespace`, …), infra-operator (`ipSetRef`), the Kubernetes API
//! (RBAC subjects), the Network Plumbing Working Group's NetworkAttachmentDefinition specification, section 4.1.

use crate::path;
use crate::path::Path;

/// Objects of OpenStack kinds that refer to another object by name and namespace, at any depth.
pub const OBJECT_REFERENCES: [&str; 5] =
    ["topologyRef", "passwordSecret", "networkData", "userData", "ipSetRef"];

/// Fields of OpenStack kinds that are a namespace by themselves, at any depth.
pub const NAMESPACE_FIELDS: [&str; 1] = ["bmhNamespace"];

/// Fields that hold a list of namespaces: group, kind, path.
pub const NAMESPACE_LISTS: [(&str, &str, Path); 1] =
    [("operators.coreos.com", "OperatorGroup", path!("spec.targetNamespaces.[]"))];

/// The annotation that attaches a pod to networks: JSON, or words with commas between.
pub const NETWORKS_ANNOTATION: &str = "k8s.v1.cni.cncf.io/networks";

/// Kinds whose text holds host names of the cluster: group, kind, and below which fields.
///
/// The groups of OpenStack's operators are all read as a whole.
pub const HOST_NAME_TEXT: [(&str, &str, &[&str]); 2] =
    [("", "ConfigMap", &["data"]), ("", "Secret", &["stringData"])];
