//! Where objects hold a namespace outside of `metadata`, and where they name an object of the cluster.
//!
//! Source: openstack-operator CRDs (`topologyRef`, `bmhNamespace`, …), infra-operator (`ipSetRef`, the host name of a
//! Service), lib-common (`additionalSubjectNames`), the APIs of Kubernetes (subjects, claims, volumes, network policies)
//! and OpenShift (routes, `SecurityContextConstraints`), the Network Plumbing Working Group's NetworkAttachmentDefinition
//! specification, section 4.1.

use crate::path;
use crate::path::{Path, Segment};

/// Fields of OpenStack kinds, at any depth, that refer to an object by name and namespace.
pub const OBJECT_REFERENCES: [&str; 5] =
    ["topologyRef", "passwordSecret", "networkData", "userData", "ipSetRef"];

/// Fields of OpenStack kinds, at any depth, whose value is a namespace.
pub const NAMESPACE_FIELDS: [&str; 1] = ["bmhNamespace"];

/// A field of a kind: group, kind, path.
pub type FieldOf = (&'static str, &'static str, Path);

/// Fields that hold a namespace.
pub const NAMESPACES: [FieldOf; 10] = [
    ("operators.coreos.com", "OperatorGroup", path!("spec.targetNamespaces.[]")),
    (RBAC, "ClusterRoleBinding", path!("subjects.[].namespace")),
    (RBAC, "RoleBinding", path!("subjects.[].namespace")),
    ("", "PersistentVolume", path!("spec.claimRef.namespace")),
    // The Secrets of a volume, by its driver: `csi.nodeStageSecretRef`, `rbd.secretRef`.
    ("", "PersistentVolume", path!("spec.csi.*.namespace")),
    ("", "PersistentVolume", path!("spec.*.secretRef.namespace")),
    ("", "PersistentVolume", path!("spec.azureFile.secretNamespace")),
    ("", "PersistentVolume", path!("spec.glusterfs.endpointsNamespace")),
    ("snapshot.storage.k8s.io", "VolumeSnapshotContent", path!("spec.volumeSnapshotRef.namespace")),
    (FLOWS, "FlowSchema", path!("spec.rules.[].subjects.[].serviceAccount.namespace")),
];

/// Fields that hold the name of a user or a group, which may be that of service accounts.
pub const ACCOUNTS: [FieldOf; 6] = [
    (RBAC, "ClusterRoleBinding", path!("subjects.[].name")),
    (RBAC, "RoleBinding", path!("subjects.[].name")),
    ("security.openshift.io", "SecurityContextConstraints", path!("users.[]")),
    ("security.openshift.io", "SecurityContextConstraints", path!("groups.[]")),
    (FLOWS, "FlowSchema", path!("spec.rules.[].subjects.[].user.name")),
    (FLOWS, "FlowSchema", path!("spec.rules.[].subjects.[].group.name")),
];

/// The group of roles and their bindings.
pub const RBAC: &str = "rbac.authorization.k8s.io";
const FLOWS: &str = "flowcontrol.apiserver.k8s.io";

/// Keys, at any depth, whose value is the name of a cluster-scoped object: the last keys of the way, and its group and
/// kind. A mapping with `kind` and `name` says by itself what it names.
pub const CLUSTER_REFERENCES: [(&[&str], &str, &str); 10] = [
    // Of a claim, and of the template of one.
    (&["spec", "volumeName"], "", "PersistentVolume"),
    (&["persistentVolumeName"], "", "PersistentVolume"),
    (&["storageClassName"], STORAGE, "StorageClass"),
    // Of the services of a control plane.
    (&["storageClass"], STORAGE, "StorageClass"),
    (&["volumeSnapshotContentName"], "snapshot.storage.k8s.io", "VolumeSnapshotContent"),
    (&["volumeSnapshotClassName"], "snapshot.storage.k8s.io", "VolumeSnapshotClass"),
    (&["priorityClassName"], "scheduling.k8s.io", "PriorityClass"),
    (&["runtimeClassName"], "node.k8s.io", "RuntimeClass"),
    (&["ingressClassName"], "networking.k8s.io", "IngressClass"),
    (&["openshift.io/required-scc"], "security.openshift.io", "SecurityContextConstraints"),
];

const STORAGE: &str = "storage.k8s.io";

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
