//! What the cluster writes into the objects of an instance, and which objects it makes itself: what a base does not have.
//!
//! A field stands here only where whoever wrote it writes it again, or where it would be wrong in another namespace.
//! Defaults of CRDs and webhooks are not here: a default that was written out is what the instance runs with, a newer
//! operator may have another one, and nobody can tell it from a choice. The function's own marks are not here either: they
//! say what the base called an object, so that its next instance is named after that.

use crate::path;
use crate::path::Path;

use super::kinds::{CONTROL_PLANE, CORE_OPENSTACK, METAL3, METALLB, NMSTATE};

/// When a field is the cluster's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Always.
    Always,
    /// Unless it is a finalizer that people write.
    UnlessOfPeople,
    /// Unless it is `None`, which a person writes for a Service without an address.
    UnlessNone,
    /// If the Route says that its host was generated.
    HostGenerated,
    /// If a set of bare-metal nodes has taken the machine.
    Consumed,
    /// Unless the Job says that its selector is a person's.
    NoManualSelector,
    /// If it names what was made for the service account of this name.
    OfAccount,
    /// If it ends with the beginning of the control plane's UID.
    OfUid,
    /// If it is the namespace's own zone.
    OwnZone,
    /// If it is the URL of the endpoint's own Service or Route under the name that the operator gives it.
    OwnUrl,
}

/// A field that is not a person's.
#[derive(Debug, Clone, Copy)]
pub struct Written {
    /// The API group; `*` is every group.
    pub group: &'static str,
    /// The kind; `*` is every kind of the group.
    pub kind: &'static str,
    /// Where.
    pub path: Path,
    /// When.
    pub when: When,
    /// Who writes it.
    pub by: &'static str,
    /// What says so.
    pub source: &'static str,
}

const fn row(
    (group, kind): (&'static str, &'static str),
    path: Path,
    when: When,
    by: &'static str,
    source: &'static str,
) -> Written {
    Written { group, kind, path, when, by, source }
}

const ANY: (&str, &str) = ("*", "*");
const SERVICE: (&str, &str) = ("", "Service");
const JOB: (&str, &str) = ("batch", "Job");
const MACHINE: (&str, &str) = (METAL3, "BareMetalHost");
const PLANE: (&str, &str) = (CORE_OPENSTACK, CONTROL_PLANE);
const CLAIM: (&str, &str) = ("", "PersistentVolumeClaim");

const API_SERVER: &str = "the API server";
const OPENSTACK: &str = "openstack-operator";
const BARE_METAL: &str = "openstack-baremetal-operator";

const OBJECT_META: &str = "Kubernetes meta/v1 ObjectMeta, \"populated by the system\"";
const SERVICE_SPEC: &str = "Kubernetes core/v1 ServiceSpec, pkg/registry/core/service";
const JOB_STRATEGY: &str = "Kubernetes pkg/registry/batch/job/strategy.go (generateSelector)";
const BARE_METAL_SET: &str =
    "openstack-baremetal-operator baremetalset.go: all four whenever no consumer is named";

use When::{
    Always, Consumed, HostGenerated, NoManualSelector, OfAccount, OfUid, OwnUrl, OwnZone, UnlessNone,
    UnlessOfPeople,
};

