//! `IPAddressPool`: what MetalLB rejects, entries that are not what they look like, and who may use it.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv6Addr};

use crate::find::place;
use crate::inventory::SHARED;
use crate::krm::Item;
use crate::model::{Fault, Model, Pool, Selector, prefix_text};
use crate::path;
use crate::rules::Report;

/// MetalLB rejects a pool without a name or without addresses, and every other pool with it.
pub(crate) fn empty(model: &Model<'_>, report: &mut Report) {
    for pool in &model.pools {
        if pool.name.is_empty() {
            report.on(
                &pool.item,
                "the pool has no name, and MetalLB loads no pool beside it; set metadata.name",
            );
        }
        if pool.addresses.is_empty() {
            let message = "the pool has no addresses, and MetalLB loads no pool beside it; list CIDRs or ranges in \
                           spec.addresses, or take the pool out";
            report.at(&pool.item, &place(path!("spec.addresses")), message);
        }
    }
}

/// An entry of `spec.addresses` that MetalLB cannot read; it then loads no pool at all.
pub(crate) fn unreadable_entry(model: &Model<'_>, report: &mut Report) {
    for pool in &model.pools {
        for entry in &pool.addresses {
            if let Err(Fault::Syntax(reason)) = &entry.block {
                let message = format!(
                    "MetalLB cannot read {:?} and would load no pool at all: {reason}; write a CIDR (172.17.0.0/24) or a \
                     range (172.17.0.80-172.17.0.90)",
                    entry.text
                );
                report.at(&pool.item, &entry.pointer, message);
            }
        }
    }
}

/// A range from one family to the other. MetalLB accepts it, although it holds no address, and panics when BGP
/// advertisements disagree about it.
pub(crate) fn mixed_families(model: &Model<'_>, report: &mut Report) {
    for pool in &model.pools {
        for entry in pool.addresses.iter().filter(|entry| entry.block == Err(Fault::Mixed)) {
            let message = format!(
                "the range {:?} begins in one address family and ends in the other, so it holds no address; write one \
                 range for each family",
                entry.text
            );
            report.at(&pool.item, &entry.pointer, message);
        }
    }
}

/// An IPv4-mapped IPv6 address, which MetalLB's own overlap check may miss.
pub(crate) fn mapped_ipv4(model: &Model<'_>, report: &mut Report) {
    for pool in &model.pools {
        for entry in pool.addresses.iter().filter(|entry| is_mapped(entry.text)) {
            let message = format!(
                "{:?} writes IPv4 addresses as IPv6, which MetalLB's overlap check may miss; write them as IPv4",
                entry.text
            );
            let finding = report.finding(message).at(&pool.item, &entry.pointer);
            report.add(match &entry.block {
                Ok(block) if block.first().is_ipv4() => finding.proposing(block.to_string()),
                _ => finding,
            });
        }
    }
}

fn is_mapped(text: &str) -> bool {
    let words = text.split(['-', '/']).map(str::trim);
    words.filter_map(|word| word.parse::<Ipv6Addr>().ok()).any(|ip| ip.to_ipv4_mapped().is_some())
}

/// MetalLB reads `/08` as `/8`; other programs reject it or read it as octal.
pub(crate) fn leading_zero(model: &Model<'_>, report: &mut Report) {
    for pool in &model.pools {
        for (entry, block) in pool.blocks() {
            let length = prefix_text(entry.text).unwrap_or_default();
            if length.len() > 1 && length.starts_with('0') {
                let message = format!(
                    "MetalLB reads {:?} as {block}, and other programs refuse it; write the prefix length without zeros \
                     before it",
                    entry.text
                );
                report
                    .add(report.finding(message).at(&pool.item, &entry.pointer).proposing(block.to_string()));
            }
        }
    }
}

/// MetalLB reads `172.17.0.85/24` as the whole of `172.17.0.0/24`.
pub(crate) fn host_bits(model: &Model<'_>, report: &mut Report) {
    for pool in &model.pools {
        for (entry, block) in pool.blocks().filter(|(_, block)| block.is_cidr()) {
            let written = entry.text.split('/').next().and_then(|ip| ip.parse::<IpAddr>().ok());
            if written.is_some_and(|ip| ip.to_canonical() != block.first()) {
                let message = format!(
                    "{:?} has bits behind its prefix and is all of {block} to MetalLB; write {block}, or the range that is \
                     meant",
                    entry.text
                );
                report
                    .add(report.finding(message).at(&pool.item, &entry.pointer).proposing(block.to_string()));
            }
        }
    }
}

