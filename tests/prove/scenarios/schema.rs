//! The API server's verdict on every object of the corpus, strict about unknown fields and not: what it has
//! against the function's output it had against the input. Nothing is stored.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::json;

use crate::cluster::Cluster;
use crate::kube::Unknown;
use crate::manifests::{Document, documents, files, read, text_at};
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

/// What the server has against one object, in both modes.
type Complaints = [BTreeSet<String>; 2];

pub(crate) fn run(cluster: &Cluster) -> Outcome<()> {
    let corpus = crds::corpus().ok_or("no corpus")?;
    let mut judged = BTreeMap::new();
    for file in ["architecture", "install_yamls", "samples"].map(|part| files(&corpus.join(part), "yaml")) {
        for file in file? {
            for (kind, refused) in judge_file(cluster, &file)? {
                let count: &mut [usize; 2] = judged.entry(kind).or_default();
                count[usize::from(refused)] += 1;
            }
        }
    }
    for (kind, [accepted, refused]) in &judged {
        println!("{kind}: {accepted} accepted, {refused} refused as they are upstream");
    }
    let missing: Vec<_> = JUDGED.into_iter().filter(|kind| !judged.contains_key(*kind)).collect();
    if missing.is_empty() { Ok(()) } else { Err(format!("the corpus holds none of {missing:?}")) }
}

/// Each judged object of a file: its kind, and whether the server refuses it.
fn judge_file(cluster: &Cluster, file: &Path) -> Outcome<Vec<(String, bool)>> {
    let mut verdicts = Vec::new();
    for document in documents(&read(file)?)? {
        let kind = text_at(&document.value, "/kind").to_owned();
        if JUDGED.contains(&kind.as_str()) {
            let complaints = complaints(cluster, &document)?;
            verdicts.push((kind, complaints.iter().any(|set| !set.is_empty())));
        }
    }
    Ok(verdicts)
}

fn complaints(cluster: &Cluster, document: &Document) -> Outcome<Complaints> {
    let namespace = text_at(&document.value, "/metadata/namespace");
    if !namespace.is_empty() {
        let made = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace}});
        cluster.kube.apply(&made)?;
    }
    let judge = |unknown| cluster.kube.judge(&document.text, &document.value, unknown);
    Ok([judge(Unknown::Strict)?.complaints(), judge(Unknown::Ignore)?.complaints()])
}
