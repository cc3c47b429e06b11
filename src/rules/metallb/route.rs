//! Routes of BGP advertisements: aggregation lengths and local preferences.

use std::collections::{BTreeMap, BTreeSet};

use crate::find::place;
use crate::model::{Advertisement, Model, Nodes, Protocol, Selected, summarized};
use crate::path;
use crate::rules::Report;

/// An aggregation length out of bounds, shorter than a pool's prefix, or beside service selectors.
pub(crate) fn aggregation_length(model: &Model<'_>, report: &mut Report) {
    for advertisement in &model.advertisements {
        let lengths = [(&advertisement.aggregation, 32, true), (&advertisement.aggregation_v6, 128, false)];
        for (length, whole, ipv4) in lengths {
            let Some((pointer, length)) = length else { continue };
            if let Some(reason) = fault(model, advertisement, *length, whole, ipv4) {
                report.at(&advertisement.item, pointer, reason);
            }
        }
    }
}

fn fault(
    model: &Model<'_>,
    advertisement: &Advertisement<'_>,
    length: i64,
    whole: i64,
    ipv4: bool,
) -> Option<String> {
    if length > whole || (ipv4 && length < 1) {
        return Some(format!("{length} is no length of an aggregate; write 1 to {whole}"));
    }
    if !advertisement.service_selectors.is_empty() && length != whole {
        return Some(format!(
            "an aggregate cannot be for selected Services; take spec.serviceSelectors out, or write {whole}"
        ));
    }
    let blocks = model
        .announced(advertisement)
        .flat_map(|pool| pool.blocks().map(move |(entry, block)| (pool, entry, block)));
    let mut wide =
        blocks.filter(|(.., block)| block.first().is_ipv4() == ipv4).filter_map(|(pool, entry, block)| {
            let prefix = i64::from(*summarized(&block).first()?);
            (length < prefix).then_some((pool, entry, prefix))
        });
    let (pool, entry, prefix) = wide.next()?;
    Some(format!(
        "an aggregate of /{length} is wider than {:?} of IPAddressPool {}, whose widest network is /{prefix}; write {prefix} \
         or more, or make the pool's entry one network",
        entry.text, pool.name
    ))
}

/// Two BGP advertisements with a pool, aggregation length, peer and node in common and different `localPref`.
pub(crate) fn local_preference(model: &Model<'_>, report: &mut Report) {
    let bgp = model.advertisements.iter();
    let bgp = bgp.filter(|one| one.protocol == Protocol::Bgp && one.service_selectors.is_empty());
    let bgp: Vec<&Advertisement<'_>> = bgp.collect();
    if bgp.iter().all(|one| bgp.first().is_some_and(|first| preference(first) == preference(one))) {
        return;
    }
    let mut nodes = Nodes::new(model);
    let selected: Vec<Selected> = bgp.iter().map(|one| nodes.selected(&one.node_selectors)).collect();
    let mut by_pool: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (later, (other, there)) in bgp.iter().zip(&selected).enumerate() {
        let mut before: BTreeSet<usize> = BTreeSet::new();
        for pool in model.announced(other) {
            let of_pool = by_pool.entry(pool.item.index).or_default();
            before.extend(of_pool.iter());
            of_pool.push(later);
        }
        for (one, here) in before.into_iter().filter_map(|place| bgp.get(place).zip(selected.get(place))) {
            if preference(one) != preference(other) && here.meets(there) && meet(model, one, other) {
                say(one, other, report);
            }
        }
    }
}

fn say(one: &Advertisement<'_>, other: &Advertisement<'_>, report: &mut Report) {
    let message = format!(
        "local preference {} contradicts {} of BGPAdvertisement {} for the same pool, aggregate and peers; give both the \
         same, or other pools, peers or nodes",
        preference(other),
        preference(one),
        one.item.name()
    );
    report.at(&other.item, &place(path!("spec.localPref")), message);
}

fn preference(advertisement: &Advertisement<'_>) -> i64 {
    advertisement.local_pref.as_ref().map_or(0, |(_, value)| *value)
}

/// Whether both announce one route to one peer.
fn meet(model: &Model<'_>, one: &Advertisement<'_>, other: &Advertisement<'_>) -> bool {
    let all = one.peers.is_empty() || other.peers.is_empty();
    let peers = all || one.peers.iter().any(|peer| other.peers.iter().any(|same| same.text == peer.text));
    let v4 = |one: &Advertisement<'_>| one.aggregation.as_ref().map_or(32, |(_, length)| *length);
    let v6 = |one: &Advertisement<'_>| one.aggregation_v6.as_ref().map_or(128, |(_, length)| *length);
    let (same_v4, same_v6) = (v4(one) == v4(other), v6(one) == v6(other));
    let mut pools = model.announced(one).filter(|pool| other.announces(pool));
    let route = pools
        .any(|pool| pool.blocks().any(|(_, block)| if block.first().is_ipv4() { same_v4 } else { same_v6 }));
    peers && route
}
