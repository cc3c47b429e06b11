//! Instances brought to the cluster: their MetalLB objects as a person would apply them, their Services as the
//! operators would make them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::cluster::Cluster;
use crate::manifests::{text_at, values};
use crate::metallb::{self, Given, Mark, until};
use crate::{Outcome, operators};

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Instance {
    /// Also the namespace.
    pub(crate) overlay: String,
    /// How many Services have a VIP: a lost override must not make the proof easier.
    pub(crate) services: usize,
    /// The address families of the cluster that the instance is made for: each of its Services has an address of
    /// each.
    #[serde(default = "ipv4")]
    pub(crate) families: Vec<String>,
    /// Which host interface announces which pool.
    pub(crate) pools: BTreeMap<String, String>,
}

/// How long MetalLB must have been silent to be done with what it was given.
const REST: Duration = Duration::from_millis(150);

/// An instance and the manifests that are proven.
pub(crate) type Rendered = (Instance, String);
/// What an instance has: its Services' addresses, by their names.
pub(crate) type Addresses = BTreeMap<String, Given>;

/// Services that were created, and since when the log may speak of them.
pub(crate) struct Staged {
    pub(crate) begin: Mark,
    pub(crate) services: Vec<Value>,
}

fn ipv4() -> Vec<String> {
    vec!["IPv4".to_owned()]
}

/// What stands on the cluster, by the instances' names; nothing while it is not known.
static STANDING: Mutex<Option<BTreeMap<String, Standing>>> = Mutex::new(None);

/// An instance that has come to the cluster.
struct Standing {
    text: String,
    /// As they are stored; nothing when the instance has not come whole.
    services: Option<Vec<Value>>,
}

/// An empty cluster, of which nobody knows any more what stands there.
pub(crate) fn clear(cluster: &Cluster) -> Outcome<()> {
    forget();
    metallb::reset(&cluster.kube, super::namespaces())
}

/// For whoever has changed what stands there: the next scenario begins with an empty cluster.
pub(crate) fn forget() {
    drop(STANDING.lock().unwrap().take());
}

/// An empty cluster, and the beginning of what is said of it.
pub(crate) fn begin(cluster: &Cluster) -> Outcome<Staged> {
    clear(cluster)?;
    Ok(Staged { begin: metallb::mark(cluster), services: Vec::new() })
}

/// These instances and no others, and all their Services with an address. Those that stand there from the same
/// manifests stay; the others go, and come one after the other.
pub(crate) fn stage(cluster: &Cluster, rendered: &[Rendered]) -> Outcome<Staged> {
    let standing = STANDING.lock().unwrap().take();
    if standing.is_none() {
        clear(cluster)?;
    }
    let mut standing = standing.unwrap_or_default();
    remove_others(cluster, &mut standing, rendered)?;
    let mut staged = Staged { begin: metallb::mark(cluster), services: Vec::new() };
    staged.services.extend(standing.values().filter_map(|there| there.services.clone()).flatten());
    let come = rendered.iter().try_for_each(|(instance, text)| match standing.get(&instance.overlay) {
        Some(_) => all_have_addresses(cluster, &staged, instance),
        None => join(cluster, &mut staged, &mut standing, instance, text),
    });
    *STANDING.lock().unwrap() = Some(standing);
    come.map(|()| staged)
}

/// These instances on an empty cluster, all at once: what MetalLB writes of each pool grows with all others.
pub(crate) fn together(cluster: &Cluster, rendered: &[Rendered]) -> Outcome<Staged> {
    let begin = begin(cluster)?.begin;
    let manifests: Vec<Vec<Value>> = rendered.iter().map(|(_, text)| values(text)).collect::<Outcome<_>>()?;
    manifests.iter().try_for_each(|items| apply_metallb(cluster, items))?;
    metallb::wait_for_pools(cluster, begin)?;
    // While it still looks at all Services for the pools' sake, each new one makes it look at all of them again.
    metallb::rest(cluster, REST)?;
    let mut staged = Staged { begin: metallb::mark(cluster), services: Vec::new() };
    let mut standing = BTreeMap::new();
    for ((instance, text), items) in rendered.iter().zip(&manifests) {
        let services = operators::create(&cluster.kube, &services(instance, items)?)?;
        staged.services.extend(services.iter().cloned());
        let there = Standing { text: text.clone(), services: Some(services) };
        standing.insert(instance.overlay.clone(), there);
    }
    rendered.iter().try_for_each(|(instance, _)| all_have_addresses(cluster, &staged, instance))?;
    metallb::rest(cluster, REST)?;
    *STANDING.lock().unwrap() = Some(standing);
    Ok(staged)
}