/// Fields.
pub const WRITTEN: &[Written] = &[
    // Every object
    row(ANY, path!("metadata.uid"), Always, API_SERVER, OBJECT_META),
    row(ANY, path!("metadata.resourceVersion"), Always, API_SERVER, OBJECT_META),
    row(ANY, path!("metadata.generation"), Always, API_SERVER, OBJECT_META),
    row(ANY, path!("metadata.creationTimestamp"), Always, API_SERVER, OBJECT_META),
    row(ANY, path!("metadata.deletionTimestamp"), Always, API_SERVER, OBJECT_META),
    row(ANY, path!("metadata.deletionGracePeriodSeconds"), Always, API_SERVER, OBJECT_META),
    row(ANY, path!("metadata.selfLink"), Always, API_SERVER, OBJECT_META),
    row(ANY, path!("metadata.managedFields"), Always, API_SERVER, "Kubernetes, server-side apply"),
    row(
        ANY,
        path!("metadata.ownerReferences"),
        Always,
        "the owner's operator",
        "Kubernetes, garbage collection",
    ),
    row(
        ANY,
        path!("metadata.finalizers.[]"),
        UnlessOfPeople,
        "operators",
        "Kubernetes, finalizers: who waits for it sets it again",
    ),
    row(ANY, path!("status"), Always, "operators", "Kubernetes API conventions, spec and status"),
    row(
        ANY,
        path!("spec.template.metadata.creationTimestamp"),
        Always,
        API_SERVER,
        "Kubernetes prints the empty time of a template as null",
    ),
    row(
        ANY,
        path!("spec.volumeClaimTemplates.[].metadata.creationTimestamp"),
        Always,
        API_SERVER,
        "Kubernetes prints the empty time of a template as null",
    ),
    row(
        ANY,
        path!("spec.volumeClaimTemplates.[].status"),
        Always,
        API_SERVER,
        "Kubernetes apps/v1 StatefulSet",
    ),
    // Kubernetes and OpenShift
    row(("", "Namespace"), path!("spec.finalizers"), Always, API_SERVER, "Kubernetes core/v1 NamespaceSpec"),
    row(SERVICE, path!("spec.clusterIP"), UnlessNone, API_SERVER, SERVICE_SPEC),
    row(SERVICE, path!("spec.clusterIPs"), UnlessNone, API_SERVER, SERVICE_SPEC),
    row(SERVICE, path!("spec.ipFamilies"), Always, API_SERVER, SERVICE_SPEC),
    row(SERVICE, path!("spec.ports.[].nodePort"), Always, API_SERVER, SERVICE_SPEC),
    row(SERVICE, path!("spec.healthCheckNodePort"), Always, API_SERVER, SERVICE_SPEC),
    row(
        CLAIM,
        path!("spec.volumeName"),
        Always,
        "the volume binder",
        "Kubernetes pkg/controller/volume/persistentvolume",
    ),
    row(
        ("", "PersistentVolume"),
        path!("spec.claimRef.uid"),
        Always,
        "the volume binder",
        "Kubernetes core/v1",
    ),
    row(
        ("", "PersistentVolume"),
        path!("spec.claimRef.resourceVersion"),
        Always,
        "the volume binder",
        "Kubernetes core/v1",
    ),
    row(
        ("", "ServiceAccount"),
        path!("secrets.[]"),
        OfAccount,
        "OpenShift",
        "openshift-controller-manager, serviceaccounts/controllers: NAME-dockercfg-…, NAME-token-…",
    ),
    row(
        ("", "ServiceAccount"),
        path!("imagePullSecrets.[]"),
        OfAccount,
        "OpenShift",
        "openshift-controller-manager, serviceaccounts/controllers: NAME-dockercfg-…",
    ),
    row(
        ("route.openshift.io", "Route"),
        path!("spec.host"),
        HostGenerated,
        "the router",
        "OpenShift route/v1, annotation openshift.io/host.generated",
    ),
    row(JOB, path!("spec.selector"), NoManualSelector, API_SERVER, JOB_STRATEGY),
    row(
        JOB,
        path!("spec.template.metadata.labels.controller-uid"),
        NoManualSelector,
        API_SERVER,
        JOB_STRATEGY,
    ),
    row(JOB, path!("spec.template.metadata.labels.job-name"), NoManualSelector, API_SERVER, JOB_STRATEGY),
    row(
        JOB,
        path!(path!("spec.template.metadata.labels"), JOB_UID),
        NoManualSelector,
        API_SERVER,
        JOB_STRATEGY,
    ),
    row(
        JOB,
        path!(path!("spec.template.metadata.labels"), JOB_NAME),
        NoManualSelector,
        API_SERVER,
        JOB_STRATEGY,
    ),
    // OpenStack
    row(
        PLANE,
        path!("spec.**.labels.osctlplane"),
        Always,
        OPENSTACK,
        "openstack-operator internal/openstack/common.go (ooSelector)",
    ),
    row(
        PLANE,
        path!("spec.**.labels.osctlplane-service"),
        Always,
        OPENSTACK,
        "openstack-operator internal/openstack/common.go (ooAppSelector)",
    ),
    row(
        PLANE,
        path!("spec.*.serviceName"),
        OfUid,
        OPENSTACK,
        "openstack-operator webhook (GetServiceNameCached): a name out of the UID of this very control plane",
    ),
    row(
        PLANE,
        path!("spec.**.endpointURL"),
        OwnUrl,
        OPENSTACK,
        "openstack-operator internal/openstack/common.go: the URL that it found; another namespace has another",
    ),
    row(
        PLANE,
        path!("spec.dns.template.options.[]"),
        OwnZone,
        "the webhook",
        "infra-operator DNSMasqSpecCore.Default: local=/NAMESPACE.svc/ where no option says local",
    ),
    row(MACHINE, path!("spec.consumerRef"), Always, BARE_METAL, BARE_METAL_SET),
    row(MACHINE, path!("spec.image"), Consumed, BARE_METAL, BARE_METAL_SET),
    row(MACHINE, path!("spec.userData"), Consumed, BARE_METAL, BARE_METAL_SET),
    row(MACHINE, path!("spec.networkData"), Consumed, BARE_METAL, BARE_METAL_SET),
];

