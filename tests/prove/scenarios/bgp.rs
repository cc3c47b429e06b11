//! Instances with a router each: every address arrives as a route at its own instance's router, by the node's address
//! in the instance's network, and at no other.

use std::collections::BTreeSet;
use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use super::side_by_side::nobody_complains;
use super::stage::{self, Rendered};
use super::twenty;
use crate::Outcome;
use crate::cluster::{Cluster, NODE};
use crate::manifests::{scenario, text_at, values};
use crate::metallb::{self, until};
use crate::report::table;
use crate::router::{Router, Routes, Session};

const HEAD: [&str; 5] = ["BGPAdvertisements of the base", "router of", "at", "routes", "next hop"];
/// The network that the routers are on.
const NETWORK: &str = "ctlplane";
/// How long MetalLB must have been silent for the routes to be final.
const REST: Duration = Duration::from_millis(400);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    instances: Vec<String>,
    names: Value,
    peer: Value,
    cases: Vec<Case>,
    defects: Vec<Defect>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    what: String,
    advertisements: Vec<Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Defect {
    instance: String,
    from: String,
    to: String,
    says: String,
}

/// An instance's router, and the routes that it must have.
struct Own {
    instance: String,
    session: Session,
    router: Router,
}

pub(crate) fn run(cluster: &Cluster) -> Outcome<()> {
    let data: Data = scenario("bgp.yaml");
    let cases = data.cases.iter().map(|case| Ok((case, rendered(&data, case)?)));
    let cases = cases.collect::<Outcome<Vec<(&Case, Vec<Rendered>)>>>()?;
    let (_, first) = cases.first().ok_or("no case")?;
    let routers = first.iter().map(|one| own_router(cluster, one)).collect::<Outcome<Vec<_>>>()?;
    let staged = stage::stage(cluster, first)?;
    let (mut standing, mut rows) = (first, Vec::new());
    for (case, rendered) in &cases {
        stage::change_metallb(cluster, standing, rendered)?;
        arrives(cluster, &routers).map_err(|error| format!("{}: {error}", case.what))?;
        nobody_complains(cluster, &staged)?;
        rows.extend(routers.iter().map(|own| own.row(case)).collect::<Outcome<Vec<_>>>()?);
        standing = rendered;
    }
    data.defects.iter().try_for_each(|defect| is_noticed(cluster, defect, &routers, standing))?;
    cluster.report.add("bgp", table(HEAD, &rows));
    Ok(())
}

