//! Generated sets of pools and advertisements put before the live webhook, which is the oracle: what it says of
//! each is what the model here says, and what the function's rules say.
//!
//! Really created, since a dry run does not see the others of its set. The webhook judges from a cache that
//! lags by milliseconds, so a disagreement counts only when it is still there at leisure.

use std::thread;
use std::time::Duration;

use serde_json::Value;

use super::stream_sets::{Random, Set, generate};
use super::{rules, stage};
use crate::Outcome;
use crate::cluster::Cluster;
use crate::metallb;

/// How many sets; any number by hand.
const COUNT: &str = "MULTI_RHOSO_PROVE_SETS";
const SEED: &str = "MULTI_RHOSO_PROVE_SEED";
/// The kinds that a set is made of, and where their objects live.
const GENERATED: [(&str, &str); 3] = [
    ("IPAddressPool", "ipaddresspools"),
    ("L2Advertisement", "l2advertisements"),
    ("BGPAdvertisement", "bgpadvertisements"),
];
const LEISURE: Duration = Duration::from_millis(300);

pub(crate) fn run(cluster: &Cluster) -> Outcome<()> {
    stage::clear(cluster)?;
    let (count, seed) = (number(COUNT, 200)?, number(SEED, 1)?);
    let mut random = Random::new(seed);
    let (mut refused, mut wrong) = (0, Vec::new());
    for index in 0..count {
        let set = generate(&mut random);
        let expected = set.refused_at();
        let mut said = put(cluster, &set, Duration::ZERO)?;
        if said.as_ref().map(|(place, _)| *place) != expected {
            said = put(cluster, &set, LEISURE)?;
        }
        refused += u64::from(expected.is_some());
        if said.as_ref().map(|(place, _)| *place) != expected {
            wrong.push(format!("set {index} of seed {seed}: expected {expected:?}, said {said:?}: {set:?}"));
        }
        let ours = rules::refused_at(&set.objects())?;
        if ours != said.as_ref().map(|(place, _)| *place) {
            wrong.push(format!("set {index} of seed {seed}: our rules {ours:?}, MetalLB {said:?}: {set:?}"));
        }
    }
    // A stream that is all of one kind would prove nothing.
    if refused * 5 < count || (count - refused) * 5 < count {
        wrong.push(format!("{refused} of {count} sets are faulty"));
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

/// Puts a set before the webhook, beside no other; the place of the first object that is refused, and why.
fn put(cluster: &Cluster, set: &Set, leisure: Duration) -> Outcome<Option<(usize, String)>> {
    let objects = set.objects();
    let refused = create(cluster, &objects, leisure)?;
    // A kind of which there is nothing would take as long to clear as any other.
    let used = |kind: &str| objects.iter().any(|object| object["kind"] == kind);
    let used = GENERATED.into_iter().filter(|(kind, _)| used(kind));
    metallb::clear(&cluster.kube, &used.map(|(_, plural)| plural).collect::<Vec<_>>())?;
    Ok(refused)
}

/// Creates objects one after the other, up to the first that is refused.
fn create(cluster: &Cluster, objects: &[Value], leisure: Duration) -> Outcome<Option<(usize, String)>> {
    for (place, object) in objects.iter().enumerate() {
        thread::sleep(leisure);
        let reply = cluster.kube.create(object)?;
        if !reply.accepted() {
            return Ok(Some((place, reply.message().to_owned())));
        }
    }
    Ok(None)
}

fn number(variable: &str, otherwise: u64) -> Outcome<u64> {
    match std::env::var(variable) {
        Ok(text) => text.parse().map_err(|e| format!("{variable}: {e}")),
        Err(_) => Ok(otherwise),
    }
}
