//! API groups and kinds by name.

/// MetalLB's API group.
pub const METALLB: &str = "metallb.io";
/// The namespace that MetalLB reads unless it is set up otherwise.
pub const METALLB_NAMESPACE: &str = "metallb-system";
/// The group of `OpenStackControlPlane`.
pub const CORE_OPENSTACK: &str = "core.openstack.org";
/// The kind of the control plane.
pub const CONTROL_PLANE: &str = "OpenStackControlPlane";
/// The group of node network policies.
pub const NMSTATE: &str = "nmstate.io";
/// The kind of a node network policy.
pub const NODE_POLICY: &str = "NodeNetworkConfigurationPolicy";

/// Groups of `OpenShift`'s own operators, whose objects exist once in a cluster.
pub const CLUSTER_OPERATORS: [&str; 2] = ["operator.openshift.io", "config.openshift.io"];

/// The MetalLB kinds that people write; MetalLB reads them in its own namespace only.
pub const METALLB_KINDS: [&str; 6] =
    ["IPAddressPool", "L2Advertisement", "BGPAdvertisement", "BGPPeer", "Community", "BFDProfile"];

/// Whether a kind holds arbitrary data, in which no key is a Kubernetes field.
#[must_use]
pub fn is_data(kind: &str) -> bool {
    matches!(kind, "ConfigMap" | "Secret" | "CustomResourceDefinition")
}

/// Whether a group belongs to OpenStack's operators (`core.openstack.org`, `network.openstack.org`, …).
#[must_use]
pub fn is_openstack(group: &str) -> bool {
    group.ends_with(".openstack.org")
}

/// Whether a row of a table, of a group and kind, is about an object of a group and kind: `*.openstack.org` is every
/// OpenStack group, `*` every kind.
#[must_use]
pub fn covers((groups, kinds): (&str, &str), (group, kind): (&str, &str)) -> bool {
    let is_group = if groups == "*.openstack.org" { is_openstack(group) } else { groups == group };
    is_group && (kinds == "*" || kinds == kind)
}

/// Cluster-scoped kinds that kustomize knows as such, for which it records `_non_namespaceable_`.
///
/// Source: kustomize `kyaml/openapi` (the built-in schema's cluster-scoped kinds).
#[must_use]
pub fn is_known_cluster_scoped(group: &str, kind: &str) -> bool {
    match group {
        "" => matches!(kind, "Namespace" | "Node" | "PersistentVolume"),
        "rbac.authorization.k8s.io" => matches!(kind, "ClusterRole" | "ClusterRoleBinding"),
        "apiextensions.k8s.io" => kind == "CustomResourceDefinition",
        "storage.k8s.io" => matches!(kind, "StorageClass" | "CSIDriver" | "CSINode" | "VolumeAttachment"),
        "scheduling.k8s.io" => kind == "PriorityClass",
        _ => false,
    }
}

/// Kinds without a namespace: what stands in their `metadata.namespace` is nothing to the API server.
///
/// Source: the CRDs of kubernetes-nmstate, machine-config-operator, cert-manager and OpenShift; the Kubernetes API.
#[must_use]
pub fn is_cluster_scoped(group: &str, kind: &str) -> bool {
    is_known_cluster_scoped(group, kind)
        || match group {
            NMSTATE | "config.openshift.io" | "admissionregistration.k8s.io" => true,
            "machineconfiguration.openshift.io" => {
                matches!(
                    kind,
                    "MachineConfig" | "MachineConfigPool" | "KubeletConfig" | "ContainerRuntimeConfig"
                )
            }
            "operator.openshift.io" => matches!(kind, "Network" | "Console" | "DNS" | "Storage" | "Etcd"),
            "security.openshift.io" => kind == "SecurityContextConstraints",
            "project.openshift.io" => kind == "Project",
            "networking.k8s.io" => kind == "IngressClass",
            "cert-manager.io" => kind == "ClusterIssuer",
            _ => false,
        }
}
