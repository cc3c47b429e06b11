//! Live pools: whose they are, who draws on them, what announces them; and what two of them have in common.

use crate::krm::{Item, kind_argument};
use crate::model::{Model, Pool, common, shown};

use super::Fault;
use super::command::{apply, kubectl};
use super::live::{Live, Service};
use super::table::{POOL_ELSEWHERE, POOL_OVERLAP, POOL_TAKEN, POOL_UNANNOUNCED};

/// A line of the table of pools.
#[derive(Debug, Clone)]
pub struct PoolLine {
    /// The pool's name.
    pub name: String,
    /// The namespaces that it is for; empty where it is open to more than named ones.
    pub namespaces: Vec<String>,
    /// `spec.addresses`.
    pub addresses: Vec<String>,
    /// How many Services have an address of it.
    pub services: usize,
    /// Whether it is on the cluster.
    pub is_there: bool,
    /// Whether it is rendered.
    pub is_rendered: bool,
}

/// The live pools, and those that are rendered and not there.
pub(super) fn lines<'a>(rendered: &Model<'a>, live: &Live<'a>) -> Vec<PoolLine> {
    let there = live.model.pools.iter().map(|pool| {
        let is_rendered = rendered.pool(pool.name).is_some();
        PoolLine { services: users(live, pool).count(), is_there: true, is_rendered, ..line(pool) }
    });
    let gone = rendered.pools.iter().filter(|pool| live.model.pool(pool.name).is_none());
    let mut lines: Vec<PoolLine> = there.chain(gone.map(line)).collect();
    lines.sort_by(|one, other| one.name.cmp(&other.name));
    lines
}

fn line(pool: &Pool<'_>) -> PoolLine {
    let owned = |texts: Vec<&str>| texts.into_iter().map(str::to_owned).collect();
    PoolLine {
        name: pool.name.to_owned(),
        namespaces: owned(pool.scope().unwrap_or_default()),
        addresses: pool.addresses.iter().map(|entry| entry.text.to_owned()).collect(),
        services: 0,
        is_there: false,
        is_rendered: true,
    }
}

/// The Services that have an address of a pool.
fn users<'m, 'a>(live: &'m Live<'a>, pool: &'m Pool<'a>) -> impl Iterator<Item = &'m Service<'a>> {
    let has = |service: &&Service<'a>| service.addresses.iter().any(|address| pool.contains(*address));
    live.services.iter().filter(has)
}

/// What is wrong with pools.
pub(super) fn faults<'a>(rendered: &Model<'a>, live: &Live<'a>) -> Vec<Fault> {
    let mut faults: Vec<Fault> = overlaps(rendered, live);
    for pool in &rendered.pools {
        faults.extend(elsewhere(pool, live));
        if let Some(found) = live.model.pool(pool.name) {
            faults.extend(unannounced(rendered, pool, live, found));
            faults.extend(taken(pool, live, found));
        }
    }
    faults
}

/// Two live pools with the same addresses, one of which is rendered. MetalLB's webhook refuses that, where it is there.
///
/// Pools of another namespace than the rendered one are none to MetalLB.
///
/// Source: MetalLB `internal/config/config.go` ("overlaps with already defined CIDR").
fn overlaps(rendered: &Model<'_>, live: &Live<'_>) -> Vec<Fault> {
    let is_rendered = |pool: &Pool<'_>| rendered.pool(pool.name).is_some();
    let mut faults = Vec::new();
    for (at, pool) in live.model.pools.iter().enumerate() {
        for other in live.model.pools.iter().skip(at + 1) {
            let (own, other) = if is_rendered(pool) { (pool, other) } else { (other, pool) };
            if is_rendered(own) && own.item.namespace() == other.item.namespace() {
                faults.extend(overlap(own, other));
            }
        }
    }
    faults
}

