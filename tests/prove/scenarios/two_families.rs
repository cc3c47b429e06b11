//! Instances of a plan of both families: each Service has one address of each, both of its own slot, and each is
//! answered (ARP and neighbour discovery) on its own network only.

use std::collections::BTreeMap;

use super::planned::Planned;
use super::side_by_side;
use super::stage::Addresses;
use crate::Outcome;
use crate::cluster::Cluster;
use crate::metallb;
use crate::report::table;

const HEAD: [&str; 4] = ["instance", "IPv4", "IPv6", "Services"];
const SERVICES: usize = 10;

pub(crate) fn run(cluster: &Cluster) -> Outcome<()> {
    let plan = Planned::read("two-families.yaml", false, SERVICES, &["IPv4", "IPv6"])?;
    let rendered = plan.rendered()?;
    side_by_side::prove(cluster, &rendered)?;
    let mut rows = Vec::new();
    for (instance, _) in &rendered {
        let given = metallb::given(&cluster.kube, &instance.overlay)?;
        plan.in_own_slot(instance, &given)?;
        rows.extend(shown(&instance.overlay, &given));
    }
    cluster.report.add("two-families", table(HEAD, &rows));
    Ok(())
}

/// The Services of an instance, by their addresses.
fn shown(instance: &str, given: &Addresses) -> Vec<[String; 4]> {
    let mut pairs: BTreeMap<[String; 2], Vec<&str>> = BTreeMap::new();
    for (name, given) in given {
        let (v4, v6): (Vec<&str>, Vec<&str>) =
            given.addresses.iter().map(String::as_str).partition(|address| !address.contains(':'));
        pairs.entry([v4.join(", "), v6.join(", ")]).or_default().push(name);
    }
    let row =
        |([v4, v6], services): ([String; 2], Vec<&str>)| [instance.to_owned(), v4, v6, services.join(", ")];
    pairs.into_iter().map(row).collect()
}
