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
pub(crate) type Rows = BTreeMap<(usize, IpAddr), (String, String, Vec<String>)>;

pub(crate) fn layout() -> Vec<Instance> {
    scenario::<Layout>("side-by-side.yaml").instances
}

/// The host interfaces of all their pools.
pub(crate) fn vlans() -> BTreeSet<String> {
    layout().into_iter().flat_map(|instance| instance.pools.into_values()).collect()
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
        let ranges = ranges(manifests, &given.pool);
        let parsed = parsed(given)?;
        if let Some(address) = parsed.iter().find(|address| !addresses::within(&ranges, **address)) {
            return Err(format!("{}/{name}: {address} is not in {}", instance.overlay, given.pool));
        }
        one_of_each(instance, &parsed).map_err(|error| format!("{}/{name}: {error}", instance.overlay))?;
    }
    Ok(())
}

/// One address of each family of the instance's, and no other.
fn one_of_each(instance: &Instance, given: &[IpAddr]) -> Outcome<()> {
    let family = |address: &IpAddr| if address.is_ipv4() { "IPv4" } else { "IPv6" };
    let mut families: Vec<&str> = given.iter().map(family).collect();
    families.sort_unstable();
    let right = instance.families.iter().map(String::as_str).eq(families);
    if right { Ok(()) } else { Err(format!("{given:?}, not one address of each of {:?}", instance.families)) }
}

fn ranges(manifests: &[Value], pool: &str) -> Vec<addresses::Interval> {
    let pools =
        manifests.iter().filter(|item| item["kind"] == "IPAddressPool" && item["metadata"]["name"] == pool);
    let listed = pools.flat_map(|pool| pool["spec"]["addresses"].as_array().into_iter().flatten());
    listed.filter_map(Value::as_str).filter_map(addresses::parse).flatten().collect()
}

pub(crate) fn nobody_complains(cluster: &Cluster, staged: &Staged) -> Outcome<()> {
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
    let all: BTreeSet<IpAddr> = {
        let given = seen.iter().flat_map(|(_, services)| services.values()).map(parsed);
        given.collect::<Outcome<Vec<_>>>()?.into_iter().flatten().collect()
    };
    let answers = cluster.vlans.who_answers(&all, &asked(seen))?;
    let (mut rows, mut wrong) = (Rows::new(), Vec::new());
    for (place, (instance, services)) in seen.iter().enumerate() {
        for (name, given) in services {
            for address in parsed(given)? {
                let answered = &answers[&address];
                let list = answered.iter().cloned().collect::<Vec<_>>().join(", ");
                if answered != &BTreeSet::from([instance.pools[&given.pool].clone()]) {
                    wrong.push(format!("{}/{name} {address} answered on [{list}]", instance.overlay));
                }
                let row = || (given.pool.clone(), list, Vec::new());
                rows.entry((place, address)).or_insert_with(row).2.push(name.clone());
            }
        }
    }
    if wrong.is_empty() { Ok(rows) } else { Err(wrong.join("\n")) }
}

/// The VLANs that are asked: those of the instances that are there, and of those that might be.
fn asked(seen: &[(&Instance, Addresses)]) -> BTreeSet<String> {
    let of_these = seen.iter().flat_map(|(instance, _)| instance.pools.values().cloned());
    vlans().into_iter().chain(of_these).collect()
}

fn parsed(given: &Given) -> Outcome<Vec<IpAddr>> {
    let parse = |text: &String| text.parse().map_err(|e| format!("{text}: {e}"));
    given.addresses.iter().map(parse).collect()
}
