//! The API server's verdict on every object of the corpus, strict about unknown fields and not: what it has
//! against the function's output it had against the input. Nothing is stored.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Mutex;
use std::thread;

use serde_json::json;

use crate::cluster::Cluster;
use crate::kube::Unknown;
use crate::manifests::{Document, documents, files, read, scenario_data, text_at};
use crate::render::transform;
use crate::{Outcome, crds};

/// The kinds that the function changes and that have a schema.
const JUDGED: [&str; 11] = [
    "BGPAdvertisement",
    "BGPPeer",
    "IPAddressPool",
    "L2Advertisement",
    "NetConfig",
    "NetworkAttachmentDefinition",
    "NodeNetworkConfigurationPolicy",
    "OpenStackControlPlane",
    "OpenStackDataPlaneDeployment",
    "OpenStackDataPlaneNodeSet",
    "OpenStackDataPlaneService",
];

/// The API server and the function share the machine's few cores.
const WORKERS: usize = 4;
/// The kinds of which at least one object must have been changed: an idle function proves nothing.
const MUST_CHANGE: [&str; 4] = ["IPAddressPool", "L2Advertisement", "NetConfig", "OpenStackControlPlane"];

/// What the server has against one object, in both modes.
type Complaints = [BTreeSet<String>; 2];

/// What came of one kind's objects.
#[derive(Default)]
struct Count {
    accepted: usize,
    refused: usize,
    changed: usize,
}

#[derive(Default)]
struct Tally {
    kinds: BTreeMap<String, Count>,
    /// Files of which the function printed nothing, because its rules found errors.
    refused_files: Vec<String>,
    worse: Vec<String>,
}

pub(crate) fn run(cluster: &Cluster) -> Outcome<()> {
    let corpus = crds::corpus().ok_or("no corpus")?;
    let mut all = Vec::new();
    for part in ["architecture", "install_yamls", "samples"] {
        all.extend(files(&corpus.join(part), "yaml")?);
    }
    let tally = Mutex::default();
    let next = Mutex::new(all.iter());
    let work = || -> Outcome<()> {
        loop {
            let Some(file) = next.lock().unwrap().next() else { return Ok(()) };
            judge_file(cluster, file, &tally)?;
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..WORKERS).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().unwrap())
    })?;
    report(&tally.into_inner().unwrap())
}

fn report(tally: &Tally) -> Outcome<()> {
    for (kind, count) in &tally.kinds {
        let Count { accepted, refused, changed } = count;
        println!("{kind}: {accepted} accepted, {refused} refused as they are upstream; {changed} changed");
    }
    for refused in &tally.refused_files {
        println!("the function refuses {refused}");
    }
    verdict(tally)
}

fn verdict(tally: &Tally) -> Outcome<()> {
    let idle = |kind: &&str| tally.kinds.get(*kind).is_none_or(|count| count.changed == 0);
    let untouched: Vec<&str> = MUST_CHANGE.into_iter().filter(idle).collect();
    if !untouched.is_empty() {
        return Err(format!("nothing was compared of {untouched:?}"));
    }
    if tally.worse.is_empty() { Ok(()) } else { Err(tally.worse.join("\n")) }
}

/// Judges each object of a file, and again where the function changed it.
fn judge_file(cluster: &Cluster, file: &Path, tally: &Mutex<Tally>) -> Outcome<()> {
    let before = documents(&read(file)?)?;
    let after = match transform(file, &scenario_data("instance.yaml")) {
        Ok(text) => documents(&text)?,
        Err(reason) => {
            tally.lock().unwrap().refused_files.push(format!("{}: {reason}", file.display()));
            Vec::new()
        }
    };
    if !after.is_empty() && after.len() != before.len() {
        return Err(format!("{}: {} documents became {}", file.display(), before.len(), after.len()));
    }
    for (place, document) in before.iter().enumerate() {
        if JUDGED.contains(&text_at(&document.value, "/kind")) {
            judge(cluster, document, after.get(place), tally)
                .map_err(|e| format!("{}: {e}", file.display()))?;
        }
    }
    Ok(())
}

fn judge(
    cluster: &Cluster,
    before: &Document,
    after: Option<&Document>,
    tally: &Mutex<Tally>,
) -> Outcome<()> {
    let kind = text_at(&before.value, "/kind");
    let had = complaints(cluster, before)?;
    let after = after.filter(|after| after.value != before.value);
    let has = after.map(|after| complaints(cluster, after)).transpose()?;
    let mut tally = tally.lock().unwrap();
    let count = tally.kinds.entry(kind.to_owned()).or_default();
    let accepted = had.iter().all(BTreeSet::is_empty);
    *if accepted { &mut count.accepted } else { &mut count.refused } += 1;
    let (Some(after), Some(has)) = (after, has) else { return Ok(()) };
    count.changed += 1;
    for (had, has) in had.iter().zip(has) {
        let new: Vec<&String> = has.difference(had).collect();
        if !new.is_empty() {
            tally.worse.push(format!("{kind} {}: {new:?}", text_at(&after.value, "/metadata/name")));
        }
    }
    Ok(())
}

fn complaints(cluster: &Cluster, document: &Document) -> Outcome<Complaints> {
    let judge = |unknown| cluster.kube.judge(&document.text, &document.value, unknown);
    let mut strict = judge(Unknown::Strict)?;
    // Of a namespace that is not there yet.
    if strict.status == 404 {
        let namespace = text_at(&document.value, "/metadata/namespace");
        let made = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace}});
        cluster.kube.apply(&made)?;
        strict = judge(Unknown::Strict)?;
    }
    Ok([strict.complaints(), judge(Unknown::Ignore)?.complaints()])
}
