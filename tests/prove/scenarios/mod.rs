//! The scenarios, in the order in which they run, and what the cluster must have for them.

mod addresses;
mod defects;
mod faults;
mod one_to_two;
mod reapply;
mod refusals;
mod schema;
mod side_by_side;
mod stage;
mod stream;
mod stream_sets;
mod without_us;

use std::collections::BTreeSet;
use std::time::Instant;

use libtest_mimic::{Failed, Trial};

use crate::cluster::Cluster;
use crate::{Outcome, crds, metallb};

type Scenario = fn(&Cluster) -> Outcome<()>;

/// One trial for each scenario. Those that need the corpus are left out where there is none, and said so;
/// in CI that is a failure.
pub(crate) fn all(cluster: &'static Cluster) -> Vec<Trial> {
    let always: [(&str, Scenario); 9] = [
        ("side_by_side", side_by_side::run),
        ("refusals", refusals::run),
        ("without_us", without_us::run),
        ("one_to_two", one_to_two::run),
        ("planted_defects", defects::run),
        ("applied_twice", reapply::run),
        ("faults_webhook", faults::webhook),
        ("generated_sets", stream::run),
        ("faults_reconcilers", faults::reconcilers),
    ];
    let with_corpus: [(&str, Scenario); 1] = [("schema", schema::run)];
    let in_ci = std::env::var_os("CI").is_some();
    let missing = crds::corpus().is_none();
    let needs_corpus = with_corpus.map(|(name, scenario)| {
        let scenario = if missing { without_corpus } else { scenario };
        trial(cluster, name, scenario).with_ignored_flag(missing && !in_ci)
    });
    needs_corpus.into_iter().chain(always.map(|(name, scenario)| trial(cluster, name, scenario))).collect()
}

/// The host interfaces that any scenario announces at: the speaker looks for new ones only every 10 s.
pub(crate) fn vlans() -> BTreeSet<String> {
    side_by_side::layout().into_iter().flat_map(|instance| instance.pools.into_values()).collect()
}

pub(crate) fn namespaces() -> BTreeSet<String> {
    let instances = side_by_side::layout().into_iter().map(|instance| instance.overlay);
    instances.chain([metallb::NAMESPACE.to_owned()]).collect()
}

fn trial(cluster: &'static Cluster, name: &str, scenario: Scenario) -> Trial {
    Trial::test(name, move || {
        let begin = Instant::now();
        let outcome = scenario(cluster);
        print!("{:.1} s ", begin.elapsed().as_secs_f32());
        outcome.map_err(Failed::from)
    })
}

fn without_corpus(_: &Cluster) -> Outcome<()> {
    Err("MULTI_RHOSO_CORPUS does not name the corpus, and this scenario is made of it".to_owned())
}
