//! Rules: what is checked, and what a run reports of itself. Every rule is a row in `table`, and every finding has a
//! rule.
//!
//! A check reads a finished list, or an instance's planned run, and reports; it never edits. This module must not know
//! what makes the changes that it reads.

mod addresses;
mod base;
mod cluster;
mod coverage;
mod data_plane;
mod explained;
mod hosts;
mod infra;
mod instance;
mod left_behind;
mod level;
mod namespace;
mod object;
mod plan;
mod public;
mod references;
mod report;
mod table;
mod thing;

/// MetalLB's own objects: what MetalLB rejects, and what it accepts without a warning and should not.
///
/// Source: MetalLB `internal/config/config.go`, `validation.go`, `internal/bgp/community`.
mod metallb {
    pub(super) mod advertisement;
    pub(super) mod bfd;
    pub(super) mod community;
    pub(super) mod object;
    pub(super) mod peer;
    pub(super) mod pool;
    pub(super) mod route;
    pub(super) mod segment;
    pub(super) mod selector;
    pub(super) mod session;
    pub(super) mod tenant;
}

/// VIPs: addresses that Services ask for and cannot get.
///
/// Source: MetalLB `controller/service.go`, `internal/allocator/allocator.go`.
mod vip {
    pub(super) mod address;
    pub(super) mod annotation;
    pub(super) mod choice;
    pub(super) mod pinned;
    pub(super) mod pool;
}

/// Networks: objects that contradict themselves or refer to what does not exist.
mod network {
    pub(super) mod attachment;
    pub(super) mod attachment_config;
    pub(super) mod attachment_range;
    pub(super) mod foreign_attachment;
    pub(super) mod interface;
    pub(super) mod ip_request;
    pub(super) mod net_config;
    pub(super) mod node_address;
    pub(super) mod node_field;
    pub(super) mod node_interface;
    pub(super) mod node_port;
    pub(super) mod node_route;
    pub(super) mod vlan;
}

/// The control plane: what the operators and their webhooks reject or ignore.
mod control_plane {
    mod cron;
    pub(super) mod endpoint;
    pub(super) mod field;
    pub(super) mod glance;
    pub(super) mod ironic;
    pub(super) mod keystone;
    pub(super) mod nova;
    pub(super) mod plane;
    pub(super) mod service;
    pub(super) mod template;
    pub(super) mod value;
}

/// Several instances in one list: what they take from each other.
mod fleet {
    pub(super) mod dns;
    mod fight;
    pub(super) mod neighbour;
    pub(super) mod node;
    pub(super) mod object;
}

pub use explained::explanations;
pub use left_behind::stays;
pub use level::Levels;
pub use report::Report;
pub use table::{AgainCheck, Check, ListCheck, MadeCheck, PlanCheck, Row, RunCheck, said};
use table::{CHECKS, SAID};

use crate::change::Changes;
use crate::config::Instance;
use crate::context::Context;
use crate::krm::{Finding, Item};
use crate::model::Model;
use crate::plan::Plan;

/// All rules, in the order of `docs/rules.md`.
pub fn rules() -> impl Iterator<Item = &'static Row> {
    CHECKS.iter().chain(SAID)
}

/// The rule with a name.
#[must_use]
pub fn rule(name: &str) -> Option<&'static Row> {
    rules().find(|rule| rule.name == name)
}

/// Checks a finished list; findings have their configured levels.
#[must_use]
pub fn check(model: &Model<'_>, levels: &Levels) -> Vec<Finding> {
    reported(levels, &|check, report| {
        if let Check::List(check) = check {
            check(model, report);
        }
    })
}

/// Checks an instance's run; findings have their configured levels.
#[must_use]
pub fn check_run(context: &Context<'_>, changes: &Changes, levels: &Levels) -> Vec<Finding> {
    reported(levels, &|check, report| {
        if let Check::Run(check) = check {
            check(context, changes, report);
        }
    })
}

/// Checks an instance's finished list, by itself and against the config; findings have their configured levels.
#[must_use]
pub fn check_made(instance: &Instance, model: &Model<'_>, levels: &Levels) -> Vec<Finding> {
    reported(levels, &|check, report| match check {
        Check::List(check) => check(model, report),
        Check::Made(check) => check(instance, model, report),
        Check::Run(_) | Check::Plan(_) | Check::Again(_) | Check::Said | Check::Fixed(_) => {}
    })
}

/// Checks an address plan by itself, for all of its slots; findings have their configured levels.
#[must_use]
pub fn check_plan(plan: &Plan, item: &Item<'_>, levels: &Levels) -> Vec<Finding> {
    reported(levels, &|check, report| {
        if let Check::Plan(check) = check {
            check(plan, item, report);
        }
    })
}

/// Checks an address plan against the one before it; findings have their configured levels.
#[must_use]
pub fn check_plan_again(was: &Plan, plan: &Plan, item: &Item<'_>, levels: &Levels) -> Vec<Finding> {
    reported(levels, &|check, report| {
        if let Check::Again(check) = check {
            check(was, plan, item, report);
        }
    })
}

/// Runs the rules that are not off.
fn reported(levels: &Levels, ask: &dyn Fn(Check, &mut Report)) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in rules().filter(|rule| !levels.is_off(rule.name)) {
        let mut report = Report::new(rule);
        ask(rule.check, &mut report);
        findings.extend(report.into_findings());
    }
    levels.applied(findings)
}
