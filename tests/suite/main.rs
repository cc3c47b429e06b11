//! The one integration binary. Every module gives its tests as a list; this file only puts the lists together.

// A test may stop at what should not happen; clippy's own exemption does not reach a binary without libtest.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod addresses;
mod again;
mod back;
mod catalogue;
mod check;
mod claims;
mod command_line;
mod corpus;
mod crd;
mod e2e;
mod endpoints;
mod envelope;
mod enveloped;
mod explain;
mod field_paths;
mod fields;
mod findings;
mod given_crds;
mod golden;
mod hostile;
mod hosts;
mod import;
mod import_tables;
mod in_place;
mod install;
mod laws;
mod left;
mod locked_down;
mod map;
mod marks;
mod metallb_verdicts;
mod new;
mod patch;
mod patch_laws;
mod plan;
mod plan_init;
mod plan_slots;
mod planted;
mod readdress;
mod readme;
mod rules;
mod schema;
mod streams;
mod tidy;
mod upgrade;
mod verify;
mod ways_out;
mod webhook_verdicts;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let end_to_end = e2e::suite();
    let mut trials: Vec<Trial> = Vec::new();
    trials.extend(golden::trials());
    trials.extend(laws::trials());
    trials.extend(left::trials());
    trials.extend(again::trials());
    trials.extend(envelope::trials());
    trials.extend(map::trials());
    trials.extend(claims::trials());
    trials.extend(catalogue::trials());
    trials.extend(endpoints::trials());
    trials.extend(metallb_verdicts::trials());
    trials.extend(webhook_verdicts::trials());
    trials.extend(fields::trials());
    trials.extend(new::trials());
    trials.extend(field_paths::trials());
    trials.extend(hostile::trials());
    trials.extend(hosts::trials());
    trials.extend(readdress::trials());
    trials.extend(readme::trials());
    trials.extend(back::trials());
    trials.extend(crd::trials());
    trials.extend(given_crds::trials());
    trials.extend(findings::trials());
    trials.extend(check::trials());
    trials.extend(explain::trials());
    trials.extend(schema::trials());
    trials.extend(rules::trials());
    trials.extend(patch::trials());
    trials.extend(patch_laws::trials());
    trials.extend(plan::trials());
    trials.extend(plan_init::trials());
    trials.extend(plan_slots::trials());
    trials.extend(planted::trials());
    trials.extend(streams::trials());
    trials.extend(install::trials());
    trials.extend(import::trials());
    trials.extend(import_tables::trials());
    trials.extend(in_place::trials());
    trials.extend(ways_out::trials());
    trials.extend(command_line::trials());
    trials.extend(upgrade::trials());
    trials.extend(tidy::trials());
    trials.extend(verify::trials());
    trials.extend(locked_down::trials());
    trials.extend(end_to_end.trials);
    let conclusion = libtest_mimic::run(&arguments, trials);
    end_to_end.not_run.report();
    conclusion.exit_code()
}
