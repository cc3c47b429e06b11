//! The stages of `overlays/staged`, all instances' of one wave before the next wave, as Argo CD syncs them: nothing is
//! refused on the way, and nothing waits for a later wave.

use serde_json::Value;

use super::stage;
use crate::cluster::Cluster;
use crate::manifests::{text_at, values};
use crate::metallb::{self, until};
use crate::render::overlay;
use crate::{Outcome, crds, operators};

/// The instances of `overlays/staged/plan`: their namespaces as well.
pub(crate) const INSTANCES: [&str; 2] = ["cloud", "cloud2"];
/// In the order of their waves.
const WAVES: [&str; 5] = ["nncp", "networking", "control-plane", "nodeset", "deployment"];
/// How many Services of each have a VIP: a lost override must not make the proof easier.
const SERVICES: usize = 9;
const CONTROL_PLANES: &str = "openstackcontrolplanes.core.openstack.org";

pub(crate) fn run(cluster: &Cluster) -> Outcome<()> {
    let begin = stage::begin(cluster)?.begin;
    if crds::corpus().is_some() {
        crds::relax(&cluster.kube, CONTROL_PLANES)?;
    }
    for wave in WAVES {
        for instance in INSTANCES {
            let items = values(&overlay(&format!("staged/{instance}/{wave}"))?)?;
            items.iter().filter(|item| is_known(item)).try_for_each(|item| apply(cluster, item))?;
            if wave == "control-plane" {
                have_addresses(cluster, instance, &items)?;
            }
        }
        if wave == "networking" {
            metallb::wait_for_pools(cluster, begin)?;
        }
    }
    stage::clear(cluster)
}

/// OpenStack's types come with the corpus.
fn is_known(item: &Value) -> bool {
    crds::corpus().is_some() || !text_at(item, "/apiVersion").contains(".openstack.org/")
}

/// The server learns of relaxed types a little after they are stored.
fn apply(cluster: &Cluster, item: &Value) -> Outcome<()> {
    until("an object is taken", || match cluster.kube.apply(item) {
        Err(error) if error.contains("Required value") => Ok(false),
        outcome => outcome.map(|_| true),
    })
}

/// The Services that the operators make of a control plane have their addresses before the data plane comes.
fn have_addresses(cluster: &Cluster, instance: &str, items: &[Value]) -> Outcome<()> {
    let mark = metallb::mark(cluster);
    let services = operators::create(&cluster.kube, &operators::services(items))?;
    if services.len() != SERVICES {
        return Err(format!("{instance} has {} Services", services.len()));
    }
    until("every Service has an address", || match metallb::failures(cluster, mark, &services).first() {
        Some(failure) => Err(format!("an allocation failed: {failure}")),
        None => Ok(metallb::given(&cluster.kube, instance)?.len() == SERVICES),
    })
}
