//! Where objects of `OpenStack`'s kinds name others of their namespace, and where those get their names.
//!
//! Source: the CRDs of openstack-operator and infra-operator; openstack-operator `config/services` (the data plane's own
//! services), `internal/dataplane/service.go` (`EnsureServices`); the Network Plumbing Working Group's specification.

use super::endpoints::Switch;
use super::kinds::{ATTACHMENT, ATTACHMENTS, CONTROL_PLANE, CORE_OPENSTACK};
use super::references::{FieldOf, NETWORKS_ANNOTATION};
use crate::path;
use crate::path::Path;

/// What is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// A network attachment.
    Attachment,
    /// A Secret.
    Secret,
    /// A Topology.
    Topology,
    /// An `IPSet`.
    IpSet,
    /// A node set.
    NodeSet,
    /// A service of the data plane.
    DataPlaneService,
    /// A database.
    Galera,
    /// A cache.
    Memcached,
    /// A message bus.
    RabbitMq,
}

/// A place that names something: the last keys of the way, list indexes left out.
#[derive(Debug, Clone, Copy)]
pub struct Naming {
    /// The API group; `*.openstack.org` is every one of OpenStack's.
    pub group: &'static str,
    /// The kind; `*` is any.
    pub kind: &'static str,
    /// The last keys.
    pub keys: &'static [&'static str],
    /// What stands there.
    pub named: Named,
}

const fn row(group: &'static str, kind: &'static str, keys: &'static [&'static str], named: Named) -> Naming {
    Naming { group, kind, keys, named }
}

const fn openstack(keys: &'static [&'static str], named: Named) -> Naming {
    row("*.openstack.org", "*", keys, named)
}

const DATA_PLANE: &str = "dataplane.openstack.org";

/// The table. Where the operators make a Secret themselves (certificates, what a service tells its nodes), no row asks
/// for it.
pub const NAMINGS: &[Naming] = &[
    row("*", "*", &["annotations", NETWORKS_ANNOTATION], Named::Attachment),
    openstack(&["networkAttachments"], Named::Attachment),
    openstack(&["networkAttachment"], Named::Attachment),
    openstack(&["octaviaNetworkAttachment"], Named::Attachment),
    openstack(&["designateNetworkAttachment"], Named::Attachment),
    openstack(&["controlNetworkName"], Named::Attachment),
    openstack(&["databaseInstance"], Named::Galera),
    openstack(&["apiDatabaseInstance"], Named::Galera),
    openstack(&["cellDatabaseInstance"], Named::Galera),
    openstack(&["memcachedInstance"], Named::Memcached),
    openstack(&["rabbitMqClusterName"], Named::RabbitMq),
    openstack(&["apiMessageBusInstance"], Named::RabbitMq),
    openstack(&["cellMessageBusInstance"], Named::RabbitMq),
    openstack(&["notificationsBusInstance"], Named::RabbitMq),
    openstack(&["notificationBusInstance"], Named::RabbitMq),
    openstack(&["messagingBus", "cluster"], Named::RabbitMq),
    openstack(&["notificationsBus", "cluster"], Named::RabbitMq),
    openstack(&["topologyRef", "name"], Named::Topology),
    openstack(&["ipSetRef", "name"], Named::IpSet),
    openstack(&["secret"], Named::Secret),
    openstack(&["secret", "secretName"], Named::Secret),
    openstack(&["customServiceConfigSecrets"], Named::Secret),
    openstack(&["customConfigSecret"], Named::Secret),
    openstack(&["simpleCryptoBackendSecret"], Named::Secret),
    openstack(&["ansibleSSHPrivateKeySecret"], Named::Secret),
    openstack(&["passwordSecret", "name"], Named::Secret),
    openstack(&["networkData", "name"], Named::Secret),
    openstack(&["userData", "name"], Named::Secret),
    row(CORE_OPENSTACK, CONTROL_PLANE, &["spec", "tls", "caBundleSecretName"], Named::Secret),
    row("metal3.io", "BareMetalHost", &["networkData", "name"], Named::Secret),
    row("metal3.io", "BareMetalHost", &["userData", "name"], Named::Secret),
    row("metal3.io", "BareMetalHost", &["bmc", "credentialsName"], Named::Secret),
    row(DATA_PLANE, "OpenStackDataPlaneNodeSet", &["spec", "services"], Named::DataPlaneService),
    row(DATA_PLANE, "OpenStackDataPlaneDeployment", &["spec", "servicesOverride"], Named::DataPlaneService),
    row(DATA_PLANE, "OpenStackDataPlaneDeployment", &["spec", "nodeSets"], Named::NodeSet),
];

