//! Server-side apply of everything that is rendered, twice: the second changes nothing.

use std::thread;
use std::time::Duration;

use serde_json::Value;

use super::{side_by_side, stage};
use crate::cluster::Cluster;
use crate::kube::Kube;
use crate::manifests::{text_at, values};
use crate::metallb::until;
use crate::{Outcome, crds};

pub(super) const CONTROL_PLANES: &str = "openstackcontrolplanes.core.openstack.org";
/// MetalLB counts a pool's addresses into its status after each change, which is a new version of it.
const REST: Duration = Duration::from_millis(300);

pub(crate) fn run(cluster: &Cluster) -> Outcome<()> {
    stage::clear(cluster)?;
    let items = all()?;
    if crds::corpus().is_some() {
        crds::relax(&cluster.kube, CONTROL_PLANES)?;
    }
    items.iter().try_for_each(|item| apply_once_relaxed(&cluster.kube, item))?;
    let mut before = versions(&cluster.kube, &items)?;
    until("the versions rest", || {
        thread::sleep(REST);
        let now = versions(&cluster.kube, &items)?;
        Ok(std::mem::replace(&mut before, now.clone()) == now)
    })?;
    items.iter().try_for_each(|item| cluster.kube.apply(item).map(drop))?;
    let after = versions(&cluster.kube, &items)?;
    let changed: Vec<_> = before.iter().zip(&after).filter(|(before, after)| before != after).collect();
    if changed.is_empty() { Ok(()) } else { Err(format!("the second apply changed {changed:?}")) }
}

/// All that the overlays render and that the server has a type for: OpenStack's come with the corpus.
fn all() -> Outcome<Vec<Value>> {
    let known = crds::corpus().is_some();
    let mut items = Vec::new();
    for (_, text) in side_by_side::rendered()? {
        let all = values(&text)?;
        items.extend(
            all.into_iter().filter(|i| known || !text_at(i, "/apiVersion").contains(".openstack.org/")),
        );
    }
    Ok(items)
}

/// The server learns of relaxed types a little after they are stored.
pub(super) fn apply_once_relaxed(kube: &Kube, item: &Value) -> Outcome<()> {
    until("the first apply", || match kube.apply(item) {
        Err(error) if error.contains("Required value") => Ok(false),
        outcome => outcome.map(|_| true),
    })
}

fn versions(kube: &Kube, items: &[Value]) -> Outcome<Vec<(String, String)>> {
    let version = |item: &Value| {
        let path = kube.path(item)?;
        let stored = kube.get(&path)?;
        Ok((path, text_at(&stored, "/metadata/resourceVersion").to_owned()))
    };
    items.iter().map(version).collect()
}
