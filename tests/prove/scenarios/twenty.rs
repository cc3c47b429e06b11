//! Twenty instances of one plan: every Service has an address of its own instance's slot, answered on its own
//! network only. One instance goes, and nobody else's address changes.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::time::Duration;

use super::planned::Planned;
use super::side_by_side::{self, Rows};
use super::stage::{self, Rendered};
use crate::Outcome;
use crate::cluster::Cluster;
use crate::metallb;
use crate::report::table;
use crate::watch::Watch;

const HEAD: [&str; 5] = ["slot", "instance", "addresses", "answered on", "Services"];
const INSTANCES: usize = 20;
/// Of one instance of `overlays/base`.
const SERVICES: usize = 13;
/// A slot that the plan gives nobody.
const FREE: u32 = 14;
/// How long MetalLB must have been silent for the figures to be final.
const REST: Duration = Duration::from_millis(400);
/// The one that goes: neither the first nor the last.
const GONE: &str = "openstack7";

pub(crate) fn plan() -> Planned {
    Planned::read("plan.yaml", true, SERVICES, &["IPv4"]).unwrap()
}

pub(crate) fn run(cluster: &Cluster) -> Outcome<()> {
    let plan = plan();
    let rendered = plan.rendered()?;
    if rendered.len() != INSTANCES {
        return Err(format!("{} instances, not {INSTANCES}", rendered.len()));
    }
    stage::together(cluster, &rendered)?;
    let rows = prove(cluster, &plan, &rendered)?;
    another_slot_is_noticed(cluster, &plan, &rendered)?;
    one_goes(cluster, &plan, &rendered, &rows)?;
    cluster.report.add("twenty", shown(&plan, &rendered, &rows));
    Ok(())
}

/// Proves of instances that stand beside each other that each has what its slot has.
fn prove(cluster: &Cluster, plan: &Planned, rendered: &[Rendered]) -> Outcome<Rows> {
    let rows = side_by_side::prove(cluster, rendered)?;
    for (instance, _) in rendered {
        plan.in_own_slot(instance, &metallb::given(&cluster.kube, &instance.overlay)?)?;
    }
    Ok(rows)
}

/// A test of the test: were an instance in another slot, its addresses would not be its own.
fn another_slot_is_noticed(cluster: &Cluster, plan: &Planned, rendered: &[Rendered]) -> Outcome<()> {
    let (instance, _) = rendered.last().ok_or("no instance")?;
    let moved = plan.clone().in_slot(&instance.overlay, FREE);
    match moved.in_own_slot(instance, &metallb::given(&cluster.kube, &instance.overlay)?) {
        Err(said) if said.contains("is not of its slot") => Ok(()),
        other => Err(format!("{} in slot {FREE}: {other:?}", instance.overlay)),
    }
}

fn one_goes(cluster: &Cluster, plan: &Planned, rendered: &[Rendered], before: &Rows) -> Outcome<()> {
    let left: Vec<Rendered> = rendered.iter().filter(|(one, _)| one.overlay != GONE).cloned().collect();
    others_stay(plan, &left)?;
    let watch = Watch::start(cluster, None, INSTANCES * SERVICES)?;
    stage::stage(cluster, &left)?;
    metallb::rest(cluster, REST)?;
    let fates = watch.end()?;
    if let Some((name, fate)) = fates.iter().find(|(_, fate)| fate.losses > 0) {
        return Err(format!("when {GONE} went, {name} lost its address: {fate:?}"));
    }
    nobody_answers(cluster, rendered, before)
}

/// Without the one in the plan, the others are rendered as they were: of the lowest, the next and the highest slot.
fn others_stay(plan: &Planned, left: &[Rendered]) -> Outcome<()> {
    let next = left.iter().position(|(one, _)| plan.slot(&one.overlay) > plan.slot(GONE)).unwrap_or_default();
    let some: Vec<&Rendered> = left.iter().take(1).chain(left.get(next)).chain(left.last()).collect();
    let names: Vec<String> = some.iter().map(|(one, _)| one.overlay.clone()).collect();
    let now = plan.clone().only(|name| name != GONE).rendered_of(&names)?;
    match some.iter().zip(&now).find(|((_, before), (_, now))| before != now) {
        Some(((one, _), _)) => Err(format!("without {GONE}, {} is rendered otherwise", one.overlay)),
        None => Ok(()),
    }
}

/// The addresses of the one that has gone are nobody's.
fn nobody_answers(cluster: &Cluster, rendered: &[Rendered], before: &Rows) -> Outcome<()> {
    let gone = |place: &usize| rendered[*place].0.overlay == GONE;
    let addresses: BTreeSet<IpAddr> =
        before.keys().filter(|(place, _)| gone(place)).map(|(_, address)| *address).collect();
    let vlans: BTreeSet<String> = plan().vlans().collect();
    let answers = cluster.vlans.who_answers(&addresses, &vlans)?;
    match answers.iter().find(|(_, answered)| !answered.is_empty()) {
        Some((address, answered)) => {
            Err(format!("{GONE} has gone, but {address} is answered on {answered:?}"))
        }
        None if addresses.is_empty() => Err(format!("{GONE} never had an address")),
        None => Ok(()),
    }
}

fn shown(plan: &Planned, rendered: &[Rendered], rows: &Rows) -> String {
    let line = |(place, (instance, _)): (usize, &Rendered)| {
        let own: Vec<_> = rows.iter().filter(|((of, _), _)| *of == place).collect();
        let addresses: Vec<String> = own.iter().map(|((_, address), _)| address.to_string()).collect();
        let vlans: BTreeSet<&str> = own.iter().map(|(_, (_, vlans, _))| vlans.as_str()).collect();
        let services: usize = own.iter().map(|(_, (_, _, services))| services.len()).sum();
        [
            plan.slot(&instance.overlay).to_string(),
            instance.overlay.clone(),
            addresses.join(", "),
            vlans.into_iter().collect::<Vec<_>>().join(", "),
            services.to_string(),
        ]
    };
    table(HEAD, &rendered.iter().enumerate().map(line).collect::<Vec<_>>())
}
