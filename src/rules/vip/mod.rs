//! VIPs: addresses that Services ask for and cannot have.
//!
//! Source: MetalLB `controller/service.go`, `internal/allocator/allocator.go`.

mod annotation_case;
mod foreign_service;
mod inert_annotations;
mod pinned;
mod pool_too_small;
mod vip_address;
mod vip_asked_twice;
mod vip_domains_disagree;
mod vip_foreign_pool;
mod vip_two_pools;
mod vip_unknown_pool;

use super::Rule;

/// The rules of this area in their order.
pub(super) const RULES: &[Rule] = &[
    annotation_case::RULE,
    inert_annotations::RULE,
    vip_domains_disagree::RULE,
    vip_asked_twice::RULE,
    vip_address::RULE,
    vip_unknown_pool::RULE,
    pinned::OUTSIDE_POOLS,
    pinned::OUTSIDE_ITS_POOL,
    pinned::ADDRESS_TAKEN,
    vip_two_pools::RULE,
    foreign_service::RULE,
    vip_foreign_pool::RULE,
    pinned::SHARING,
    pinned::PORT,
    pool_too_small::RULE,
];