/// MetalLB rejects two pools of one name, and Kubernetes keeps the later one.
pub(crate) fn duplicate(model: &Model<'_>, report: &mut Report) {
    let mut names = BTreeSet::new();
    for pool in model.pools.iter().filter(|pool| !pool.name.is_empty()) {
        if !names.insert(pool.name) {
            let message = format!(
                "a second IPAddressPool {} would overwrite the first one's addresses; give each its own name",
                pool.name
            );
            report.at(&pool.item, &place(path!("metadata.name")), message);
        }
    }
}

/// `serviceAllocation.namespaces` names a namespace twice; MetalLB then loads no pool at all.
pub(crate) fn namespace_twice(model: &Model<'_>, report: &mut Report) {
    for pool in &model.pools {
        let mut named = BTreeSet::new();
        for namespace in &pool.namespaces {
            if !named.insert(namespace.text) {
                let message = format!(
                    "namespace {} is listed twice, and MetalLB then loads no pool at all; take one out",
                    namespace.text
                );
                report.at(&pool.item, &namespace.pointer, message);
            }
        }
    }
}

/// The label in which the API server puts every Namespace's name.
const NAME: &str = "kubernetes.io/metadata.name";

/// `namespaces` and `namespaceSelectors` are joined by OR, and selectors that match nothing open the pool to everyone.
///
/// Source: MetalLB `internal/config/config.go`, `internal/allocator/allocator.go`: an empty list of namespaces closes
/// nothing, and a list that selectors should have filled is empty where no namespace has their labels.
pub(crate) fn namespace_selectors(model: &Model<'_>, report: &mut Report) {
    let place = &place(path!("spec.serviceAllocation.namespaceSelectors"));
    for pool in model.pools.iter().filter(|pool| !pool.namespace_selectors.is_empty()) {
        let message = if pool.scope().is_some() {
            "the selectors let further namespaces into the instance's pool; take them out, or name the namespaces in \
             spec.serviceAllocation.namespaces"
        } else if pool.namespace_selectors.iter().any(Selector::is_empty) {
            "an empty selector lets every namespace in; name the namespaces in spec.serviceAllocation.namespaces"
        } else if !selects_some(model, pool) {
            "where no namespace has these labels the pool is open to all, and no Namespace of the list has them; name the \
             namespaces in spec.serviceAllocation.namespaces, which stays closed"
        } else {
            continue;
        };
        report.at(&pool.item, place, message);
    }
}

/// Whether a Namespace in the list, or a control plane's namespace, matches one of a pool's selectors.
fn selects_some(model: &Model<'_>, pool: &Pool<'_>) -> bool {
    let namespaces = model.objects.iter().filter(|item| item.is("", "Namespace")).map(labels);
    let of_planes = model.control_planes.iter().filter_map(|plane| Some([(NAME, plane.namespace?)].into()));
    let mut known = namespaces.chain(of_planes);
    known.any(|labels| pool.namespace_selectors.iter().any(|selector| selector.matches(&labels)))
}

/// A Namespace's labels, with that of its name.
fn labels<'a>(item: &Item<'a>) -> BTreeMap<&'a str, &'a str> {
    let mut labels = item.labels();
    labels.insert(NAME, item.name());
    labels
}

/// A pool that no advertisement announces: nobody answers for its addresses.
///
/// Runs only if the list holds an advertisement; else they belong to another stage. A warning, since some may. A
/// shared pool is not reported, because its advertisement belongs to the cluster.
pub(crate) fn unadvertised(model: &Model<'_>, report: &mut Report) {
    if model.advertisements.is_empty() {
        return;
    }
    let is_shared = |pool: &Pool<'_>| {
        pool.item.annotation(SHARED) == Some("true")
            || model.known_pools.iter().any(|known| known == pool.name)
    };
    for pool in model.pools.iter().filter(|pool| !is_shared(pool)) {
        if !model.advertisements.iter().any(|advertisement| advertisement.announces(pool)) {
            let message = "no advertisement of the list announces this pool, so its Services get addresses that nobody \
                           answers for; name it in an L2Advertisement or a BGPAdvertisement";
            report.on(&pool.item, message);
        }
    }
}
