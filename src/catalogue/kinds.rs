//! API groups and kinds by name.

/// MetalLB's API group.
pub const METALLB: &str = "metallb.io";
/// The namespace that MetalLB reads unless it is set up otherwise.
pub const METALLB_NAMESPACE: &str = "metallb-system";
/// The group of `OpenStackControlPlane`.
pub const CORE_OPENSTACK: &str = "core.openstack.org";
/// The kind of the control plane.
pub const CONTROL_PLANE: &str = "OpenStackControlPlane";
/// The version of the control plane that the operators serve.
pub const CONTROL_PLANE_VERSION: &str = "core.openstack.org/v1beta1";
/// The group of node network policies.
pub const NMSTATE: &str = "nmstate.io";
/// The kind of a node network policy.
pub const NODE_POLICY: &str = "NodeNetworkConfigurationPolicy";

/// The group of network attachments.
pub const ATTACHMENTS: &str = "k8s.cni.cncf.io";
/// The kind of a network attachment.
pub const ATTACHMENT: &str = "NetworkAttachmentDefinition";
/// The group of bare-metal machines.
pub const METAL3: &str = "metal3.io";
/// The kind of one.
pub const BARE_METAL_HOST: &str = "BareMetalHost";

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

/// Whether the mutating webhook of a kind writes the object anew before it is validated, so that a required scalar that
/// is missing arrives empty.
///
/// Source: openstack-operator and infra-operator, `config/webhook/manifests.yaml`. MetalLB's webhooks only validate.
#[must_use]
pub fn is_rewritten(group: &str, kind: &str) -> bool {
    is_openstack(group) && !matches!(kind, "BGPConfiguration" | "DNSData" | "Topology" | "TransportURL")
}

/// The optional text with a pattern that such a webhook does not drop where it is empty: a pointer in Go.
pub const KEPT_EMPTY: &str = "targetVersion";

/// Where the control plane has what is the spec of another kind.
///
/// Source: infra-operator `RabbitMqSpecCore`, `MemcachedSpecCore`, `RedisSpecCore`, which both CRDs have inline.
#[must_use]
pub fn in_control_plane(group: &str, kind: &str) -> Option<&'static [&'static str]> {
    match (group, kind) {
        ("rabbitmq.openstack.org", "RabbitMq") => Some(&["spec", "rabbitmq", "templates", ""]),
        ("memcached.openstack.org", "Memcached") => Some(&["spec", "memcached", "templates", ""]),
        ("redis.openstack.org", "Redis") => Some(&["spec", "redis", "templates", ""]),
        _ => None,
    }
}

/// Whether a kind is one that a row of a table is about: `*.openstack.org` is every OpenStack group, `*` every group or
/// kind.
#[must_use]
pub fn is_one_of(row_group: &str, row_kind: &str, group: &str, kind: &str) -> bool {
    let fits = match row_group {
        "*" => true,
        "*.openstack.org" => is_openstack(group),
        row => row == group,
    };
    fits && (row_kind == "*" || row_kind == kind)
}

