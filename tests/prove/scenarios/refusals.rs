//! A Service of one instance that names the other's pool or pins the other's address is refused, and nobody
//! else notices.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::side_by_side::{layout, rendered};
use super::stage::{self, Addresses, Rendered};
use crate::cluster::Cluster;
use crate::manifests::scenario;
use crate::metallb::{self, Mark, until};
use crate::{Outcome, operators};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Refusal {
    name: String,
    namespace: String,
    annotations: BTreeMap<String, String>,
    says: String,
}

pub(crate) fn run(cluster: &Cluster) -> Outcome<()> {
    prove(cluster, &rendered()?)
}

/// Proves it of these manifests.
pub(crate) fn prove(cluster: &Cluster, rendered: &[Rendered]) -> Outcome<()> {
    stage::stage(cluster, rendered)?;
    let begin = metallb::mark(cluster);
    let before = everybody(cluster)?;
    let refusals: Vec<Refusal> = scenario("refusals.yaml");
    let mut services = Vec::new();
    for refusal in &refusals {
        let service = json!({
            "apiVersion": "v1",
            "kind": "Service",
            "metadata": {
                "name": refusal.name, "namespace": refusal.namespace, "annotations": refusal.annotations},
            "spec": {"type": "LoadBalancer", "ports": [{"name": "other", "port": 4000, "protocol": "TCP"}]},
        });
        services.push(service);
    }
    // More stands there from here on than the instances.
    stage::forget();
    let stored = operators::create(&cluster.kube, &services)?;
    refusals.iter().try_for_each(|refusal| is_refused(cluster, refusal, begin, &stored))?;
    // Those that were refused have no address, so nobody is added either.
    let after = everybody(cluster)?;
    if before == after { Ok(()) } else { Err(format!("addresses changed:\n{before:?}\n{after:?}")) }
}

fn is_refused(cluster: &Cluster, refusal: &Refusal, begin: Mark, stored: &[Value]) -> Outcome<()> {
    let named = format!("{}/{}", refusal.namespace, refusal.name);
    let refused = |line: &String| line.contains(&named) && line.contains(&refusal.says);
    until(&format!("{named} is refused: {}", refusal.says), || {
        match metallb::given(&cluster.kube, &refusal.namespace)?.get(&refusal.name) {
            Some(given) => Err(format!("{named} got {} of {}", given.addresses.join(", "), given.pool)),
            None => Ok(metallb::failures(cluster, begin, stored).iter().any(refused)),
        }
    })
}

fn everybody(cluster: &Cluster) -> Outcome<Vec<Addresses>> {
    let namespaces = layout().into_iter().map(|instance| instance.overlay);
    namespaces.map(|namespace| metallb::given(&cluster.kube, &namespace)).collect()
}
