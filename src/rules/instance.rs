//! Checks that need the config, or the list as it came in. They run after the transforms and read the planned changes.
//!
//! They never edit, and must not know how a change came about.

use std::collections::BTreeMap;
use std::net::IpAddr;

use crate::address::{Block, address};
use crate::catalogue::annotations::{Meaning, NEW_DOMAIN, OLD_DOMAIN};
use crate::catalogue::kinds::{self, CLUSTER_OPERATORS, METALLB};
use crate::change::{Changes, Edit};
use crate::config::check_namespace;
use crate::context::{Context, Whose};
use crate::find::{place, select, under};
use crate::inventory::{INSTANCE, MOVES, annotated};
use crate::krm::Item;
use crate::model::{self, Identity, identity_as};
use crate::path;
use crate::rules::Report;
use crate::yaml::PointerBuf;

/// A run without a change and without any object of a kind that is ever changed.
pub(crate) fn nothing_to_do(context: &Context<'_>, changes: &Changes, report: &mut Report) {
    let items = &context.inventory.own;
    let is_known = |item: &Item<'_>| {
        kinds::is_of_an_instance(item.group(), item.kind) || !annotated(item.node).is_empty()
    };
    if !changes.is_empty() || items.iter().any(is_known) {
        return;
    }
    let message = match items.len() + context.inventory.shared.len() {
        0 => "the list holds no object to change, so nothing was changed".to_owned(),
        count => format!(
            "none of the {count} objects is of a kind that this function changes ({}, annotated Services, objects in \
             spec.from.namespace), so nothing was changed",
            kinds::OF_AN_INSTANCE
        ),
    };
    report.add(report.finding(message));
}

/// An object that an earlier run made for this instance, with other moves than today's: what the base had is not there any
/// more, so that nothing can be made of it.
pub(crate) fn made_by_another_config(context: &Context<'_>, _changes: &Changes, report: &mut Report) {
    for item in context.inventory.own.iter().filter(|item| context.whose(item) == Whose::Own) {
        let Some(made) = item.annotation(MOVES).filter(|made| Some(*made) != context.moves()) else {
            continue;
        };
        let message = format!(
            "spec.networks, spec.interfaces or spec.hosts moved other addresses, VLANs, interfaces, domains or hosts ({made}) \
             when this object was made for {}; make it from the base again, not from what was made of it",
            context.instance.namespace
        );
        report.at(item, &under(&place(path!("metadata.annotations")), &[MOVES]), message);
    }
}

/// An object of another instance among those of the base: it is left as it is.
pub(crate) fn made_for_another(context: &Context<'_>, _changes: &Changes, report: &mut Report) {
    for item in &context.inventory.own {
        let Whose::Other(other) = context.whose(item) else { continue };
        let own = &context.instance.namespace;
        let message = if check_namespace("", other).is_ok() {
            format!(
                "the object was made for the instance {other} and stays as it is; leave it out, or set \
                 spec.from.namespace: {other} to make {own} from it"
            )
        } else {
            format!(
                "the annotation says that the object was made for {other:?}, which can be no instance's name, so it stays as \
                 it is; take the annotation out"
            )
        };
        report.at(item, &under(&place(path!("metadata.annotations")), &[INSTANCE]), message);
    }
}

/// Two pools with one name after the run.
pub(crate) fn pool_collision(context: &Context<'_>, changes: &Changes, report: &mut Report) {
    let mut seen: BTreeMap<String, &Item<'_>> = BTreeMap::new();
    for pool in context.inventory.all_pools() {
        let name = changes.name(pool).to_owned();
        match seen.get(&name) {
            Some(first) => pools_collide(first, pool, &name, report),
            None => {
                seen.insert(name, pool);
            }
        }
    }
}

fn pools_collide(first: &Item<'_>, pool: &Item<'_>, name: &str, report: &mut Report) {
    let (one, two) = (first.name(), pool.name());
    let origin = if one == two { format!("two pools are named {one}") } else { format!("{one} and {two}") };
    let message = format!(
        "{origin}: both would be IPAddressPool {name}, and Kubernetes holds one object of a name in MetalLB's namespace, \
         so the second would overwrite the first's addresses and take its instance down; scoping by namespace does not \
         tell them apart: give each its own name, or its own template in spec.names.pool"
    );
    report.at(pool, &place(path!("metadata.name")), message);
}