fn overlap(own: &Pool<'_>, other: &Pool<'_>) -> Option<Fault> {
    let of_other = |(_, block)| other.blocks().find_map(|(_, theirs)| common(&block, &theirs));
    let both = own.blocks().find_map(of_other)?;
    let whose = match other.scope() {
        Some(namespaces) => format!("that of {}", namespaces.join(", ")),
        None => "open to every namespace".to_owned(),
    };
    let cause = format!(
        "{} is also in {}, {whose}, and MetalLB takes no change of its pools while two of them overlap",
        shown(&both),
        other.item.reference()
    );
    let command = get(&own.item, &[own.name, other.name]);
    Some(
        Fault::new(&POOL_OVERLAP, &cause, "see whose it is, and change or delete one", command)
            .about(&own.item),
    )
}

/// A pool of the same name where MetalLB does not read it.
fn elsewhere(pool: &Pool<'_>, live: &Live<'_>) -> Vec<Fault> {
    let same = live.model.pools.iter().filter(|other| other.name == pool.name);
    let namespace = pool.item.namespace();
    let others = same.filter(|other| namespace.is_some() && other.item.namespace() != namespace);
    let fault = |other: &Pool<'_>| {
        let place = other.item.namespace().unwrap_or_default();
        let cause = format!(
            "another pool of this name is in namespace {place}, and MetalLB reads the pools of one namespace only"
        );
        let command = get(&other.item, &[other.name]);
        Fault::new(&POOL_ELSEWHERE, &cause, "see which of them is meant, and delete the other", command)
            .on(&pool.item)
    };
    others.map(fault).collect()
}

/// A pool that no live advertisement announces: its Services have addresses, and nobody answers for them.
///
/// Source: MetalLB `speaker/layer2_controller.go`, `speaker/bgp_controller.go` (only pools with advertisements).
fn unannounced<'a>(
    rendered: &Model<'a>,
    pool: &Pool<'a>,
    live: &Live<'a>,
    found: &Pool<'a>,
) -> Option<Fault> {
    let is_near = |item: &Item<'_>| item.namespace() == found.item.namespace();
    let mut announcing = live.model.advertisements.iter().filter(|one| is_near(&one.item));
    if announcing.any(|one| one.announces(found)) {
        return None;
    }
    let services = users(live, found).count();
    let own = rendered.advertisements.iter().find(|one| one.announces(pool));
    let (tail, remedy, command) = if let Some(own) = own {
        let tail = format!("the live {} does not name it as rendered", own.item.reference());
        (tail, "apply what is rendered", apply(&own.item, true))
    } else {
        let kinds = "L2Advertisement.v1beta1.metallb.io,BGPAdvertisement.v1beta1.metallb.io";
        let command = kubectl(&["get", kinds, "--all-namespaces"]);
        ("none is rendered either".to_owned(), "name it in one", command)
    };
    let cause = format!(
        "no live advertisement announces it, so nothing answers for the addresses of its Services ({services}); {tail}"
    );
    Some(Fault::new(&POOL_UNANNOUNCED, &cause, remedy, command).on(&pool.item))
}

/// Services of a pool that it is not for, as it is rendered.
fn taken<'a>(pool: &Pool<'a>, live: &Live<'a>, found: &Pool<'a>) -> Vec<Fault> {
    let is_foreign = |service: &&Service<'_>| pool.admits(service.namespace) == Some(false);
    let fault = |service: &Service<'_>| {
        let cause = format!(
            "it has {} of pool {}, which is for {}",
            service.shown_addresses(),
            pool.name,
            pool.scope().unwrap_or_default().join(", ")
        );
        let remedy = "close the pool as it is rendered, and MetalLB takes the address back";
        Fault::new(&POOL_TAKEN, &cause, remedy, apply(&pool.item, true)).about(&service.item)
    };
    users(live, found).filter(is_foreign).map(fault).collect()
}

fn get(item: &Item<'_>, names: &[&str]) -> String {
    let kind = kind_argument(item.api_version, item.kind);
    let namespace = item.namespace().unwrap_or_default();
    kubectl(&[&["get", kind.as_str(), "-n", namespace, "-o", "yaml"], names].concat())
}
