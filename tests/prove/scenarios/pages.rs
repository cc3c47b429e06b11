//! The commands of the pages that are for a cluster (blocks marked `sh cluster`), as they stand there, in front of two instances.

use std::path::Path;

use super::verify::Scene;
use crate::cluster::Cluster;
use crate::manifests::read;
use crate::{Outcome, crds};

/// The pages in the order in which a person needs them; the last one removes the second instance.
const PAGES: [&str; 4] = ["docs/check.md", "docs/import.md", "docs/verify.md", "docs/day-2.md"];
/// What needs pods, of which there are none here: the endpoint list, MetalLB's log, an answer by HTTP.
const OF_PODS: [&str; 4] = [
    "kubectl exec",
    "kubectl logs",
    "curl",
    "multi-rhoso verify openstack2.yaml --live live.yaml --endpoints",
];
/// Types that this server does not have.
const UNKNOWN: [&str; 4] = ["route,", "bmh,", "openstackversion,", "openstackdataplaneservice,"];

pub(crate) fn run(cluster: &Cluster) -> Outcome<()> {
    if crds::corpus().is_none() {
        // The server knows no control plane then.
        return Ok(());
    }
    let scene = Scene::set(cluster, &["openstack".to_owned(), "openstack2".to_owned()])?;
    scene.clean()?;
    scene.shell(&format!("cp -r '{}/overlays' .", env!("CARGO_MANIFEST_DIR")))?;
    let mut count = 0;
    for page in PAGES {
        for block in blocks(&read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(page))?) {
            scene.shell(&format!("set -eu\n{block}")).map_err(|error| format!("{page}: {error}"))?;
            count += 1;
        }
    }
    if count < PAGES.len() * 2 { Err(format!("only {count} blocks were found")) } else { Ok(()) }
}

/// The blocks, without the lines that cannot be run here.
fn blocks(page: &str) -> Vec<String> {
    let blocks = page.split("```sh cluster\n").skip(1).filter_map(|block| block.split("```").next());
    let is_for_us = |line: &&str| !OF_PODS.iter().any(|words| line.trim_start().starts_with(words));
    let known = |line: &str| UNKNOWN.iter().fold(line.to_owned(), |line, name| line.replace(name, ""));
    blocks.map(|block| block.lines().filter(is_for_us).map(|line| known(line) + "\n").collect()).collect()
}
