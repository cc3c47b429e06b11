//! Instances beside each other: every Service has an address of its own instance's pool, every address is
//! answered for on its own instance's interface and on no other, and MetalLB has nothing to complain about.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use serde::Deserialize;
use serde_json::Value;

use super::addresses;
use crate::cluster::Cluster;
use crate::manifests::{render, scenario, text_at, values};
use crate::metallb::{self, Given, until};
use crate::{Outcome, operators};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Layout {
    pub(crate) instances: Vec<Instance>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Instance {
    pub(crate) overlay: String,
    pub(crate) namespace: String,
    /// How many Services have a VIP: a lost override must not make the proof easier.
    services: usize,
    /// Which host interface announces which pool.
    pub(crate) pools: BTreeMap<String, String>,
}

/// What an instance has: its Services' addresses, by their names.
pub(crate) type Addresses = BTreeMap<String, Given>;

pub(crate) fn layout() -> Layout {
    scenario("side-by-side.yaml")
}

pub(crate) fn run(cluster: &Cluster) -> Outcome<()> {
    let failed_before = metallb::failures(cluster).len();
    let instances = layout().instances;
    stage(cluster)?;
    let mut seen = Vec::new();
    for instance in &instances {
        let addresses = metallb::given(&cluster.kube, &instance.namespace)?;
        own_pools_only(instance, &addresses)?;
        seen.push((instance, addresses));
    }
    nobody_complains(cluster, failed_before)?;
    own_vlans_only(cluster, &seen)
}

/// Both instances as a person would apply them, their Services as the operators would make them, and all of
/// them with an address.
pub(crate) fn stage(cluster: &Cluster) -> Outcome<()> {
    metallb::reset(&cluster.kube, super::namespaces())?;
    for instance in layout().instances {
        let manifests = values(&render(&instance.overlay)?)?;
        for item in manifests.iter().filter(|item| text_at(item, "/apiVersion").starts_with("metallb.io/")) {
            cluster.kube.apply(item)?;
        }
        let services = operators::services(&manifests);
        let (found, expected) = (services.len(), instance.services);
        if found != expected {
            return Err(format!("{}: {found} Services, not {expected}", instance.overlay));
        }
        operators::create(&cluster.kube, &services)?;
        until("every Service has an address", || {
            Ok(metallb::given(&cluster.kube, &instance.namespace)?.len() == expected)
        })
        .map_err(|error| format!("{error}\n{}", metallb::failures(cluster).join("\n")))?;
    }
    Ok(())
}

/// The pool that MetalLB names is the instance's, and the address is in the range that was rendered for it.
fn own_pools_only(instance: &Instance, services: &Addresses) -> Outcome<()> {
    let manifests = values(&render(&instance.overlay)?)?;
    for (name, given) in services {
        if !instance.pools.contains_key(&given.pool) {
            return Err(format!("{}/{name} has an address of {}", instance.namespace, given.pool));
        }
        let address: IpAddr = given.address.parse().map_err(|e| format!("{e}"))?;
        if !ranges(&manifests, &given.pool).into_iter().any(|range| addresses::contains(range, address)) {
            return Err(format!("{}/{name}: {address} is not in {}", instance.namespace, given.pool));
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

fn nobody_complains(cluster: &Cluster, failed_before: usize) -> Outcome<()> {
    let failures = metallb::failures(cluster);
    if let Some(failure) = failures.get(failed_before) {
        return Err(format!("an allocation failed: {failure}"));
    }
    let states = metallb::states(&cluster.kube)?;
    if states.len() != 2 {
        return Err(format!("not the state of a controller and a speaker: {states:?}"));
    }
    match states.iter().find(|(_, state)| state.result != "Valid") {
        Some((name, state)) => Err(format!("{name} is {}: {}", state.result, state.errors)),
        None => Ok(()),
    }
}

/// Each address is answered for on exactly the interface of its pool; fills the report's table.
fn own_vlans_only(cluster: &Cluster, seen: &[(&Instance, Addresses)]) -> Outcome<()> {
    let parsed =
        |given: &Given| given.address.parse::<IpAddr>().map_err(|e| format!("{}: {e}", given.address));
    let all: BTreeSet<IpAddr> =
        seen.iter().flat_map(|(_, services)| services.values()).map(parsed).collect::<Outcome<_>>()?;
    let answers: BTreeMap<IpAddr, BTreeSet<String>> = cluster.vlans.who_answers(&all)?.into_iter().collect();
    let mut wrong = Vec::new();
    for (instance, services) in seen {
        for (name, given) in services {
            let answered = &answers[&parsed(given)?];
            let list = answered.iter().cloned().collect::<Vec<_>>().join(", ");
            if answered != &BTreeSet::from([instance.pools[&given.pool].clone()]) {
                wrong.push(format!("{}/{name} {} answered on [{list}]", instance.namespace, given.address));
            }
            let instance = instance.namespace.clone();
            cluster.report.add([name.clone(), instance, given.pool.clone(), given.address.clone(), list]);
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}
