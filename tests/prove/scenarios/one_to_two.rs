//! One instance to two on a live cluster, by the steps of `docs/two-instances.md`: what the Services of the first
//! see of it, in both ways.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use super::side_by_side::{judge, rendered};
use super::stage::{self, Instance, Staged, begin};
use crate::cluster::Cluster;
use crate::manifests::{read, scenario, values};
use crate::metallb::{self, until};
use crate::render::{base, transform_text};
use crate::report::table;
use crate::watch::{Fate, Watch};
use crate::{Outcome, operators};

const DOCUMENT: &str = "docs/two-instances.md";
const HEAD: [&str; 4] = ["way", "Services watched", "lost their address", "have another one now"];
/// The kinds that the first way changes; nothing else may differ from the base.
const CHANGED: [&str; 2] = ["IPAddressPool", "OpenStackControlPlane"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Data {
    /// How many Services the base has on its own.
    pub(super) plain: usize,
    pub(super) first: Instance,
}

pub(super) type Fates = BTreeMap<String, Fate>;

pub(crate) fn run(cluster: &Cluster) -> Outcome<()> {
    let data: Data = scenario("one-to-two.yaml");
    let beside = beside(cluster, &data)?;
    let renamed = renamed(cluster, &data)?;
    if lost(&beside) != 0 {
        return Err(format!("leaving the names costs addresses: {beside:?}"));
    }
    if lost(&renamed) != data.plain || moved(&renamed) != 0 {
        return Err(format!("renaming: not every Service lost its address and got it back: {renamed:?}"));
    }
    let longest = renamed.values().map(|fate| fate.without).max().unwrap_or_default();
    let shortest = renamed.values().map(|fate| fate.without).min().unwrap_or(Duration::ZERO);
    println!("renaming: without an address for {shortest:.1?} to {longest:.1?}");
    let rows = [("the names stay", &beside), ("the pools are renamed", &renamed)];
    let row = |(way, fates): (&str, &Fates)| {
        [way.to_owned(), fates.len().to_string(), lost(fates).to_string(), moved(fates).to_string()]
    };
    cluster.report.add("one-to-two", table(HEAD, &rows.map(row)));
    Ok(())
}

/// The first instance keeps its names; the second joins it.
fn beside(cluster: &Cluster, data: &Data) -> Outcome<Fates> {
    let (mut staged, watch) = plain_base(cluster, data)?;
    let plain = base("base")?;
    let first = transform_text(&plain, &documented_config()?)?;
    only_scope_and_endpoints_change(&values(&plain)?, &values(&first)?)?;
    operate(cluster, &mut staged, &data.first, &values(&first)?)?;
    let mut second = rendered()?;
    second.retain(|(instance, _)| instance.overlay == "openstack2");
    for (instance, text) in &second {
        stage::add(cluster, &mut staged, instance, text)?;
    }
    second.push((data.first.clone(), first));
    judge(cluster, &staged, &second)?;
    watch.end()
}

/// The first instance gets prefixed names: refused while the old pools are there, so those go first.
fn renamed(cluster: &Cluster, data: &Data) -> Outcome<Fates> {
    let (mut staged, watch) = plain_base(cluster, data)?;
    let mut own = rendered()?;
    own.retain(|(instance, _)| instance.overlay == data.first.overlay);
    let (instance, text) = own.first().ok_or("no overlay of the first instance")?;
    let manifests = values(text)?;
    match stage::apply_metallb(cluster, &manifests) {
        Err(error) if error.contains("overlaps with already defined CIDR") => {}
        other => return Err(format!("the new pools beside the old ones: {other:?}")),
    }
    metallb::clear(&cluster.kube, &["ipaddresspools", "l2advertisements"])?;
    until("the pools are gone and so are the addresses", || {
        Ok(metallb::given(&cluster.kube, &instance.overlay)?.is_empty())
    })?;
    staged.begin = metallb::mark(cluster);
    operate(cluster, &mut staged, instance, &manifests)?;
    judge(cluster, &staged, &own)?;
    watch.end()
}

/// A cluster with the base as it is, and a watch on its Services.
pub(super) fn plain_base(cluster: &Cluster, data: &Data) -> Outcome<(Staged, Watch)> {
    let mut staged = begin(cluster)?;
    let plain = Instance { services: data.plain, ..data.first.clone() };
    stage::add(cluster, &mut staged, &plain, &base("base")?)?;
    let watch = Watch::start(cluster, Some(&plain.overlay), data.plain)?;
    Ok((staged, watch))
}

/// Applies an instance over what it had: the operators rewrite the Services that are there and create the others.
fn operate(cluster: &Cluster, staged: &mut Staged, instance: &Instance, manifests: &[Value]) -> Outcome<()> {
    stage::apply_metallb(cluster, manifests)?;
    metallb::wait_for_pools(cluster, staged.begin)?;
    let services = stage::services(instance, manifests)?;
    staged.services = operators::update(&cluster.kube, &services)?;
    until("every Service has an address", || {
        Ok(metallb::given(&cluster.kube, &instance.overlay)?.len() == instance.services)
    })?;
    // What was said while the instance was on its way is not held against it.
    staged.begin = metallb::mark(cluster);
    Ok(())
}

/// The first instance's config, out of the document that tells people to write it.
pub(super) fn documented_config() -> Outcome<String> {
    let document = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(DOCUMENT))?;
    let blocks = document.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next());
    let config = blocks.into_iter().find(|block| block.contains("kind: OpenStackInstance"));
    let config = config.ok_or_else(|| format!("{DOCUMENT} has no OpenStackInstance"))?;
    let indent = config.len() - config.trim_start().len();
    let line = |line: &str| format!("{}\n", line.get(indent..).unwrap_or_default());
    Ok(config.lines().map(line).collect())
}

fn only_scope_and_endpoints_change(base: &[Value], first: &[Value]) -> Outcome<()> {
    if base.len() != first.len() {
        return Err(format!("{} objects became {}", base.len(), first.len()));
    }
    let differs = base.iter().zip(first).find(|(old, new)| {
        old != new && !CHANGED.iter().any(|kind| old["kind"] == *kind && new["kind"] == *kind)
    });
    match differs {
        Some((old, _)) => Err(format!("{} {} changes", old["kind"], old["metadata"]["name"])),
        None => Ok(()),
    }
}

pub(super) fn lost(fates: &Fates) -> usize {
    fates.values().filter(|fate| fate.losses > 0).count()
}

pub(super) fn moved(fates: &Fates) -> usize {
    fates.values().filter(|fate| fate.addresses.0 != fate.addresses.1).count()
}
