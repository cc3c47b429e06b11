//! Before and after: what becomes of a running instance, and of the one that joins it, when the second is made
//! without the function, and when it is made with it.

use std::collections::BTreeSet;
use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use super::stage::{self, Addresses, Staged, begin};
use crate::cluster::Cluster;
use crate::manifests::{scenario, values};
use crate::metallb::{self, until};
use crate::render::Way;
use crate::report::table;
use crate::{Outcome, operators};

const HEAD: [&str; 5] = [
    "the second instance is made by",
    "MetalLB objects refused",
    "Services of the first that lose their address",
    "Services of the second without one",
    "MetalLB's log says",
];
const FIRST: &str = "openstack";
const SECOND: &str = "openstack2";

/// How long MetalLB must have been silent for the figures to be final.
const REST: Duration = Duration::from_millis(400);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    what: String,
    first: Way,
    /// How many the first has.
    services: usize,
    second: Way,
    /// How many MetalLB objects of the second the API server does not take.
    refused: usize,
    /// How many Services of the first lose their address.
    lost: usize,
    /// How many of the second get none.
    without: usize,
    /// A part of what the controller says then; nothing where it has nothing to say.
    says: Option<String>,
}

/// What came of the two instances.
#[derive(Debug, PartialEq, Eq)]
struct Figures {
    lost: usize,
    without: usize,
    second: usize,
}

pub(crate) fn run(cluster: &Cluster) -> Outcome<()> {
    let cases: Vec<Case> = scenario("without-us.yaml");
    let rows =
        cases.iter().map(|case| show(cluster, case).map_err(|error| format!("{}: {error}", case.what)));
    cluster.report.add("without", table(HEAD, &rows.collect::<Outcome<Vec<_>>>()?));
    Ok(())
}

fn show(cluster: &Cluster, case: &Case) -> Outcome<[String; 5]> {
    let mut staged = begin(cluster)?;
    let first = first_instance(cluster, case, &mut staged)?;
    let manifests = values(&case.second.render()?)?;
    let refusals = apply(cluster, &manifests)?;
    if refusals.len() != case.refused {
        return Err(format!("{} refused, not {}: {refusals:?}", refusals.len(), case.refused));
    }
    metallb::wait_for_pools(cluster, staged.begin)?;
    let services = operators::services(&manifests);
    staged.services.extend(operators::create(&cluster.kube, &services)?);
    let figures = Figures { lost: case.lost, without: case.without, second: services.len() };
    let is_so = || Ok(count(cluster, &first, services.len())? == figures);
    until(&format!("{figures:?}"), is_so)
        .and_then(|()| {
            metallb::rest(cluster, REST)?;
            if is_so()? { Ok(()) } else { Err("the figures did not stay".to_owned()) }
        })
        .map_err(|error| format!("{error}, but {:?}", count(cluster, &first, services.len())))?;
    let said = said(cluster, &staged, case)?;
    Ok([
        case.what.clone(),
        format!("{} of {}", refusals.len(), stage::metallb_objects(&manifests).count()),
        format!("{} of {}", figures.lost, first.len()),
        format!("{} of {}", figures.without, figures.second),
        said,
    ])
}

fn first_instance(cluster: &Cluster, case: &Case, staged: &mut Staged) -> Outcome<Addresses> {
    let manifests = values(&case.first.render()?)?;
    stage::apply_metallb(cluster, &manifests)?;
    metallb::wait_for_pools(cluster, staged.begin)?;
    staged.services = operators::create(&cluster.kube, &operators::services(&manifests))?;
    until("the first instance has its addresses", || {
        Ok(metallb::given(&cluster.kube, FIRST)?.len() == case.services)
    })?;
    metallb::given(&cluster.kube, FIRST)
}

/// Applies each MetalLB object; why some were not taken.
fn apply(cluster: &Cluster, manifests: &[Value]) -> Outcome<Vec<String>> {
    let mut refusals = Vec::new();
    for item in stage::metallb_objects(manifests) {
        match cluster.kube.apply(item) {
            Err(error) if error.contains("denied the request") => refusals.push(error),
            outcome => drop(outcome?),
        }
    }
    Ok(refusals)
}

fn count(cluster: &Cluster, first: &Addresses, services: usize) -> Outcome<Figures> {
    let now = metallb::given(&cluster.kube, FIRST)?;
    let lost = first.iter().filter(|(name, given)| now.get(*name) != Some(*given)).count();
    let given = metallb::given(&cluster.kube, SECOND)?.len();
    Ok(Figures { lost, without: services - given, second: services })
}

/// What the controller says, which must be of the kind that is expected; an example.
fn said(cluster: &Cluster, staged: &Staged, case: &Case) -> Outcome<String> {
    let said: BTreeSet<String> =
        metallb::failures(cluster, staged.begin, &staged.services).into_iter().collect();
    let Some(expected) = &case.says else {
        return if said.is_empty() { Ok("nothing".to_owned()) } else { Err(format!("said: {said:?}")) };
    };
    said.iter()
        .find(|line| line.contains(expected))
        .map(|line| format!("`{line}`"))
        .ok_or_else(|| format!("expected {expected:?}, said {said:?}"))
}
