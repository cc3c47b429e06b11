//! The API server's verdict on every object of the bases and of the corpus, strict about unknown fields and not:
//! what it has against the function's output it had against the input. Nothing is stored.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::thread;

use serde_json::{Value, json};

use crate::cluster::Cluster;
use crate::kube::Unknown;
use crate::manifests::{Document, documents, files, read, scenario_data, text_at};
use crate::render::{base, overlay, transform_text};
use crate::{Outcome, crds};

/// The kinds that the function changes and that have a schema; OpenStack's have one where there is a corpus.
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
const MUST_CHANGE: [&str; 6] = [
    "IPAddressPool",
    "L2Advertisement",
    "NetworkAttachmentDefinition",
    "NodeNetworkConfigurationPolicy",
    "NetConfig",
    "OpenStackControlPlane",
];
/// The base of each overlay that moves networks.
const OWN: [(&str, &str); 3] =
    [("openstack2", "base"), ("openstack3", "base"), ("openstack-ipv6", "base-ipv6")];

/// Manifests before and after.
pub(crate) struct Pair {
    pub(crate) name: String,
    before: String,
    pub(crate) after: Outcome<String>,
}

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
pub(crate) struct Tally {
    /// What the server has said of a text: manifests repeat each other, and it answers the same.
    said: BTreeMap<String, Complaints>,
    kinds: BTreeMap<String, Count>,
    /// Of which the function printed nothing, because its rules found errors.
    refused: Vec<String>,
    worse: Vec<String>,
}

pub(crate) fn run(cluster: &Cluster) -> Outcome<()> {
    let Some(corpus) = crds::corpus() else {
        println!("no MULTI_RHOSO_CORPUS: OpenStack's kinds are left out, and all manifests but our own");
        return report(&prove(cluster, own()?)?);
    };
    let mut all = own()?;
    let config = read(&scenario_data("instance.yaml"))?;
    let mut listed = Vec::new();
    for part in ["architecture", "install_yamls", "samples"] {
        listed.extend(files(&corpus.join(part), "yaml")?);
    }
    let paths = Mutex::new(listed.iter());
    let pairs = Mutex::default();
    work(|| {
        let Some(path) = paths.lock().unwrap().next() else { return Ok(false) };
        let pair = pair(path.display().to_string(), read(path)?, &config);
        Vec::push(&mut pairs.lock().unwrap(), pair);
        Ok(true)
    })?;
    all.extend(pairs.into_inner().unwrap());
    report(&prove(cluster, all)?)
}

/// The bases, and what becomes of them in the overlays.
pub(crate) fn own() -> Outcome<Vec<Pair>> {
    let made = |(name, from): (&str, &str)| {
        let after = overlay(name)?;
        Ok(Pair { name: name.to_owned(), before: printed_by(&after, &base(from)?)?, after: Ok(after) })
    };
    OWN.into_iter().map(made).collect()
}

/// What of the base an instance prints: the rest is another's, that prints it for all.
fn printed_by(after: &str, before: &str) -> Outcome<String> {
    let after = documents(after)?;
    let before = documents(before)?.into_iter();
    let printed = before.filter(|one| after.iter().any(|after| is_of(&after.value, &one.value)));
    Ok(printed.map(|one| one.text).collect::<Vec<_>>().join("\n---\n"))
}

/// Whether an object was made of another one.
fn is_of(after: &Value, before: &Value) -> bool {
    let (kind, name) = (text_at(before, "/kind"), text_at(before, "/metadata/name"));
    let names = ["/metadata/name", "/metadata/annotations/multi-rhoso.dev~1base-name"];
    text_at(after, "/kind") == kind
        && (kind == "Namespace" || names.iter().any(|place| text_at(after, place) == name))
}