/// Two objects of one identity after a rename.
pub(crate) fn name_collision(context: &Context<'_>, changes: &Changes, report: &mut Report) {
    let mut seen: BTreeMap<Identity<'_>, &Item<'_>> = BTreeMap::new();
    let objects = context.inventory.own.iter().chain(&context.inventory.shared);
    for item in objects.filter(|item| !item.is(METALLB, "IPAddressPool") && !item.name().is_empty()) {
        let identity = identity_as(item, changes.namespace(item), changes.name(item));
        match seen.get(&identity) {
            Some(first) if model::identity(first) != model::identity(item) => {
                names_collide(first, item, &identity, report);
            }
            Some(_) => {}
            None => {
                seen.insert(identity, item);
            }
        }
    }
}

fn names_collide(
    first: &Item<'_>,
    item: &Item<'_>,
    (_, kind, namespace, name): &Identity<'_>,
    report: &mut Report,
) {
    let identity = namespace.map_or_else(|| (*name).to_owned(), |space| format!("{space}/{name}"));
    let message = format!(
        "{} and {} would both be {kind} {identity}, and one would overwrite the other; rename one in the base",
        first.reference(),
        item.reference()
    );
    report.at(item, &place(path!("metadata.name")), message);
}

/// An address in `spec.endpoints.loadBalancerIPs` that MetalLB would not give out.
///
/// Source: MetalLB `controller/service.go` (one address, or one of each family), `internal/allocator/allocator.go`
/// ("is not compatible with requested address pool").
pub(crate) fn pinned_address(context: &Context<'_>, changes: &Changes, report: &mut Report) {
    for (endpoint, text) in &context.instance.spec.endpoints.load_balancer_ips {
        if let Err(reason) = addresses(text) {
            report.add(report.finding(format!("spec.endpoints.loadBalancerIPs.{endpoint}: {reason}")));
        }
    }
    for plane in context.inventory.control_planes() {
        for (pointer, ips, pool) in pinned(context, plane, changes) {
            if let Some(message) = stray(context, &ips, &pool, changes) {
                report.at(plane, &pointer, message);
            }
        }
    }
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

/// The addresses that the config pins, with their places and the pools that their Services ask for.
fn pinned(context: &Context<'_>, plane: &Item<'_>, changes: &Changes) -> Vec<(PointerBuf, String, String)> {
    let pins = &context.instance.spec.endpoints.load_balancer_ips;
    if pins.is_empty() {
        return Vec::new();
    }
    let present = context.annotated(plane).iter().map(|annotation| annotation.map.clone());
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

/// An annotation as the transforms leave it; `metallb.io` wins, as in MetalLB.
fn annotation(
    plane: &Item<'_>,
    changes: &Changes,
    map: &PointerBuf,
    meaning: Meaning,
) -> Option<(PointerBuf, String)> {
    [NEW_DOMAIN, OLD_DOMAIN].into_iter().find_map(|domain| {
        let mut place = map.clone();
        place.push_back(format!("{domain}/{}", meaning.name()));
        let text = changes.text(plane, &place)?.to_owned();
        Some((place, text))
    })
}

/// The complaint about a pinned address that the Service's pool does not have.
fn stray(context: &Context<'_>, ips: &str, pool: &str, changes: &Changes) -> Option<String> {
    let item = context.inventory.all_pools().find(|item| changes.name(item) == pool)?;
    let entries = select(item.node, path!("spec.addresses.[]")).into_iter();
    let blocks: Vec<Block> =
        entries.filter_map(|entry| Block::parse(changes.text(item, &entry.pointer)?).ok()).collect();
    let stray =
        addresses(ips).ok()?.into_iter().find(|ip| !blocks.iter().any(|block| block.contains(*ip)))?;
    Some(format!(
        "the pinned address {stray} is not in IPAddressPool {pool}, so MetalLB would refuse it; pin one of its addresses \
         in spec.endpoints.loadBalancerIPs, or name its pool in spec.endpoints.pools"
    ))
}

/// An object of one of the cluster's own operators, which exists once for all instances.
///
/// `DNS default` forwards zones to servers, `IngressController` serves every Route: a second instance may add to them
/// and must not replace them, so they stay as they are.
pub(crate) fn cluster_operator(context: &Context<'_>, _changes: &Changes, report: &mut Report) {
    let instance = context.instance;
    if instance.from.as_ref().is_none_or(|from| *from == instance.namespace) {
        return;
    }
    for item in context.inventory.own.iter().filter(|item| CLUSTER_OPERATORS.contains(&item.group())) {
        let message = format!(
            "this object is one for the whole cluster and stays as it is, so it says nothing of {}; leave it out of this \
             instance, and add what the instance needs (a server for its zone) to the one that the cluster has",
            instance.namespace
        );
        report.on(item, message);
    }
}
