//! The scenarios, in the order in which they run, and what the cluster must have for them.

mod addresses;
mod argocd;
mod bgp;
mod defects;
mod documents;
mod faults;
mod import;
mod one_to_two;
mod pages;
mod patch;
mod patch_refused;
mod planned;
mod reapply;
mod refusals;
mod rules;
mod schema;
mod side_by_side;
mod stage;
mod stages;
mod stream;
mod stream_sets;
mod twenty;
mod two_families;
mod verify;
mod without_us;

use std::collections::BTreeSet;
use std::time::Instant;

use libtest_mimic::{Failed, Trial};

use crate::cluster::Cluster;
use crate::{Outcome, metallb};

type Scenario = fn(&Cluster) -> Outcome<()>;

/// One trial for each scenario.
pub(crate) fn all(cluster: &'static Cluster) -> Vec<Trial> {
    let scenarios: [(&str, Scenario); 20] = [
        ("schema", schema::run),
        ("side_by_side", side_by_side::run),
        ("refusals", refusals::run),
        ("without_us", without_us::run),
        ("one_to_two", one_to_two::run),
        ("stages_in_waves", stages::run),
        ("argocd", argocd::run),
        ("planted_defects", defects::run),
        ("applied_twice", reapply::run),
        ("import", import::run),
        ("verify", verify::run),
        ("bgp", bgp::run),
        ("two_families", two_families::run),
        ("faults_webhook", faults::webhook),
        ("generated_sets", stream::run),
        ("faults_reconcilers", faults::reconcilers),
        ("patch", patch::run),
        // Last, as it is long work to take so much away again.
        ("twenty", twenty::run),
        // It ends a namespace.
        ("pages", pages::run),
        ("documents", documents::run),
    ];
    scenarios.into_iter().map(|(name, scenario)| trial(cluster, name, scenario)).collect()
}

/// The host interfaces that any scenario announces at: the speaker looks for new ones only every 10 s.
pub(crate) fn vlans() -> BTreeSet<String> {
    side_by_side::vlans().into_iter().chain(twenty::plan().vlans()).collect()
}

pub(crate) fn namespaces() -> BTreeSet<String> {
    let instances = side_by_side::layout().into_iter().map(|instance| instance.overlay);
    instances
        .chain(twenty::plan().names())
        .chain(stages::INSTANCES.map(str::to_owned))
        .chain([metallb::NAMESPACE.to_owned()])
        .collect()
}

fn trial(cluster: &'static Cluster, name: &str, scenario: Scenario) -> Trial {
    Trial::test(name, move || {
        let begin = Instant::now();
        let outcome = scenario(cluster);
        print!("{:.1} s ", begin.elapsed().as_secs_f32());
        outcome.map_err(Failed::from)
    })
}
