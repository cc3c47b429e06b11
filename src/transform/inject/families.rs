//! `spec.ipFamilyPolicy`: a Service that is to have an address of each family must say so.
//!
//! Without it the API server gives a Service one cluster address, and MetalLB refuses to give it two others (`does not
//! match the ipFamily of the service`), or gives one of a pool that holds both families. What a person has written stays.

use std::net::IpAddr;

use serde_json::{Value, json};

use crate::address::{Block, address};
use crate::catalogue::endpoints::OverrideShape;
use crate::change::Changes;
use crate::context::Context;
use crate::krm::Item;
use crate::path;

use super::target::Target;

/// The field's name.
const FIELD: &str = "ipFamilyPolicy";
/// Both where the cluster has both, else the one that it has.
const BOTH: &str = "PreferDualStack";

/// What a new override says of its Service: of both families where its addresses are, or else its pool.
pub(super) fn spec(
    context: &Context<'_>,
    plane: &Item<'_>,
    target: &Target<'_, '_>,
    pool: &str,
    ips: Option<&String>,
) -> Value {
    let is_dual = asks_for_both(ips) || ips.is_none() && holds_both(context, pool);
    if is_dual && !is_written(plane, target) {
        json!({ "type": "LoadBalancer", FIELD: BOTH })
    } else {
        json!({ "type": "LoadBalancer" })
    }
}

/// Says in an override that is there that its Service is of both families, if it is to have such addresses.
pub(super) fn follow(plane: &Item<'_>, target: &Target<'_, '_>, ips: &String, changes: &mut Changes) {
    let is_spec = target.row().shape != OverrideShape::Annotations;
    if is_spec && asks_for_both(Some(ips)) && !is_written(plane, target) {
        changes.set(plane, target.field(&["spec", FIELD]), BOTH);
    }
}

fn is_written(plane: &Item<'_>, target: &Target<'_, '_>) -> bool {
    plane.node.at(&target.field(&["spec", FIELD])).is_some()
}

/// Whether an endpoint asks for an address of each family.
fn asks_for_both(ips: Option<&String>) -> bool {
    ips.is_some_and(|ips| are_both(ips.split(',').filter_map(|ip| address(ip.trim()).ok())))
}

/// Whether a pool of the instance holds addresses of each family.
fn holds_both(context: &Context<'_>, pool: &str) -> bool {
    let Some(pool) = context.pool(pool) else { return false };
    let blocks = pool.part().facts(path!("spec.addresses.[]"));
    are_both(blocks.iter().filter_map(|fact| Block::parse(fact.text).ok()).map(|block| block.first()))
}

fn are_both(addresses: impl Iterator<Item = IpAddr>) -> bool {
    let (v4, v6) = addresses.fold((false, false), |(v4, v6), ip| (v4 || ip.is_ipv4(), v6 || ip.is_ipv6()));
    v4 && v6
}