/// Where names are given, and what one of them is called.
#[derive(Debug, Clone, Copy)]
pub struct Given {
    /// What is named.
    pub named: Named,
    /// Its kind in a sentence.
    pub word: &'static str,
    /// What becomes of who names one that is not there.
    pub consequence: &'static str,
    /// Where the names stand: a text, or the key that a path's `{name}` matches.
    pub places: &'static [FieldOf],
}

const WAITS: &str = "what asks for it waits";

/// The table.
pub const GIVEN: &[Given] = &[
    Given {
        named: Named::Attachment,
        word: ATTACHMENT,
        consequence: "the pods do not start",
        places: &[(ATTACHMENTS, ATTACHMENT, path!("metadata.name"))],
    },
    Given {
        named: Named::Secret,
        word: "Secret",
        consequence: WAITS,
        places: &[
            ("", "Secret", path!("metadata.name")),
            ("bitnami.com", "SealedSecret", path!("metadata.name")),
            ("external-secrets.io", "ExternalSecret", path!("metadata.name")),
            ("external-secrets.io", "ExternalSecret", path!("spec.target.name")),
            ("cert-manager.io", "Certificate", path!("spec.secretName")),
        ],
    },
    Given {
        named: Named::Topology,
        word: "Topology",
        consequence: WAITS,
        places: &[("topology.openstack.org", "Topology", path!("metadata.name"))],
    },
    Given {
        named: Named::IpSet,
        word: "IPSet",
        consequence: "the addresses are nobody's",
        places: &[("network.openstack.org", "IPSet", path!("metadata.name"))],
    },
    Given {
        named: Named::NodeSet,
        word: "OpenStackDataPlaneNodeSet",
        consequence: "nothing is deployed",
        places: &[(DATA_PLANE, "OpenStackDataPlaneNodeSet", path!("metadata.name"))],
    },
    Given {
        named: Named::DataPlaneService,
        word: "OpenStackDataPlaneService",
        consequence: "the deployment stops there",
        places: &[(DATA_PLANE, "OpenStackDataPlaneService", path!("metadata.name"))],
    },
    Given {
        named: Named::Galera,
        word: "Galera",
        consequence: WAITS,
        places: &[
            (CORE_OPENSTACK, CONTROL_PLANE, path!("spec.galera.templates.{name}")),
            ("mariadb.openstack.org", "Galera", path!("metadata.name")),
        ],
    },
    Given {
        named: Named::Memcached,
        word: "Memcached",
        consequence: WAITS,
        places: &[
            (CORE_OPENSTACK, CONTROL_PLANE, path!("spec.memcached.templates.{name}")),
            ("memcached.openstack.org", "Memcached", path!("metadata.name")),
        ],
    },
    Given {
        named: Named::RabbitMq,
        word: "RabbitMQ",
        consequence: WAITS,
        places: &[
            (CORE_OPENSTACK, CONTROL_PLANE, path!("spec.rabbitmq.templates.{name}")),
            ("rabbitmq.openstack.org", "RabbitMq", path!("metadata.name")),
            ("rabbitmq.com", "RabbitmqCluster", path!("metadata.name")),
        ],
    },
];

/// The services of the data plane that the operator makes itself in the namespace of each node set.
pub const DATA_PLANE_SERVICES: &[&str] = &[
    "accel-drivers",
    "bootstrap",
    "ceph-client",
    "ceph-hci-pre",
    "cleanup",
    "configure-network",
    "configure-os",
    "configure-ovs-dpdk",
    "ddp-package-option",
    "derive-pci-devicespec",
    "download-cache",
    "fips-status",
    "frr",
    "install-certs",
    "install-os",
    "instanceha-monitoring",
    "libvirt",
    "logging",
    "migrate-network",
    "neutron-dhcp",
    "neutron-metadata",
    "neutron-ovn",
    "neutron-sriov",
    "nova",
    "ovn",
    "ovn-bgp-agent",
    "reboot-os",
    "redhat",
    "run-os",
    "ssh-known-hosts",
    "swift",
    "telemetry",
    "telemetry-power-monitoring",
    "tripleo-cleanup",
    "update",
    "update-services",
    "update-system",
    "validate-network",
];

/// The host interfaces that OVN's provider networks are on.
pub const NIC_MAPPINGS: Path = path!("spec.ovn.template.ovnController.nicMappings.*");
/// The bonds that the operator makes of host interfaces for them.
pub const BONDS: Path = path!("spec.ovn.template.ovnController.bondConfiguration.{name}");
/// On which of the cluster's nodes pods run.
pub const NODE_SELECTORS: Path = path!("spec.**.nodeSelector");
/// Whether OVN runs.
pub const OVN: Switch = Switch { path: path!("ovn.enabled"), default: true, wanted: true };