/// The fields of every object that are not a person's, as keys from the root.
pub fn of_every_object() -> impl Iterator<Item = Vec<&'static str>> {
    let rows = WRITTEN.iter().filter(|row| (row.group, row.kind) == ANY);
    rows.map(|row| row.path.keys().collect())
        .filter(|keys: &Vec<&str>| matches!(keys[..], ["metadata", ..] | ["status"]))
}

/// Whether an annotation of any object is written by a program.
#[must_use]
pub fn is_written(annotation: &str) -> bool {
    WRITTEN_ANNOTATIONS.iter().any(|row| row.fits("*", annotation))
}

const JOB_UID: Path = Path::new(&[path::Segment::Key("batch.kubernetes.io/controller-uid")]);
const JOB_NAME: Path = Path::new(&[path::Segment::Key("batch.kubernetes.io/job-name")]);

/// The kind of a set of bare-metal nodes, which takes machines.
pub const BARE_METAL_CONSUMER: &str = "OpenStackBaremetalSet";
/// The annotation that says that a Route's host is not a person's.
pub const HOST_IS_GENERATED: &str = "openshift.io/host.generated";

/// A key of an object's annotations or labels that is not a person's.
#[derive(Debug, Clone, Copy)]
pub struct WrittenKey {
    /// The kind; `*` is every kind.
    pub kind: &'static str,
    /// The key, or how it begins where it ends with `*`.
    pub key: &'static str,
    /// Who writes it.
    pub by: &'static str,
    /// What says so.
    pub source: &'static str,
}

impl WrittenKey {
    /// Whether the row is about a key of a kind.
    #[must_use]
    pub fn fits(&self, kind: &str, key: &str) -> bool {
        let is_key = match self.key.strip_suffix('*') {
            Some(beginning) => key.starts_with(beginning),
            None => key == self.key,
        };
        is_key && (self.kind == "*" || self.kind == kind)
    }
}

const fn key(kind: &'static str, key: &'static str, by: &'static str, source: &'static str) -> WrittenKey {
    WrittenKey { kind, key, by, source }
}

/// Annotations.
pub const WRITTEN_ANNOTATIONS: &[WrittenKey] = &[
    key("*", "kubectl.kubernetes.io/last-applied-configuration", "kubectl", "kubectl apply"),
    key(
        "*",
        "deployment.kubernetes.io/*",
        "the Deployment controller",
        "Kubernetes pkg/controller/deployment/util",
    ),
    key("*", "deprecated.daemonset.template.generation", "the DaemonSet controller", "Kubernetes apps/v1"),
    key("*", "control-plane.alpha.kubernetes.io/leader", "leader election", "Kubernetes client-go"),
    key("*", "pv.kubernetes.io/*", "the volume binder", "Kubernetes pkg/controller/volume/persistentvolume"),
    key("*", "volume.kubernetes.io/*", "the volume binder", "Kubernetes component-helpers/storage/volume"),
    key(
        "*",
        "volume.beta.kubernetes.io/storage-provisioner",
        "the volume binder",
        "Kubernetes component-helpers",
    ),
    key("Job", "batch.kubernetes.io/job-tracking", "the Job controller", "Kubernetes batch/v1"),
    key("*", "metallb.io/ip-allocated-from-pool", "MetalLB", "MetalLB controller/service.go"),
    key("*", "metallb.universe.tf/ip-allocated-from-pool", "MetalLB", "MetalLB controller/service.go"),
    key(
        "*",
        "nmstate.io/webhook-mutating-timestamp",
        "the nmstate webhook",
        "kubernetes-nmstate pkg/webhook",
    ),
    key("Route", HOST_IS_GENERATED, "the router", "OpenShift route/v1"),
    key(
        "Namespace",
        "openshift.io/sa.scc.*",
        "OpenShift",
        "cluster-policy-controller, namespace security allocation",
    ),
    key("Namespace", "openshift.io/sa.initialized-roles", "OpenShift", "openshift-controller-manager"),
    key(
        "Namespace",
        "security.openshift.io/MinimallySufficientPodSecurityStandard",
        "OpenShift",
        "cluster-policy-controller, pod security label sync",
    ),
    key("Namespace", "k8s.ovn.org/*", "OVN-Kubernetes", "ovn-kubernetes go-controller/pkg/util"),
    key(
        "ServiceAccount",
        "openshift.io/internal-registry-pull-secret-ref",
        "OpenShift",
        "openshift-controller-manager",
    ),
    key(
        "Service",
        "service.alpha.openshift.io/serving-cert-*",
        "OpenShift",
        "service-ca-operator: signed-by, generation",
    ),
    key("Service", "service.beta.openshift.io/serving-cert-signed-by", "OpenShift", "service-ca-operator"),
    key("OperatorGroup", "olm.providedAPIs", "OLM", "operator-lifecycle-manager"),
    key(
        "BareMetalHost",
        "baremetalhost.metal3.io/status",
        "the bare-metal operator",
        "metal3 baremetal-operator",
    ),
    key(
        "*",
        "argocd.argoproj.io/tracking-id",
        "Argo CD",
        "Argo CD, resource tracking: it names this very object",
    ),
    key("*", "argocd.argoproj.io/installation-id", "Argo CD", "Argo CD, resource tracking"),
    key("*", "internal.config.kubernetes.io/*", "kustomize", "kustomize kyaml/kio/kioutil"),
    key("*", "kustomize.config.k8s.io/*", "kustomize", "kustomize api/internal/utils/annotations.go"),
];

