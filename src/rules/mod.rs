//! One file for each thing that is checked: `fn(&Context, &mut Plan)`.
//!
//! Rules run after the transforms and read what the plan makes of the list; they report and never edit.

mod cluster_operators;
mod collisions;
mod control_planes;
mod foreign_services;
mod legacy_pools;
mod nothing_to_do;
mod pinned_addresses;
mod pool_names;
mod unknown_pools;

pub use control_planes::settle;

use crate::context::Context;
use crate::plan::Plan;

/// One rule.
pub type Rule = fn(&Context<'_>, &mut Plan);

/// All rules in their order.
pub const RULES: &[Rule] = &[
    nothing_to_do::check,
    legacy_pools::check,
    pool_names::check,
    collisions::check,
    unknown_pools::check,
    pinned_addresses::check,
    foreign_services::check,
    cluster_operators::check,
];
