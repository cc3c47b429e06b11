//! `pinned-address`: an address of `spec.endpoints.loadBalancerIPs` that cannot be had.
//!
//! Source: MetalLB `controller/service.go` (one address, or one of each family), `internal/allocator/allocator.go`
//! ("is not compatible with requested address pool").

use std::net::IpAddr;

use crate::address::{Block, address};
use crate::catalogue::annotations::Meaning;
use crate::change::{Changes, Edit};
use crate::context::Context;
use crate::find::select;
use crate::inventory::annotated;
use crate::krm::{Finding, Item};
use crate::path;
use crate::yaml::PointerBuf;

pub(super) fn check(context: &Context<'_>, changes: &mut Changes) {
    let mut findings = Vec::new();
    for (endpoint, text) in &context.instance.spec.endpoints.load_balancer_ips {
        if let Err(reason) = addresses(text) {
            let message = format!("spec.endpoints.loadBalancerIPs.{endpoint}: {reason}");
            findings.push(Finding::error("pinned-address", message));
        }
    }
    for plane in context.inventory.control_planes() {
        for (pointer, ips, pool) in pinned(context, plane, changes) {
            findings.extend(outside(context, plane, &pointer, &ips, &pool, changes));
        }
    }
    changes.report_all(findings);
}

/// One address, or one of each family.
fn addresses(text: &str) -> Result<Vec<IpAddr>, String> {
    let each: Result<Vec<IpAddr>, _> = text.split(',').map(|word| address(word.trim())).collect();
    let each = each.map_err(|error| error.to_string())?;
    match each.as_slice() {
        [_] => Ok(each),
        [one, two] if one.is_ipv4() != two.is_ipv4() => Ok(each),
        _ => Err(format!(
            "{text:?} must be one address, or one IPv4 and one IPv6 address with a comma between"
        )),
    }
}

/// The addresses that the config pinned, each with the pool that its Service will ask for.
fn pinned(context: &Context<'_>, plane: &Item<'_>, changes: &Changes) -> Vec<(PointerBuf, String, String)> {
    let pins = &context.instance.spec.endpoints.load_balancer_ips;
    let present = annotated(plane.node).into_iter().map(|annotation| annotation.map);
    let planned = changes.edits(plane).map(crate::change::Edits::entries).unwrap_or_default().iter();
    let planned = planned.filter_map(|(pointer, edit)| match edit {
        Edit::Set(_) => pointer.parent().map(json_patch::jsonptr::Pointer::to_buf),
        Edit::Remove => None,
    });
    let mut maps: Vec<PointerBuf> = present.chain(planned).collect();
    maps.sort_by_cached_key(ToString::to_string);
    maps.dedup();
    maps.into_iter()
        .filter_map(|map| {
            let (_, pool) = annotation(plane, changes, &map, Meaning::AddressPool)?;
            let (place, ips) = annotation(plane, changes, &map, Meaning::LoadBalancerIps)?;
            pins.values().any(|pin| *pin == ips).then_some((place, ips, pool))
        })
        .collect()
}

/// An annotation of a map as the transforms leave it; the new domain wins, as for MetalLB.
fn annotation(
    plane: &Item<'_>,
    changes: &Changes,
    map: &PointerBuf,
    meaning: Meaning,
) -> Option<(PointerBuf, String)> {
    ["metallb.io", "metallb.universe.tf"].into_iter().find_map(|domain| {
        let mut place = map.clone();
        place.push_back(format!("{domain}/{}", meaning.name()));
        let text = changes.text(plane, &place)?.to_owned();
        Some((place, text))
    })
}

fn outside(
    context: &Context<'_>,
    plane: &Item<'_>,
    pointer: &PointerBuf,
    ips: &str,
    pool: &str,
    changes: &Changes,
) -> Option<Finding> {
    let item = context.inventory.all_pools().find(|item| changes.name(item) == pool)?;
    let entries = select(item.node, path!("spec.addresses.[]")).into_iter();
    let blocks: Vec<Block> =
        entries.filter_map(|entry| Block::parse(changes.text(item, &entry.pointer)?).ok()).collect();
    let stray =
        addresses(ips).ok()?.into_iter().find(|ip| !blocks.iter().any(|block| block.contains(*ip)))?;
    let message = format!(
        "the pinned address {stray} is not in IPAddressPool {pool}, so MetalLB would refuse it; pin one of its addresses \
         in spec.endpoints.loadBalancerIPs, or name its pool in spec.endpoints.pools"
    );
    Some(Finding::error("pinned-address", message).at(plane, pointer))
}
