//! Where objects hold a namespace outside of `metadata`.
//!
//! Source: openstack-operator CRDs (`topologyRef`, `bmhNamespace`, …), infra-operator (`ipSetRef`, the host name of a
//! Service), lib-common (`additionalSubjectNames`), the APIs of Kubernetes (RBAC subjects, network policies) and OpenShift
//! (routes), the Network Plumbing Working Group's NetworkAttachmentDefinition specification, section 4.1.

use crate::path;
use crate::path::{Path, Segment};

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
/// The same as a path.
pub const NETWORKS: Path = Path::new(&[Segment::Key(NETWORKS_ANNOTATION)]);
/// The annotation with the host name under which a Service is found in the instance's DNS.
pub const DNS_HOST_NAME: Path = Path::new(&[Segment::Key("dnsmasq.network.openstack.org/hostname")]);
/// The annotation with more names for a Service's certificate, commas between.
pub const SUBJECT_NAMES: Path = path!("additionalSubjectNames");

/// The name before the cluster's domain for routes, `keystone-public-openstack`: group, kind, path.
pub const ROUTE_SUBDOMAINS: [(&str, &str, Path); 2] = [
    ("route.openshift.io", "Route", path!("spec.subdomain")),
    ("*.openstack.org", "*", path!("spec.**.route.spec.subdomain")),
];

/// Where policies select namespaces by their labels: group, kind, path.
pub const NAMESPACE_SELECTORS: [(&str, &str, Path); 1] =
    [("networking.k8s.io", "NetworkPolicy", path!("spec.**.namespaceSelector"))];

/// The label that Kubernetes gives each namespace: its name.
pub const NAMESPACE_LABEL: &str = "kubernetes.io/metadata.name";