/// The routes are right, and stay so.
fn arrives(cluster: &Cluster, routers: &[Own]) -> Outcome<()> {
    until("the routes arrive", || Ok(verdict(cluster, routers)?.is_empty()))
        .and_then(|()| metallb::rest(cluster, REST))
        .map_err(|error| format!("{error}: {:?}", verdict(cluster, routers)))?;
    let wrong = verdict(cluster, routers)?;
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

fn rendered(data: &Data, case: &Case) -> Outcome<Vec<Rendered>> {
    let beside = case.advertisements.iter().chain([&data.peer]).cloned().collect();
    let plan = twenty::plan().only(|name| data.instances.iter().any(|instance| instance == name));
    plan.with("names", data.names.clone(), beside).rendered()
}

/// Where the rendered peer is, and called from the address that the rendered node policy gives the node.
fn own_router(cluster: &Cluster, (instance, text): &Rendered) -> Outcome<Own> {
    let manifests = values(text)?;
    let mut peers = manifests.iter().filter(|item| item["kind"] == "BGPPeer");
    let (Some(peer), None) = (peers.next(), peers.next()) else {
        return Err(format!("{} has not one peer", instance.overlay));
    };
    let interface = &instance.pools[&format!("{}-{NETWORK}", instance.overlay)];
    let near = node_address(&manifests, interface)
        .ok_or_else(|| format!("no node policy of {NODE} gives {interface} an address"))?;
    let length = near.split_once('/').map_or("", |(_, length)| length);
    let far = format!("{}/{length}", text_at(peer, "/spec/peerAddress"));
    let number = |field: &str| peer["spec"][field].as_u64().unwrap_or_default();
    let (near, far) = ((near.clone(), number("myASN")), (far, number("peerASN")));
    let session = Session { interface: interface.clone(), near, far };
    let router = Router::start(&cluster.servers, &cluster.vlans, &session)?;
    Ok(Own { instance: instance.overlay.clone(), session, router })
}

/// With its prefix length.
fn node_address(manifests: &[Value], interface: &str) -> Option<String> {
    let policies = manifests.iter().filter(|item| item["kind"] == "NodeNetworkConfigurationPolicy");
    let of_node = policies.filter(|item| item["spec"]["nodeSelector"]["kubernetes.io/hostname"] == NODE);
    let interfaces =
        of_node.filter_map(|item| item["spec"]["desiredState"]["interfaces"].as_array()).flatten();
    let address = &interfaces.into_iter().find(|one| one["name"] == interface)?["ipv4"]["address"][0];
    Some(format!("{}/{}", address["ip"].as_str()?, address["prefix-length"]))
}

/// What is wrong with the routes that the routers have.
fn verdict(cluster: &Cluster, routers: &[Own]) -> Outcome<Vec<String>> {
    let mut wrong = Vec::new();
    for own in routers {
        let (expected, routes) = (own.expected(cluster)?, own.router.routes()?);
        let whose = format!("{}'s router", own.instance);
        if expected.is_empty() {
            wrong.push(format!("nothing to expect at {whose}"));
        }
        let lacks = expected.iter().filter(|(route, _)| !routes.contains_key(*route));
        wrong.extend(lacks.map(|(route, _)| format!("{whose} lacks {route}")));
        let foreign = routes.iter().filter(|(route, _)| !expected.contains_key(*route));
        wrong.extend(foreign.map(|(route, _)| format!("{whose} has {route}, which is not its own")));
        let elsewhere =
            routes.iter().filter(|(route, hop)| expected.get(*route).is_some_and(|own| own != *hop));
        wrong.extend(elsewhere.map(|(route, hop)| format!("{whose} has {route} by {hop}")));
    }
    Ok(wrong)
}

/// The routers notice what is planted, and afterwards that it is gone.
fn is_noticed(cluster: &Cluster, defect: &Defect, routers: &[Own], rendered: &[Rendered]) -> Outcome<()> {
    let of = |one: &&Rendered| one.0.overlay == defect.instance && one.1.contains(&defect.from);
    let (_, text) = rendered.iter().find(of).ok_or_else(|| format!("no {:?} to replace", defect.from))?;
    stage::apply_metallb(cluster, &values(&text.replace(&defect.from, &defect.to))?)?;
    until(&format!("it is noticed that {}", defect.says), || {
        Ok(verdict(cluster, routers)?.iter().any(|wrong| wrong == &defect.says))
    })?;
    stage::apply_metallb(cluster, &values(text)?)?;
    until("all is well again", || Ok(verdict(cluster, routers)?.is_empty()))
}

impl Own {
    /// All addresses of its instance, and no other.
    fn expected(&self, cluster: &Cluster) -> Outcome<Routes> {
        let given = metallb::given(&cluster.kube, &self.instance)?;
        let addresses: BTreeSet<String> = given.into_values().flat_map(|given| given.addresses).collect();
        let hop = self.session.near.0.split('/').next().unwrap_or_default();
        Ok(addresses.into_iter().map(|address| (format!("{address}/32"), hop.to_owned())).collect())
    }

    fn row(&self, case: &Case) -> Outcome<[String; 5]> {
        let routes = self.router.routes()?;
        let hops: BTreeSet<&str> = routes.values().map(String::as_str).collect();
        let list = |texts: Vec<&str>| texts.join(", ");
        Ok([
            case.what.clone(),
            self.instance.clone(),
            self.session.far.0.clone(),
            list(routes.keys().map(String::as_str).collect()),
            list(hops.into_iter().collect()),
        ])
    }
}
