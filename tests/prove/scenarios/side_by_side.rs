//! Instances beside each other: every Service has an address of its own instance's pool, every address is
//! answered for on its own instance's interface and on no other, and MetalLB has nothing to complain about.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::sync::OnceLock;

use serde::Deserialize;
use serde_json::Value;

use super::addresses;
use crate::cluster::Cluster;
use crate::manifests::{scenario, text_at, values};
use crate::metallb::{self, Given, Mark, until};
use crate::render::{ByHand, render};
use crate::report::Row;
use crate::{Outcome, operators};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Layout {
    pub(crate) instances: Vec<Instance>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Instance {
    pub(crate) overlay: String,
    /// Addresses and host interfaces, as long as no config moves them.
    #[serde(default)]
    by_hand: Vec<ByHand>,
    pub(crate) namespace: String,
    /// How many Services have a VIP: a lost override must not make the proof easier.
    services: usize,
    /// Which host interface announces which pool.
    pub(crate) pools: BTreeMap<String, String>,
}

/// Services that were created, and since when the log may speak of them.
pub(crate) struct Staged {
    begin: Mark,
    services: Vec<Value>,
}

/// An instance and the manifests that are proven.
pub(crate) type Rendered = (Instance, String);
/// What an instance has: its Services' addresses, by their names.
pub(crate) type Addresses = BTreeMap<String, Given>;

pub(crate) fn layout() -> Layout {
    scenario("side-by-side.yaml")
}

pub(crate) fn run(cluster: &Cluster) -> Outcome<()> {
    for row in prove(cluster, &rendered()?)? {
        cluster.report.add(row);
    }
    Ok(())
}

/// Every instance and what its overlay renders.
pub(crate) fn rendered() -> Outcome<Vec<Rendered>> {
    static RENDERED: OnceLock<Outcome<Vec<Rendered>>> = OnceLock::new();
    let with_text = |instance: Instance| {
        let text = render(&instance.overlay, &instance.by_hand)?;
        Ok((instance, text))
    };
    RENDERED.get_or_init(|| layout().instances.into_iter().map(with_text).collect()).clone()
}

/// Proves it of these manifests; the table's rows.
pub(crate) fn prove(cluster: &Cluster, rendered: &[Rendered]) -> Outcome<Vec<Row>> {
    let staged = stage(cluster, rendered)?;
    let mut seen = Vec::new();
    for (instance, text) in rendered {
        let addresses = metallb::given(&cluster.kube, &instance.namespace)?;
        own_pools_only(instance, &values(text)?, &addresses)?;
        seen.push((instance, addresses));
    }
    nobody_complains(cluster, &staged)?;
    own_vlans_only(cluster, &seen)
}

/// All instances as a person would apply them, their Services as the operators would make them, and all of
/// them with an address.
pub(crate) fn stage(cluster: &Cluster, rendered: &[Rendered]) -> Outcome<Staged> {
    metallb::reset(&cluster.kube, super::namespaces())?;
    let begin = metallb::mark(cluster);
    let mut staged = Staged { begin, services: Vec::new() };
    let mut pools = Vec::new();
    for (instance, text) in rendered {
        let manifests = values(text)?;
        for item in manifests.iter().filter(|item| text_at(item, "/apiVersion").starts_with("metallb.io/")) {
            let stored = cluster.kube.apply(item)?;
            if stored["kind"] == "IPAddressPool" {
                pools.push(stored);
            }
        }
        metallb::wait_for_pools(cluster, begin, &pools)?;
        let services = operators::services(&manifests);
        let (found, expected) = (services.len(), instance.services);
        if found != expected {
            return Err(format!("{}: {found} Services, not {expected}", instance.overlay));
        }
        staged.services.extend(operators::create(&cluster.kube, &services)?);
        until("every Service has an address", || {
            nobody_is_refused(cluster, &staged)?;
            Ok(metallb::given(&cluster.kube, &instance.namespace)?.len() == expected)
        })?;
    }
    Ok(staged)
}

/// The pool that MetalLB names is the instance's, and the address is in the range that was rendered for it.
fn own_pools_only(instance: &Instance, manifests: &[Value], services: &Addresses) -> Outcome<()> {
    for (name, given) in services {
        if !instance.pools.contains_key(&given.pool) {
            return Err(format!("{}/{name} has an address of {}", instance.namespace, given.pool));
        }
        let address: IpAddr = given.address.parse().map_err(|e| format!("{e}"))?;
        if !ranges(manifests, &given.pool).into_iter().any(|range| addresses::contains(range, address)) {
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

fn nobody_is_refused(cluster: &Cluster, staged: &Staged) -> Outcome<()> {
    match metallb::failures(cluster, staged.begin, &staged.services).first() {
        Some(failure) => Err(format!("an allocation failed: {failure}")),
        None => Ok(()),
    }
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
fn own_vlans_only(cluster: &Cluster, seen: &[(&Instance, Addresses)]) -> Outcome<Vec<Row>> {
    let parsed =
        |given: &Given| given.address.parse::<IpAddr>().map_err(|e| format!("{}: {e}", given.address));
    let all: BTreeSet<IpAddr> =
        seen.iter().flat_map(|(_, services)| services.values()).map(parsed).collect::<Outcome<_>>()?;
    let answers: BTreeMap<IpAddr, BTreeSet<String>> = cluster.vlans.who_answers(&all)?.into_iter().collect();
    let (mut rows, mut wrong) = (Vec::new(), Vec::new());
    for (instance, services) in seen {
        for (name, given) in services {
            let answered = &answers[&parsed(given)?];
            let list = answered.iter().cloned().collect::<Vec<_>>().join(", ");
            if answered != &BTreeSet::from([instance.pools[&given.pool].clone()]) {
                wrong.push(format!("{}/{name} {} answered on [{list}]", instance.namespace, given.address));
            }
            let instance = instance.namespace.clone();
            rows.push([name.clone(), instance, given.pool.clone(), given.address.clone(), list]);
        }
    }
    if wrong.is_empty() { Ok(rows) } else { Err(wrong.join("\n")) }
}
