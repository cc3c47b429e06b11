//! Instances brought to the cluster: their MetalLB objects as a person would apply them, their Services as the
//! operators would make them.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::cluster::Cluster;
use crate::manifests::{text_at, values};
use crate::metallb::{self, Given, Mark, until};
use crate::{Outcome, operators};

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Instance {
    /// Also the namespace.
    pub(crate) overlay: String,
    /// How many Services have a VIP: a lost override must not make the proof easier.
    pub(crate) services: usize,
    /// The one address family of the cluster that the instance is made for.
    #[serde(default = "ipv4")]
    pub(crate) family: String,
    /// Which host interface announces which pool.
    pub(crate) pools: BTreeMap<String, String>,
}

/// An instance and the manifests that are proven.
pub(crate) type Rendered = (Instance, String);
/// What an instance has: its Services' addresses, by their names.
pub(crate) type Addresses = BTreeMap<String, Given>;

/// Services that were created, and since when the log may speak of them.
pub(crate) struct Staged {
    pub(crate) begin: Mark,
    pub(crate) services: Vec<Value>,
}

fn ipv4() -> String {
    "IPv4".to_owned()
}

/// An empty cluster.
pub(crate) fn begin(cluster: &Cluster) -> Outcome<Staged> {
    metallb::reset(&cluster.kube, super::namespaces())?;
    Ok(Staged { begin: metallb::mark(cluster), services: Vec::new() })
}

/// All instances, one after the other, and all their Services with an address.
pub(crate) fn stage(cluster: &Cluster, rendered: &[Rendered]) -> Outcome<Staged> {
    let mut staged = begin(cluster)?;
    for (instance, text) in rendered {
        add(cluster, &mut staged, instance, text)?;
    }
    Ok(staged)
}

/// One more instance, until all its Services have an address.
pub(crate) fn add(cluster: &Cluster, staged: &mut Staged, instance: &Instance, text: &str) -> Outcome<()> {
    let manifests = values(text)?;
    apply_metallb(cluster, &manifests)?;
    metallb::wait_for_pools(cluster, staged.begin)?;
    let services = services(instance, &manifests)?;
    staged.services.extend(operators::create(&cluster.kube, &services)?);
    all_have_addresses(cluster, staged, instance)
}

/// The MetalLB objects among the manifests, applied in their order.
pub(crate) fn apply_metallb(cluster: &Cluster, manifests: &[Value]) -> Outcome<()> {
    metallb_objects(manifests).try_for_each(|item| cluster.kube.apply(item).map(drop))
}

pub(crate) fn metallb_objects(manifests: &[Value]) -> impl Iterator<Item = &Value> {
    manifests.iter().filter(|item| text_at(item, "/apiVersion").starts_with("metallb.io/"))
}

/// The Services of an instance: as many as it must have.
pub(crate) fn services(instance: &Instance, manifests: &[Value]) -> Outcome<Vec<Value>> {
    let mut services = operators::services(manifests);
    for service in &mut services {
        service["spec"]["ipFamilies"] = json!([instance.family]);
    }
    let (found, expected) = (services.len(), instance.services);
    if found == expected {
        return Ok(services);
    }
    Err(format!("{}: {found} Services, not {expected}", instance.overlay))
}

pub(crate) fn all_have_addresses(cluster: &Cluster, staged: &Staged, instance: &Instance) -> Outcome<()> {
    until("every Service has an address", || {
        nobody_is_refused(cluster, staged)?;
        Ok(metallb::given(&cluster.kube, &instance.overlay)?.len() == instance.services)
    })
}

pub(crate) fn nobody_is_refused(cluster: &Cluster, staged: &Staged) -> Outcome<()> {
    match metallb::failures(cluster, staged.begin, &staged.services).first() {
        Some(failure) => Err(format!("an allocation failed: {failure}")),
        None => Ok(()),
    }
}