/// Kinds of a group; an empty list is all of them.
type Kinds = (&'static str, &'static [&'static str]);

/// Cluster-scoped kinds that kustomize knows as such, for which it records `_non_namespaceable_`.
///
/// Source: kustomize `kyaml/openapi` (`precomputedIsNamespaceScoped`).
const CLUSTER_SCOPED_TO_KUSTOMIZE: [Kinds; 11] = [
    ("", &["Namespace", "Node", "PersistentVolume"]),
    ("admissionregistration.k8s.io", &[]),
    ("apiextensions.k8s.io", &["CustomResourceDefinition"]),
    ("apiregistration.k8s.io", &["APIService"]),
    ("certificates.k8s.io", &["CertificateSigningRequest"]),
    ("networking.k8s.io", &["IngressClass"]),
    ("node.k8s.io", &["RuntimeClass"]),
    ("policy", &["PodSecurityPolicy"]),
    ("rbac.authorization.k8s.io", &["ClusterRole", "ClusterRoleBinding"]),
    ("scheduling.k8s.io", &["PriorityClass"]),
    ("storage.k8s.io", &["CSIDriver", "CSINode", "StorageClass", "VolumeAttachment"]),
];

/// Cluster-scoped kinds that it does not know.
///
/// Source: the CRDs of kubernetes-nmstate, machine-config-operator, cert-manager, OVN-Kubernetes and `OpenShift`; the
/// Kubernetes API.
const CLUSTER_SCOPED: [Kinds; 17] = [
    (NMSTATE, &[]),
    ("authorization.openshift.io", &["ClusterRole", "ClusterRoleBinding"]),
    ("cert-manager.io", &["ClusterIssuer"]),
    ("config.openshift.io", &[]),
    ("flowcontrol.apiserver.k8s.io", &[]),
    ("gateway.networking.k8s.io", &["GatewayClass"]),
    ("k8s.ovn.org", &["AdminPolicyBasedExternalRoute", "ClusterUserDefinedNetwork", "EgressIP"]),
    (
        "machineconfiguration.openshift.io",
        &["ContainerRuntimeConfig", "KubeletConfig", "MachineConfig", "MachineConfigPool"],
    ),
    ("oauth.openshift.io", &[]),
    ("operator.openshift.io", &["Console", "DNS", "Etcd", "Network", "Storage"]),
    ("performance.openshift.io", &["PerformanceProfile"]),
    ("policy.networking.k8s.io", &[]),
    ("project.openshift.io", &["Project"]),
    ("quota.openshift.io", &["ClusterResourceQuota"]),
    ("security.openshift.io", &["SecurityContextConstraints"]),
    ("snapshot.storage.k8s.io", &["VolumeSnapshotClass", "VolumeSnapshotContent"]),
    ("user.openshift.io", &[]),
];

/// Kinds that surely have a namespace, besides OpenStack's and MetalLB's.
const NAMESPACED: [Kinds; 12] = [
    (
        "",
        &[
            "ConfigMap",
            "Endpoints",
            "LimitRange",
            "PersistentVolumeClaim",
            "Pod",
            "PodTemplate",
            "ReplicationController",
            "ResourceQuota",
            "Secret",
            "Service",
            "ServiceAccount",
        ],
    ),
    ("apps", &[]),
    ("autoscaling", &[]),
    ("batch", &[]),
    ("cert-manager.io", &["Certificate", "CertificateRequest", "Issuer"]),
    ("discovery.k8s.io", &["EndpointSlice"]),
    (ATTACHMENTS, &[ATTACHMENT]),
    (METAL3, &[BARE_METAL_HOST]),
    ("networking.k8s.io", &["Ingress", "NetworkPolicy"]),
    ("policy", &["PodDisruptionBudget"]),
    ("rbac.authorization.k8s.io", &["Role", "RoleBinding"]),
    ("route.openshift.io", &["Route"]),
];

/// Cluster-scoped kinds whose names say what they are of: a node, a group of resources, a user, the cluster itself.
const NAMED_BY_OTHERS: [Kinds; 10] = [
    ("", &["Namespace", "Node"]),
    ("apiextensions.k8s.io", &[]),
    ("apiregistration.k8s.io", &[]),
    ("config.openshift.io", &[]),
    ("machineconfiguration.openshift.io", &["MachineConfigPool"]),
    (NMSTATE, &[]),
    ("operator.openshift.io", &[]),
    ("project.openshift.io", &[]),
    ("storage.k8s.io", &["CSIDriver", "CSINode"]),
    ("user.openshift.io", &[]),
];

fn is_in(table: &[Kinds], group: &str, kind: &str) -> bool {
    table.iter().any(|(of, kinds)| *of == group && (kinds.is_empty() || kinds.contains(&kind)))
}

/// Whether kustomize knows a kind as cluster-scoped.
#[must_use]
pub fn is_cluster_scoped_to_kustomize(group: &str, kind: &str) -> bool {
    is_in(&CLUSTER_SCOPED_TO_KUSTOMIZE, group, kind)
}

/// Whether a kind has no namespace: what stands in its `metadata.namespace` is nothing to the API server.
#[must_use]
pub fn is_cluster_scoped(group: &str, kind: &str) -> bool {
    is_cluster_scoped_to_kustomize(group, kind) || is_in(&CLUSTER_SCOPED, group, kind)
}

/// Whether objects of a cluster-scoped kind may have any name. Node policies are named by themselves.
#[must_use]
pub fn is_named_by_choice(group: &str, kind: &str) -> bool {
    is_cluster_scoped(group, kind) && !is_in(&NAMED_BY_OTHERS, group, kind)
}

/// Whether objects of a kind surely live in a namespace of the instance's choice; MetalLB's live in MetalLB's.
#[must_use]
pub fn is_namespaced(group: &str, kind: &str) -> bool {
    is_openstack(group) || is_in(&NAMESPACED, group, kind)
}

/// The kinds of an instance in words, for who gave others.
pub const OF_AN_INSTANCE: &str =
    "MetalLB's, *.openstack.org, node policies, network attachments, bare-metal hosts";

/// Whether every object of a kind is one that the function changes and the rules look at. Of other kinds it is those that
/// ask for an address, or hold something of an instance.
#[must_use]
pub fn is_of_an_instance(group: &str, kind: &str) -> bool {
    group == METALLB
        || is_openstack(group)
        || [(NMSTATE, NODE_POLICY), (ATTACHMENTS, ATTACHMENT), (METAL3, BARE_METAL_HOST)]
            .contains(&(group, kind))
}
