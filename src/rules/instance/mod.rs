//! Checks that need the config, or the list as it came in: `fn(&Context, &mut Changes)`.
//!
//! They run after the transforms and read what the transforms make of the list; they report and never edit.

mod cluster_operators;
mod collisions;
mod control_planes;
mod nothing_to_do;
mod pinned_addresses;
mod pool_names;

pub use control_planes::settle;

use crate::change::Changes;
use crate::context::Context;
use crate::krm::Severity;

/// One check of the run's own work.
#[derive(Debug, Clone, Copy)]
pub struct InstanceRule {
    /// The stable name, printed as `tags.rule`.
    pub name: &'static str,
    /// How bad it is where the config does not say otherwise.
    pub severity: Severity,
    /// What it finds, in one sentence.
    pub summary: &'static str,
    /// Reads the list and its changes and reports.
    pub check: fn(&Context<'_>, &mut Changes),
}

use Severity::{Error, Warning};

const fn rule(
    name: &'static str,
    severity: Severity,
    summary: &'static str,
    check: fn(&Context<'_>, &mut Changes),
) -> InstanceRule {
    InstanceRule { name, severity, summary, check }
}

/// All of them in their order.
pub const RULES: &[InstanceRule] = &[
    rule("nothing-to-do", Warning, "The list holds nothing that the function changes.", nothing_to_do::check),
    rule("pool-collision", Error, "Two pools end with one name.", pool_names::check),
    rule("name-collision", Error, "A rename makes two objects one.", collisions::check),
    rule(
        "pinned-address",
        Error,
        "An address of spec.endpoints.loadBalancerIPs cannot be had.",
        pinned_addresses::check,
    ),
    rule(
        "cluster-operator",
        Warning,
        "The configuration of one of the cluster's own operators, which all instances share.",
        cluster_operators::check,
    ),
];
