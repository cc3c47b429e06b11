//! Instances beside each other: every Service has an address of its own instance's pool, every address is
//! answered for on its own instance's interface and on no other, and MetalLB has nothing to complain about.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use serde::Deserialize;
use serde_json::Value;

use super::addresses;
use super::stage::{Addresses, Instance, Rendered, Staged, nobody_is_refused, stage};
use crate::Outcome;
use crate::cluster::Cluster;
use crate::manifests::{scenario, values};
use crate::metallb::{self, Given};
use crate::render::overlay;
use crate::report::table;

const HEAD: [&str; 5] = ["instance", "address", "pool", "answered on", "Services"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Layout {
    instances: Vec<Instance>,
}

/// Instance, address, pool, and the VLANs that answered, for some Services.
type Rows = BTreeMap<(usize, IpAddr), (String, String, Vec<String>)>;

pub(crate) fn layout() -> Vec<Instance> {
    scenario::<Layout>("side-by-side.yaml").instances
}

pub(crate) fn run(cluster: &Cluster) -> Outcome<()> {
    let rendered = rendered()?;
    let rows = prove(cluster, &rendered)?.into_iter().map(|((place, address), (pool, vlans, services))| {
        [rendered[place].0.overlay.clone(), address.to_string(), pool, vlans, services.join(", ")]
    });
    cluster.report.add("proof", table(HEAD, &rows.collect::<Vec<_>>()));
    Ok(())
}

/// Every instance and what its overlay renders.
pub(crate) fn rendered() -> Outcome<Vec<Rendered>> {
    let with_text = |instance: Instance| {
        let text = overlay(&instance.overlay)?;
        Ok((instance, text))
    };
    layout().into_iter().map(with_text).collect()
}

/// Proves it of these manifests; the table's rows.
pub(crate) fn prove(cluster: &Cluster, rendered: &[Rendered]) -> Outcome<Rows> {
    let staged = stage(cluster, rendered)?;
    judge(cluster, &staged, rendered)
}

/// Proves it of instances that have come to the cluster in some way.
pub(crate) fn judge(cluster: &Cluster, staged: &Staged, rendered: &[Rendered]) -> Outcome<Rows> {
    let mut seen = Vec::new();
    for (instance, text) in rendered {
        let addresses = metallb::given(&cluster.kube, &instance.overlay)?;
        own_pools_only(instance, &values(text)?, &addresses)?;
        seen.push((instance, addresses));
    }
    nobody_complains(cluster, staged)?;
    own_vlans_only(cluster, &seen)
}

/// The pool that MetalLB names is the instance's, and the address is in the range that was rendered for it.
fn own_pools_only(instance: &Instance, manifests: &[Value], services: &Addresses) -> Outcome<()> {
    for (name, given) in services {
        if !instance.pools.contains_key(&given.pool) {
            return Err(format!("{}/{name} has an address of {}", instance.overlay, given.pool));
        }
        let address = parsed(given)?;
        if !ranges(manifests, &given.pool).into_iter().any(|range| addresses::contains(range, address)) {
            return Err(format!("{}/{name}: {address} is not in {}", instance.overlay, given.pool));
        }
    }
    Ok(())
}

fn ranges(manifests: &[Value], pool: &str) -> Vec<addresses::Interval> {
    let pools =
        manifests.iter().filter(|item| item["kind"] == "IPAddressPool" && item["metadata"]["name"] == pool);
    let listed = pools.flat_map(|pool| pool["spec"]["addresses"].as_array().into_iter().flatten());
    listed.filter_map(Value::as_str).filter_map(addresses::parse).flatten().collect()
}

fn nobody_complains(cluster: &Cluster, staged: &Staged) -> Outcome<()> {
    nobody_is_refused(cluster, staged)?;
    let states = metallb::states(&cluster.kube)?;
    if states.len() != 2 {
        return Err(format!("not the state of a controller and a speaker: {states:?}"));
    }
    match states.iter().find(|(_, state)| state.result != "Valid") {
        Some((name, state)) => Err(format!("{name} is {}: {}", state.result, state.errors)),
        None => Ok(()),
    }
}

/// Each address is answered for on exactly the interface of its pool.
fn own_vlans_only(cluster: &Cluster, seen: &[(&Instance, Addresses)]) -> Outcome<Rows> {
    let all: BTreeSet<IpAddr> =
        seen.iter().flat_map(|(_, services)| services.values()).map(parsed).collect::<Outcome<_>>()?;
    let answers = cluster.vlans.who_answers(&all)?;
    let (mut rows, mut wrong) = (Rows::new(), Vec::new());
    for (place, (instance, services)) in seen.iter().enumerate() {
        for (name, given) in services {
            let address = parsed(given)?;
            let answered = &answers[&address];
            let list = answered.iter().cloned().collect::<Vec<_>>().join(", ");
            if answered != &BTreeSet::from([instance.pools[&given.pool].clone()]) {
                wrong.push(format!("{}/{name} {address} answered on [{list}]", instance.overlay));
            }
            let row = rows.entry((place, address)).or_insert_with(|| (given.pool.clone(), list, Vec::new()));
            row.2.push(name.clone());
        }
    }
    if wrong.is_empty() { Ok(rows) } else { Err(wrong.join("\n")) }
}

fn parsed(given: &Given) -> Outcome<IpAddr> {
    given.address.parse().map_err(|e| format!("{}: {e}", given.address))
}