/// What the server makes of these manifests.
pub(crate) fn prove(cluster: &Cluster, pairs: Vec<Pair>) -> Outcome<Tally> {
    let tally = Mutex::default();
    let next = Mutex::new(pairs.into_iter());
    work(|| {
        let Some(pair) = next.lock().unwrap().next() else { return Ok(false) };
        judge_pair(cluster, &pair, &tally).map_err(|e| format!("{}: {e}", pair.name))?;
        Ok(true)
    })?;
    Ok(tally.into_inner().unwrap())
}

fn pair(name: String, before: String, config: &str) -> Pair {
    let after = transform_text(&before, config);
    Pair { name, before, after }
}

/// Several at a time, until there is no more to do.
fn work(step: impl Fn() -> Outcome<bool> + Sync) -> Outcome<()> {
    let all = || -> Outcome<()> {
        while step()? {}
        Ok(())
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..WORKERS).map(|_| scope.spawn(all)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().unwrap())
    })
}

fn report(tally: &Tally) -> Outcome<()> {
    for (kind, count) in &tally.kinds {
        let Count { accepted, refused, changed } = count;
        println!("{kind}: {accepted} accepted, {refused} refused as they are upstream; {changed} changed");
    }
    for refused in &tally.refused {
        println!("the function refuses {refused}");
    }
    verdict(tally)
}

/// Whether nothing got worse, and enough was changed to say so.
pub(crate) fn verdict(tally: &Tally) -> Outcome<()> {
    let idle =
        |kind: &&str| has_schema(kind) && tally.kinds.get(*kind).is_none_or(|count| count.changed == 0);
    let untouched: Vec<&str> = MUST_CHANGE.into_iter().filter(idle).collect();
    if !untouched.is_empty() {
        return Err(format!("nothing was compared of {untouched:?}"));
    }
    if tally.worse.is_empty() { Ok(()) } else { Err(tally.worse.join("\n")) }
}

fn has_schema(kind: &str) -> bool {
    let of_openstack = kind.starts_with("OpenStack") || kind == "NetConfig";
    JUDGED.contains(&kind) && (crds::corpus().is_some() || !of_openstack)
}

/// Judges each object, and again where the function changed it.
fn judge_pair(cluster: &Cluster, pair: &Pair, tally: &Mutex<Tally>) -> Outcome<()> {
    let before = documents(&pair.before)?;
    let after = match &pair.after {
        Ok(text) => documents(text)?,
        Err(reason) => {
            tally.lock().unwrap().refused.push(format!("{}: {reason}", pair.name));
            Vec::new()
        }
    };
    if !after.is_empty() && after.len() != before.len() {
        return Err(format!("{} documents became {}", before.len(), after.len()));
    }
    for (place, document) in before.iter().enumerate() {
        if has_schema(text_at(&document.value, "/kind")) {
            judge(cluster, document, after.get(place), tally)?;
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
    let had = complaints(cluster, before, tally)?;
    let after = after.filter(|after| after.value != before.value);
    let has = after.map(|after| complaints(cluster, after, tally)).transpose()?;
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

fn complaints(cluster: &Cluster, document: &Document, tally: &Mutex<Tally>) -> Outcome<Complaints> {
    if let Some(said) = tally.lock().unwrap().said.get(&document.text) {
        return Ok(said.clone());
    }
    let said = ask(cluster, document)?;
    tally.lock().unwrap().said.insert(document.text.clone(), said.clone());
    Ok(said)
}

fn ask(cluster: &Cluster, document: &Document) -> Outcome<Complaints> {
    let judge = |unknown| cluster.kube.judge(&document.text, &document.value, unknown);
    let mut strict = judge(Unknown::Strict)?;
    // Of a namespace that is not there yet.
    if strict.status == 404 {
        let namespace = text_at(&document.value, "/metadata/namespace");
        let made = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace}});
        cluster.kube.apply(&made)?;
        strict = judge(Unknown::Strict)?;
    }
    // Without a field that is unknown, both modes judge the same object.
    if strict.accepted() {
        return Ok(Complaints::default());
    }
    Ok([strict.complaints(), judge(Unknown::Ignore)?.complaints()])
}