fn remove_others(
    cluster: &Cluster,
    standing: &mut BTreeMap<String, Standing>,
    rendered: &[Rendered],
) -> Outcome<()> {
    let stays = |name: &String, there: &Standing| {
        let same = |(instance, text): &Rendered| instance.overlay == *name && *text == there.text;
        there.services.is_some() && rendered.iter().any(same)
    };
    for (name, gone) in standing.extract_if(.., |name, there| !stays(name, there)) {
        metallb::remove_services(&cluster.kube, &name)?;
        for item in metallb_objects(&values(&gone.text)?) {
            cluster.kube.delete(&cluster.kube.path(item)?)?;
        }
    }
    Ok(())
}

/// Adds an instance, and what became of it to what stands there.
fn join(
    cluster: &Cluster,
    staged: &mut Staged,
    standing: &mut BTreeMap<String, Standing>,
    instance: &Instance,
    text: &str,
) -> Outcome<()> {
    let before = staged.services.len();
    let come = add(cluster, staged, instance, text);
    let services = come.is_ok().then(|| staged.services[before..].to_vec());
    standing.insert(instance.overlay.clone(), Standing { text: text.to_owned(), services });
    come
}

/// One more instance, until all its Services have an address.
pub(crate) fn add(cluster: &Cluster, staged: &mut Staged, instance: &Instance, text: &str) -> Outcome<()> {
    let manifests = values(text)?;
    apply_metallb(cluster, &manifests)?;
    metallb::wait_for_pools(cluster, staged.begin)?;
    let services = services(instance, &manifests)?;
    staged.services.extend(operators::create(&cluster.kube, &services)?);
    all_have_addresses(cluster, staged, instance)
}

/// Other MetalLB objects for instances that stand there; their Services stay as they are.
pub(crate) fn change_metallb(cluster: &Cluster, before: &[Rendered], after: &[Rendered]) -> Outcome<()> {
    forget();
    let mut left = BTreeSet::new();
    for (_, text) in after {
        let manifests = values(text)?;
        apply_metallb(cluster, &manifests)?;
        left.extend(
            metallb_objects(&manifests).map(|item| cluster.kube.path(item)).collect::<Outcome<Vec<_>>>()?,
        );
    }
    for (_, text) in before {
        for path in metallb_objects(&values(text)?).map(|item| cluster.kube.path(item)) {
            let path = path?;
            if !left.contains(&path) {
                cluster.kube.delete(&path)?;
            }
        }
    }
    Ok(())
}

/// The MetalLB objects among the manifests, applied in their order.
pub(crate) fn apply_metallb(cluster: &Cluster, manifests: &[Value]) -> Outcome<()> {
    metallb_objects(manifests).try_for_each(|item| cluster.kube.apply(item).map(drop))
}

pub(crate) fn metallb_objects(manifests: &[Value]) -> impl Iterator<Item = &Value> {
    manifests.iter().filter(|item| text_at(item, "/apiVersion").starts_with("metallb.io/"))
}

/// The Services of an instance: as many as it must have.
pub(crate) fn services(instance: &Instance, manifests: &[Value]) -> Outcome<Vec<Value>> {
    let mut services = operators::services(manifests);
    // On a cluster of both, what a Service gets is for its own policy to say.
    if let [family] = instance.families.as_slice() {
        for service in &mut services {
            service["spec"]["ipFamilies"] = json!([family]);
        }
    }
    let (found, expected) = (services.len(), instance.services);
    if found == expected {
        return Ok(services);
    }
    Err(format!("{}: {found} Services, not {expected}", instance.overlay))
}

pub(crate) fn all_have_addresses(cluster: &Cluster, staged: &Staged, instance: &Instance) -> Outcome<()> {
    until("every Service has an address", || {
        nobody_is_refused(cluster, staged)?;
        Ok(metallb::given(&cluster.kube, &instance.overlay)?.len() == instance.services)
    })
}

pub(crate) fn nobody_is_refused(cluster: &Cluster, staged: &Staged) -> Outcome<()> {
    match metallb::failures(cluster, staged.begin, &staged.services).first() {
        Some(failure) => Err(format!("an allocation failed: {failure}")),
        None => Ok(()),
    }
}
