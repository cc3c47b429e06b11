//! MetalLB's own objects: what its parser refuses, and what it takes in silence and should not.
//!
//! Source: MetalLB `internal/config/config.go`, `validation.go`, `internal/bgp/community`.

mod address_pool_removed;
mod advertisement_duplicate;
mod advertisement_of_all_pools;
mod advertisement_reaches_others;
mod aggregation_length;
mod allocation_duplicate;
mod bfd_echo_ipv6;
mod bfd_profile;
mod bfd_profile_unknown;
mod community_duplicate;
mod community_syntax;
mod community_unknown;
mod local_preference;
mod metallb_namespace;
mod nodes;
mod peer_conflict;
mod peer_duplicate;
mod peer_fields;
mod peer_secret;
mod peer_timers;
mod pool_address;
mod pool_duplicate;
mod pool_empty;
mod pool_host_bits;
mod pool_leading_zero;
mod pool_mapped_ipv4;
mod pool_mixed_families;
mod pool_namespace_selectors;
mod pool_unadvertised;
mod selector_duplicate;
mod selector_syntax;
mod unknown_peer;
mod unknown_pool;

use super::{Rule, addresses};
use crate::krm::Item;
use crate::model::{Model, Selector};

/// The rules of this area in their order.
pub(super) const RULES: &[Rule] = &[
    address_pool_removed::RULE,
    metallb_namespace::RULE,
    pool_empty::RULE,
    pool_address::RULE,
    pool_mixed_families::RULE,
    pool_mapped_ipv4::RULE,
    pool_leading_zero::RULE,
    pool_host_bits::RULE,
    addresses::POOL_OVERLAP,
    pool_duplicate::RULE,
    allocation_duplicate::RULE,
    pool_namespace_selectors::RULE,
    selector_syntax::RULE,
    selector_duplicate::RULE,
    advertisement_of_all_pools::RULE,
    advertisement_reaches_others::RULE,
    advertisement_duplicate::RULE,
    unknown_pool::RULE,
    pool_unadvertised::RULE,
    unknown_peer::RULE,
    aggregation_length::RULE,
    local_preference::RULE,
    community_syntax::RULE,
    community_duplicate::RULE,
    community_unknown::RULE,
    peer_fields::RULE,
    peer_timers::RULE,
    peer_secret::RULE,
    peer_duplicate::RULE,
    peer_conflict::RULE,
    bfd_profile_unknown::RULE,
    bfd_profile::RULE,
    bfd_echo_ipv6::RULE,
];

/// Every list of label selectors with the object that it stands in.
fn selectors_of<'m, 'a>(model: &'m Model<'a>) -> Vec<(&'m Item<'a>, &'m [Selector<'a>])> {
    let mut lists: Vec<(&Item<'a>, &[Selector<'a>])> = Vec::new();
    for pool in &model.pools {
        lists.extend([(&pool.item, &*pool.namespace_selectors), (&pool.item, &*pool.service_selectors)]);
    }
    for one in &model.advertisements {
        let each: [&[Selector<'a>]; 3] = [&one.pool_selectors, &one.node_selectors, &one.service_selectors];
        lists.extend(each.map(|list| (&one.item, list)));
    }
    lists.extend(model.peers.iter().map(|peer| (&peer.item, &*peer.node_selectors)));
    lists
}