/// Labels.
pub const WRITTEN_LABELS: &[WrittenKey] = &[
    key("Namespace", super::references::NAMESPACE_LABEL, API_SERVER, "Kubernetes, NamespaceDefaultLabelName"),
    key("Namespace", "olm.operatorgroup.uid/*", "OLM", "operator-lifecycle-manager"),
    key("*", "operators.coreos.com/*", "OLM", "operator-lifecycle-manager"),
    key("Job", "controller-uid", API_SERVER, JOB_STRATEGY),
    key("Job", "job-name", API_SERVER, JOB_STRATEGY),
    key("Job", "batch.kubernetes.io/controller-uid", API_SERVER, JOB_STRATEGY),
    key("Job", "batch.kubernetes.io/job-name", API_SERVER, JOB_STRATEGY),
    key("*", "argocd.argoproj.io/instance", "Argo CD", "Argo CD, resource tracking by label"),
];

/// The finalizer that people write: it says what is deleted with an Application of Argo CD.
pub const FINALIZERS_OF_PEOPLE: &str = "resources-finalizer.argocd.argoproj.io";

/// Objects that the cluster makes, and makes again.
#[derive(Debug, Clone, Copy)]
pub struct Made {
    /// The API group; `*` is every group.
    pub group: &'static str,
    /// The kind; `*` is every kind of the group.
    pub kind: &'static str,
    /// The name, or how it begins where it ends with `*`.
    pub name: &'static str,
    /// Who makes it, as the end of a sentence.
    pub why: &'static str,
}

impl Made {
    /// Whether the row is about an object.
    #[must_use]
    pub fn fits(&self, group: &str, kind: &str, name: &str) -> bool {
        let is_name = match self.name.strip_suffix('*') {
            Some(beginning) => name.starts_with(beginning),
            None => name == self.name,
        };
        let fits = |row: &str, word: &str| row == "*" || row == word;
        is_name && fits(self.group, group) && fits(self.kind, kind)
    }
}

const fn made(group: &'static str, kind: &'static str, name: &'static str, why: &'static str) -> Made {
    Made { group, kind, name, why }
}

const WORKLOADS: &str = "the workload's controller makes it";
const ENDPOINTS: &str = "the Service's controller makes it";
const RECORD: &str = "it records what happened";
const STATE: &str = "it is state that an operator reports";
const EVERY_NAMESPACE: &str = "the cluster makes it in every namespace";
const OLM: &str = "OLM makes it";

