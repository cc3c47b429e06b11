//! Where objects hold a namespace outside of `metadata`, and where they name an object of the cluster.
//!
//! Source: openstack-operator CRDs (`topologyRef`, `bmhNamespace`, …), infra-operator (`ipSetRef`), the Kubernetes API
//! (subjects, claims, volumes), `OpenShift`'s (`SecurityContextConstraints`), the Network Plumbing Working Group's
//! NetworkAttachmentDefinition specification, section 4.1.

use crate::path;
use crate::path::Path;

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

/// Kinds with the cluster's host names in their text: group, kind, and the fields below which they stand.
///
/// Objects of OpenStack's groups are searched as a whole.
pub const HOST_NAME_TEXT: [(&str, &str, &[&str]); 2] =
    [("", "ConfigMap", &["data"]), ("", "Secret", &["stringData"])];
