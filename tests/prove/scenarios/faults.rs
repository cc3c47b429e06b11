//! Each fault that MetalLB knows: the verdict of its live webhook, and, without one, of its controller and its
//! speaker.

use std::thread;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{rules, stage};
use crate::Outcome;
use crate::cluster::Cluster;
use crate::manifests::scenario;
use crate::metallb::{self, States, until};

/// How long states must stay as they are to be taken for final.
const QUIET: Duration = Duration::from_millis(250);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fault {
    name: String,
    webhook: Option<String>,
    controller: Option<String>,
    speaker: Option<String>,
    rule: Option<String>,
    no_rule: Option<String>,
    objects: Vec<Value>,
}

/// With the webhook before it, the last object is refused or let in.
pub(crate) fn webhook(cluster: &Cluster) -> Outcome<()> {
    each(cluster, |fault| {
        let mut verdict = None;
        for object in &fault.objects {
            let reply = cluster.kube.create(&completed(object))?;
            verdict = (!reply.accepted()).then(|| reply.message().to_owned());
        }
        agree(fault, "webhook", fault.webhook.as_deref(), verdict.as_deref())?;
        ours(fault, verdict.is_some())
    })
}

/// Without one, the controller and the speaker meet what it would have refused.
pub(crate) fn reconcilers(cluster: &Cluster) -> Outcome<()> {
    metallb::remove_webhooks(&cluster.kube)?;
    each(cluster, |fault| {
        for object in &fault.objects {
            cluster.kube.create(&completed(object))?;
        }
        let expected = [("controller", &fault.controller), ("speaker", &fault.speaker)];
        let states = settled(cluster, &expected)?;
        let mut refused = false;
        for (process, expected) in expected {
            let error = error_of(&states, process)?;
            agree(fault, process, expected.as_deref(), error)?;
            refused |= error.is_some();
        }
        // What the webhook alone can see is compared where it stands.
        ours(fault, refused || fault.webhook.is_some())
    })
}

/// Runs every fault on an empty MetalLB and collects all disagreements.
fn each(cluster: &Cluster, judge: impl Fn(&Fault) -> Outcome<()>) -> Outcome<()> {
    stage::clear(cluster)?;
    let faults: Vec<Fault> = scenario("faults.yaml");
    let mut wrong = Vec::new();
    for fault in &faults {
        wrong.extend(judge(fault).err());
        metallb::reset(&cluster.kube, [])?;
        until("an empty configuration is Valid", || {
            Ok(metallb::states(&cluster.kube)?.values().all(|state| state.result == "Valid"))
        })?;
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

/// The states once they have come to rest: whoever should complain does, and whoever should not has had the
/// time to.
fn settled(cluster: &Cluster, expected: &[(&str, &Option<String>)]) -> Outcome<States> {
    let (complaining, silent): (Vec<_>, Vec<_>) = expected.iter().partition(|(_, text)| text.is_some());
    let complained = until("those who should complain do", || {
        let states = metallb::states(&cluster.kube)?;
        let complains = |process| error_of(&states, process).is_ok_and(|error| error.is_some());
        Ok(complaining.iter().all(|(process, _)| complains(process)))
    });
    // Whether they did is for the comparison to say, which knows the fault's name.
    drop(complained);
    if !silent.is_empty() {
        thread::sleep(QUIET);
    }
    metallb::states(&cluster.kube)
}

fn error_of<'s>(states: &'s States, process: &str) -> Outcome<Option<&'s str>> {
    let state = states.iter().find(|(name, _)| name.starts_with(process)).map(|(_, state)| state);
    let state = state.ok_or_else(|| format!("no state of the {process}"))?;
    Ok((state.result != "Valid").then_some(state.errors.as_str()))
}

fn agree(fault: &Fault, judge: &str, expected: Option<&str>, said: Option<&str>) -> Outcome<()> {
    let same = match (expected, said) {
        (None, None) => true,
        (Some(expected), Some(said)) => said.contains(expected),
        _ => false,
    };
    if same { Ok(()) } else { Err(format!("{}: {judge}: expected {expected:?}, said {said:?}", fault.name)) }
}

/// Our rules refuse what MetalLB did, by the rule that the data names, or say nothing for the reason it gives.
fn ours(fault: &Fault, refused: bool) -> Outcome<()> {
    let objects: Vec<Value> = fault.objects.iter().map(completed).collect();
    let found = rules::refusing(&objects)?;
    let right = match (&fault.rule, &fault.no_rule) {
        (Some(rule), None) => found.contains(&rule.as_str()),
        (None, Some(_)) => found.is_empty(),
        (None, None) => found.is_empty() && !refused,
        (Some(_), Some(_)) => false,
    };
    if right {
        Ok(())
    } else {
        Err(format!("{}: our rules {found:?}, MetalLB refused: {refused}", fault.name))
    }
}

/// The data leaves out what is the same in nearly all objects.
fn completed(object: &Value) -> Value {
    let mut object = object.clone();
    let fields = object.as_object_mut().unwrap();
    fields.entry("apiVersion").or_insert_with(|| json!("metallb.io/v1beta1"));
    let metadata = fields["metadata"].as_object_mut().unwrap();
    metadata.entry("namespace").or_insert_with(|| json!(metallb::NAMESPACE));
    object
}
