//! Several instances in one list: what one takes from another.

mod node_globals_fight;
mod node_interfaces_fight;
mod object_twice;
mod one_node;
mod region_equal;

use super::{Rule, addresses};
use crate::krm::Severity::{Error, Info, Warning};

/// The rules of this area in their order.
pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "object-twice",
        severity: Error,
        summary: "One object is defined twice with different content.",
        check: object_twice::check,
    },
    Rule {
        name: "instances-overlap",
        severity: Warning,
        summary: "Two instances give out one address.",
        check: addresses::instances_overlap,
    },
    Rule {
        name: "node-interfaces-fight",
        severity: Error,
        summary: "Two policies of one node set one interface differently.",
        check: node_interfaces_fight::check,
    },
    Rule {
        name: "node-globals-fight",
        severity: Warning,
        summary: "Two policies of one node set its resolvers or a route differently.",
        check: node_globals_fight::check,
    },
    Rule {
        name: "region-equal",
        severity: Info,
        summary: "Two control planes have regions of one name.",
        check: region_equal::check,
    },
];
