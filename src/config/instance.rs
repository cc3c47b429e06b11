//! The config made ready: one instance with its namespace settled and its names at work.

use super::{ConfigError, Naming, Spec, Template};

/// One instance: what every transform and rule reads.
#[derive(Debug, Clone)]
pub struct Instance {
    /// The instance's namespace.
    pub namespace: String,
    /// The base's namespace, where the config names one that differs.
    pub from: Option<String>,
    /// The rest of the config as it was written.
    pub spec: Spec,
    pool: Naming,
    advertisement: Naming,
    peer: Naming,
    node_policy: Naming,
}

impl Instance {
    /// Settles a config for a namespace and checks what can be checked without the list.
    pub fn new(spec: Spec, namespace: &str) -> Result<Self, ConfigError> {
        check_namespace("spec.namespace", namespace)?;
        check_namespace("spec.metallb.namespace", &spec.metallb.namespace)?;
        if let Some(from) = &spec.from.namespace {
            check_namespace("spec.from.namespace", from)?;
        }
        refuse_networks(&spec)?;
        let from = spec.from.namespace.clone();
        let naming = |template: &Template, field: &str| {
            template.check(field)?;
            Ok::<_, ConfigError>(Naming::new(template, namespace, from.as_deref()))
        };
        Ok(Self {
            pool: naming(&spec.names.pool, "spec.names.pool")?,
            advertisement: naming(&spec.names.advertisement, "spec.names.advertisement")?,
            peer: naming(&spec.names.peer, "spec.names.peer")?,
            node_policy: naming(&spec.names.node_policy, "spec.names.nodePolicy")?,
            namespace: namespace.to_owned(),
            from: from.filter(|from| from != namespace),
            spec,
        })
    }

    /// The name of a pool; one of `sharedPools` keeps its own.
    #[must_use]
    pub fn pool_name(&self, name: &str) -> String {
        if self.spec.metallb.shared_pools.iter().any(|shared| shared == name) {
            return name.to_owned();
        }
        self.pool.apply(name)
    }

    /// The name of an advertisement.
    #[must_use]
    pub fn advertisement_name(&self, name: &str) -> String {
        self.advertisement.apply(name)
    }

    /// The name of a `BGPPeer`, a `BFDProfile`, a `Community` or one of its aliases.
    #[must_use]
    pub fn peer_name(&self, name: &str) -> String {
        self.peer.apply(name)
    }

    /// The name of a node policy.
    #[must_use]
    pub fn node_policy_name(&self, name: &str) -> String {
        self.node_policy.apply(name)
    }
}

/// A namespace is a DNS label: RFC 1123, at most 63 characters.
fn check_namespace(field: &str, namespace: &str) -> Result<(), ConfigError> {
    let inner = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let label = !namespace.is_empty()
        && namespace.len() <= 63
        && namespace.chars().all(inner)
        && !namespace.starts_with('-')
        && !namespace.ends_with('-');
    if label {
        return Ok(());
    }
    let message = format!(
        "{namespace:?} is no namespace: lower-case letters, digits and '-', 63 at most, a letter or digit at both ends"
    );
    Err(ConfigError::new(field, message))
}

fn refuse_networks(spec: &Spec) -> Result<(), ConfigError> {
    let given = [
        ("spec.networks", !spec.networks.is_empty()),
        ("spec.interfaces", !spec.interfaces.is_empty()),
        ("spec.nodePolicies", spec.node_policies.is_some()),
    ];
    match given.iter().find(|(_, given)| *given) {
        None => Ok(()),
        Some((field, _)) => Err(ConfigError::new(
            *field,
            "addresses and host networks are not supported yet; take the field out and keep the base's addresses",
        )),
    }
}
