//! The config made ready: one instance with its namespace settled and its names at work.

use crate::krm::is_dns_label;

use super::{ConfigError, Naming, NetworkMoves, NodePolicies, Sharing, Spec, Template};

/// One instance: what every transform and rule reads.
#[derive(Debug, Clone)]
pub struct Instance {
    /// The instance's namespace.
    pub namespace: String,
    /// The base's namespace, where the config names one that differs.
    pub from: Option<String>,
    /// Addresses, VLANs, interfaces and domains that move.
    pub network: NetworkMoves,
    /// The rest of the config as it was written.
    pub spec: Spec,
    /// Names of pools.
    pub pool: Naming,
    /// Names of advertisements.
    pub advertisement: Naming,
    /// Names of `BGPPeer`s, and of what a peer needs: `BFDProfile`, `Community` and its aliases.
    pub peer: Naming,
    /// Names of node policies.
    pub node_policy: Naming,
    /// Names of other cluster-scoped objects, where the instance has its own.
    pub cluster_object: Naming,
    /// Who prints what it shares with the plan's other instances.
    pub sharing: Sharing,
}

impl Instance {
    /// Settles a config that was read for a namespace, which may be the control plane's.
    pub fn new(spec: Spec, namespace: &str) -> Result<Self, Vec<ConfigError>> {
        check_namespace("spec.namespace", namespace).map_err(|error| vec![error])?;
        let network = NetworkMoves::new(&spec)?;
        let from = spec.from.namespace.clone();
        let naming = |template: &Template| Naming::new(template, namespace, from.as_deref());
        Ok(Self {
            pool: naming(&spec.names.pool),
            advertisement: naming(&spec.names.advertisement),
            peer: naming(&spec.names.peer),
            node_policy: naming(&spec.names.node_policy),
            cluster_object: naming(&spec.names.cluster_object),
            network,
            sharing: Sharing::default(),
            namespace: namespace.to_owned(),
            from: from.filter(|from| from != namespace),
            spec,
        })
    }

    /// What becomes of node policies.
    #[must_use]
    pub fn node_policies(&self) -> NodePolicies {
        self.spec.node_policies.unwrap_or(NodePolicies::Replace)
    }

    /// Whether the config says that all instances use a pool.
    #[must_use]
    pub fn shares_pool(&self, name: &str) -> bool {
        self.spec.metallb.shared_pools.iter().any(|shared| shared == name)
    }

    /// Whether each instance has its own BGP peers.
    #[must_use]
    pub fn has_own_peers(&self) -> bool {
        !self.spec.names.peer.is_identity()
    }
}

impl Spec {
    /// Everything that makes no sense, as far as it can be told without the list.
    pub(super) fn faults(&self) -> Vec<ConfigError> {
        let namespaces = [
            ("spec.namespace", self.namespace.as_ref()),
            ("spec.metallb.namespace", Some(&self.metallb.namespace)),
            ("spec.from.namespace", self.from.namespace.as_ref()),
        ];
        let named = namespaces.into_iter().filter_map(|(field, name)| Some((field, name?)));
        let namespaces = named.map(|(field, name)| check_namespace(field, name));
        let templates = [
            self.names.pool.check("spec.names.pool"),
            self.names.advertisement.check("spec.names.advertisement"),
            self.names.peer.check("spec.names.peer"),
            self.names.node_policy.check("spec.names.nodePolicy"),
            self.names.cluster_object.check("spec.names.clusterObject"),
        ];
        let wrong = namespaces.chain(templates).filter_map(Result::err);
        wrong.chain(NetworkMoves::new(self).err().into_iter().flatten()).collect()
    }
}

/// A namespace is a DNS label: RFC 1123, at most 63 characters.
pub fn check_namespace(field: &str, namespace: &str) -> Result<(), ConfigError> {
    if namespace.len() <= 63 && is_dns_label(namespace) {
        return Ok(());
    }
    let message = format!(
        "{namespace:?} is no namespace: lower-case letters, digits and '-', 63 at most, a letter or digit at both ends"
    );
    Err(ConfigError::new(field, message))
}
