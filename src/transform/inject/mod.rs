//! Endpoints that would draw from anybody's pool get a pool of their instance.
//!
//! Upstream leaves an override out where its cluster has one control plane; with two, every LoadBalancer Service
//! must name its pool. What the user wrote with another Service type, and every public endpoint, stays as it is:
//! a public LoadBalancer takes the endpoint's Route away.

mod families;
mod target;
mod unpinned;
mod wanted;

use serde_json::{Map, Value, json};

use crate::address::rewrite;
use crate::catalogue::annotations::Meaning;
use crate::catalogue::endpoints::OverrideShape;
use crate::change::Changes;
use crate::context::Context;
use crate::krm::Item;
use crate::rules::said;
use crate::yaml::PointerBuf;
pub(super) use target::logging_pool;
use target::{State, Target};
use wanted::Wanted;

pub(super) fn transform(context: &Context<'_>, changes: &mut Changes) {
    for plane in context.control_planes() {
        for target in target::targets(plane) {
            one(context, &plane.item, &target, changes);
        }
    }
    wanted::report_unused(context, changes);
}

fn one(context: &Context<'_>, plane: &Item<'_>, target: &Target<'_, '_>, changes: &mut Changes) {
    let wanted = Wanted::of(context, plane, target);
    match target.state(plane) {
        State::Ours => {
            let pool = wanted.configured_pool.clone();
            let pairs = [(Meaning::AddressPool, pool), (Meaning::LoadBalancerIps, wanted.configured_ip)];
            annotate(context, plane, target, pairs, changes);
        }
        State::WithoutPool if context.instance.spec.endpoints.inject => match wanted.pool(context) {
            Ok(pool) => with_pool(context, plane, target, pool, &wanted, changes),
            Err(reason) => report_without_pool(plane, target, &reason, changes),
        },
        State::Absent if context.instance.spec.endpoints.inject => match wanted.pool(context) {
            Ok(pool) => inject(context, plane, target, &pool, &wanted, changes),
            Err(reason) if wanted.is_known() => report_without_pool(plane, target, &reason, changes),
            Err(_) => {}
        },
        State::WithoutPool | State::Absent | State::Inert | State::Users => {}
    }
}

/// An override that lacks a pool gets one, and what the base says in `externalEndpoints` where it says nothing itself.
fn with_pool(
    context: &Context<'_>,
    plane: &Item<'_>,
    target: &Target<'_, '_>,
    pool: String,
    wanted: &Wanted,
    changes: &mut Changes,
) {
    let silent = |meaning| target.written_key(plane, meaning).is_none();
    let (ip, key) = wanted.of_external(&pool).unwrap_or_default();
    let ip = ip.filter(|_| silent(Meaning::LoadBalancerIps));
    let key = key.filter(|_| silent(Meaning::AllowSharedIp));
    let pairs = [
        (Meaning::AddressPool, Some(pool)),
        (Meaning::LoadBalancerIps, wanted.configured_ip.clone().or(ip)),
        (Meaning::AllowSharedIp, key),
    ];
    annotate(context, plane, target, pairs, changes);
}

/// Sets annotations of an override that is there; a key that is written in either domain keeps it.
fn annotate<const N: usize>(
    context: &Context<'_>,
    plane: &Item<'_>,
    target: &Target<'_, '_>,
    pairs: [(Meaning, Option<String>); N],
    changes: &mut Changes,
) {
    for (meaning, value) in pairs {
        let Some(value) = value else { continue };
        if meaning == Meaning::LoadBalancerIps {
            families::follow(plane, target, &value, changes);
        }
        let mut pointer = target.annotations();
        pointer
            .push_back(target.written_key(plane, meaning).unwrap_or_else(|| key(context, target, meaning)));
        changes.set(plane, pointer, value);
    }
}

/// A whole override: annotations and the Service type.
fn inject(
    context: &Context<'_>,
    plane: &Item<'_>,
    target: &Target<'_, '_>,
    pool: &str,
    wanted: &Wanted,
    changes: &mut Changes,
) {
    let ip = wanted.ip();
    if ip.is_none() && target.needs_own_address() {
        unpinned::report(plane, target, pool, context, changes);
    }
    let spec = families::spec(context, plane, target, pool, ip.as_ref());
    let mut annotations = Map::new();
    annotations.insert(key(context, target, Meaning::AddressPool), pool.into());
    if let Some(shared) = wanted.sharing_key(pool) {
        annotations.insert(key(context, target, Meaning::AllowSharedIp), shared.into());
    }
    if let Some(ip) = ip.or_else(|| target.default_ip().map(|ip| moved(context, ip))) {
        annotations.insert(key(context, target, Meaning::LoadBalancerIps), ip.into());
    }
    let annotations = Value::Object(annotations);
    match target.row().shape {
        OverrideShape::Annotations => each(plane, &target.pointer, &annotations, changes),
        OverrideShape::List if plane.node.at(&target.pointer).is_none() => {
            let entry = json!({ "metadata": { "annotations": annotations }, "spec": spec });
            changes.append(plane, target.list(), entry);
        }
        OverrideShape::Keyed | OverrideShape::Single | OverrideShape::List => {
            each(plane, &target.annotations(), &annotations, changes);
            each(plane, &target.field(&["spec"]), &spec, changes);
        }
    }
}

/// The operator's own default, in the instance's network.
fn moved(context: &Context<'_>, ip: &str) -> String {
    rewrite(ip, &context.instance.network.mapping).text.unwrap_or_else(|| ip.to_owned())
}

fn each(plane: &Item<'_>, map: &PointerBuf, values: &Value, changes: &mut Changes) {
    for (key, value) in values.as_object().into_iter().flatten() {
        let mut pointer = map.clone();
        pointer.push_back(key.as_str());
        changes.set(plane, pointer, value.clone());
    }
}

/// The key in the list's domain; the logging operator reads the old one literally, whatever the list uses.
fn key(context: &Context<'_>, target: &Target<'_, '_>, meaning: Meaning) -> String {
    let domain = match target.row().shape {
        OverrideShape::Annotations => crate::catalogue::annotations::OLD_DOMAIN,
        _ => context.domain(),
    };
    format!("{domain}/{}", meaning.name())
}

fn report_without_pool(plane: &Item<'_>, target: &Target<'_, '_>, reason: &str, changes: &mut Changes) {
    let message = format!(
        "endpoint {} got no pool: {reason}; name a pool of the base in spec.endpoints.pools of the function config",
        target.name()
    );
    changes.report(said::ENDPOINT_WITHOUT_POOL.finding(message).at(plane, &target.pointer).without_current());
}
