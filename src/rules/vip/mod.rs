//! VIPs: addresses that Services ask for and cannot have.
//!
//! Source: MetalLB `controller/service.go`, `internal/allocator/allocator.go`.

mod annotation_case;
mod foreign_service;
mod inert_annotations;
mod pool_too_small;
mod shared;
mod vip_address;
mod vip_asked_twice;
mod vip_domains_disagree;
mod vip_foreign_pool;
mod vip_outside_its_pool;
mod vip_outside_pools;
mod vip_port;
mod vip_sharing;
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
    vip_outside_pools::RULE,
    vip_outside_its_pool::RULE,
    vip_two_pools::RULE,
    foreign_service::RULE,
    vip_foreign_pool::RULE,
    vip_sharing::RULE,
    vip_port::RULE,
    pool_too_small::RULE,
];
