//! `endpoint-unpinned`: an endpoint that may take the address which others have pinned.
//!
//! MetalLB gives the first address that is free or can be shared, in the order in which Services come
//! (`internal/allocator/allocator.go`). RabbitMQ shares with nobody, a second Glance has the first one's port: the
//! one that comes first may sit on the pinned address, and the pinned ones then stay pending.

use crate::catalogue::annotations::Meaning;
use crate::change::Changes;
use crate::context::Context;
use crate::krm::Item;
use crate::rules::said;

use super::moved;
use super::target::Target;

pub(super) fn report(
    plane: &Item<'_>,
    target: &Target<'_, '_>,
    pool: &str,
    context: &Context<'_>,
    changes: &mut Changes,
) {
    let Some(pinned) = pinned_in(plane, pool, context) else { return };
    let pinned = moved(context, pinned);
    let name = target.name();
    let message = format!(
        "endpoint {name} needs an address of its own in {pool}, where others pin {pinned}: MetalLB may give it that one \
         if its Service comes first; pin a free address in spec.endpoints.loadBalancerIPs.{name} of the function config"
    );
    changes.report(said::ENDPOINT_UNPINNED.finding(message).at(plane, &target.pointer).without_current());
}

/// An address that another endpoint of the control plane pins in this pool of the instance.
fn pinned_in<'a>(plane: &Item<'_>, pool: &str, context: &Context<'a>) -> Option<&'a str> {
    let annotations = context.annotated(plane);
    let in_pool = |map| {
        annotations.iter().any(|other| {
            other.map == map
                && other.key.meaning == Meaning::AddressPool
                && context.pool_asked_for(plane, other.value) == pool
        })
    };
    let pins = annotations.iter().filter(|annotation| annotation.key.meaning == Meaning::LoadBalancerIps);
    pins.filter(|pin| in_pool(pin.map.clone())).map(|pin| pin.value).next()
}