/// Objects by kind and name. What has a controller among its owners is made by that, whatever it is.
///
/// Source: Kubernetes `pkg/controller`; OpenShift's controller managers; OLM; cert-manager; kubernetes-nmstate; MetalLB's
/// `api/v1beta1`; metal3's API; whereabouts.
pub const MADE: &[Made] = &[
    made("", "Pod", "*", WORKLOADS),
    made("apps", "ReplicaSet", "*", WORKLOADS),
    made("apps", "ControllerRevision", "*", WORKLOADS),
    made("", "Endpoints", "*", ENDPOINTS),
    made("discovery.k8s.io", "EndpointSlice", "*", ENDPOINTS),
    made("", "Event", "*", RECORD),
    made("events.k8s.io", "Event", "*", RECORD),
    made("coordination.k8s.io", "Lease", "*", "an operator elects its leader by it"),
    made("metrics.k8s.io", "*", "*", STATE),
    made("", "Node", "*", "it is a machine of the cluster"),
    made("project.openshift.io", "Project", "*", "it is another view of the Namespace"),
    made("authorization.openshift.io", "*", "*", "it is another view of what rbac.authorization.k8s.io has"),
    made("", "ConfigMap", "kube-root-ca.crt", EVERY_NAMESPACE),
    made("", "ConfigMap", "openshift-service-ca.crt", EVERY_NAMESPACE),
    made("", "ConfigMap", "istio-ca-root-cert", EVERY_NAMESPACE),
    made("", "ServiceAccount", "default", EVERY_NAMESPACE),
    made("", "ServiceAccount", "builder", EVERY_NAMESPACE),
    made("", "ServiceAccount", "deployer", EVERY_NAMESPACE),
    made("", "ServiceAccount", "pipeline", EVERY_NAMESPACE),
    made("rbac.authorization.k8s.io", "RoleBinding", "system:*", EVERY_NAMESPACE),
    made(NMSTATE, "NodeNetworkState", "*", STATE),
    made(NMSTATE, "NodeNetworkConfigurationEnactment", "*", STATE),
    made(METALLB, "ServiceL2Status", "*", STATE),
    made(METALLB, "ServiceBGPStatus", "*", STATE),
    made(METALLB, "ConfigurationState", "*", STATE),
    made("frrk8s.metallb.io", "FRRNodeState", "*", STATE),
    made("frrk8s.metallb.io", "BGPSessionState", "*", STATE),
    made("frrk8s.metallb.io", "FRRConfiguration", "metallb-*", "MetalLB makes it for each node"),
    made("whereabouts.cni.cncf.io", "*", "*", STATE),
    made("operators.coreos.com", "ClusterServiceVersion", "*", OLM),
    made("operators.coreos.com", "InstallPlan", "*", OLM),
    made("operators.coreos.com", "OperatorCondition", "*", OLM),
    made("packages.operators.coreos.com", "PackageManifest", "*", OLM),
    made("cert-manager.io", "CertificateRequest", "*", "cert-manager makes it"),
    made("acme.cert-manager.io", "*", "*", "cert-manager makes it"),
    made(METAL3, "HardwareData", "*", STATE),
    made(METAL3, "FirmwareSchema", "*", STATE),
    made(METAL3, "PreprovisioningImage", "*", "the bare-metal operator makes it"),
];

/// The annotation by which OpenStack's operators say of each Service of theirs whether it gets a Route.
///
/// Source: lib-common `modules/common/service/types.go` (`AnnotationIngressCreateKey`).
pub const OPERATORS_SERVICE: &str = "core.openstack.org/ingress_create";
/// The label that the control plane's operator gives the Services of the overrides that it passes down.
pub const CONTROL_PLANES_SERVICE: &str = "osctlplane";
/// The name of the Service that the telemetry operator makes for logs, before the namespace.
pub const LOGGING_SERVICE: &str = "openstack-logging-";
/// The annotation of a ConfigMap by which leaders are elected.
pub const LEADER: &str = "control-plane.alpha.kubernetes.io/leader";
/// The annotation of a volume that a storage class made.
pub const PROVISIONED: &str = "pv.kubernetes.io/provisioned-by";
/// The annotation of a claim that has its volume.
pub const BOUND: &str = "pv.kubernetes.io/bind-completed";
/// The kind in which people write images though the control plane owns it.
///
/// Source: openstack-operator `internal/openstack/version.go` (`ReconcileVersion` owns what it finds, too).
pub const VERSION: &str = "OpenStackVersion";

/// Types of Secrets that the cluster makes, with who.
///
/// Source: Kubernetes core/v1; OpenShift; Helm.
pub const MADE_SECRETS: [(&str, &str); 4] = [
    ("kubernetes.io/service-account-token", "the token of a service account"),
    ("kubernetes.io/dockercfg", "a service account's way to the registry"),
    ("helm.sh/release.v1", "a release of Helm"),
    ("bootstrap.kubernetes.io/token", "a token of the cluster"),
];
/// The annotation of a Secret that cert-manager issues.
pub const ISSUED: &str = "cert-manager.io/certificate-name";
