//! The Services of the rendered endpoints against live ones: there, of the right type, with the right annotations and with
//! an address of their own pool.

use crate::catalogue::annotations::Meaning;
use crate::find::value;
use crate::krm::{Severity, at_most, listed};
use crate::model::{ControlPlane, Model, Pool, Vip};
use crate::path;
use crate::yaml::Node;

use super::Fault;
use super::command::{conditions, kubectl};
use super::expected::Expected;
use super::live::{Live, Service};
use super::pending::{Cause, cause};
use super::table::{
    SERVICE_ADDRESS, SERVICE_ANNOTATION, SERVICE_MISSING, SERVICE_PENDING, SERVICE_STALE, SERVICE_TYPE,
};

/// So many Services a sentence names.
const NAMED: usize = 6;

/// A line of the table of Services.
#[derive(Debug, Clone)]
pub struct ServiceLine {
    /// The namespace.
    pub namespace: String,
    /// The Service's name.
    pub name: String,
    /// The endpoint that it is of; none of a Service that the control plane does not make.
    pub endpoint: Option<String>,
    /// The pool that has its first address, else the one that is rendered for it.
    pub pool: Option<String>,
    /// Its addresses.
    pub addresses: Vec<String>,
    /// Whether it is on the cluster.
    pub is_there: bool,
}

/// The rendered Services, and the others of their namespaces that ask for an address.
pub(super) fn lines(expected: &[Expected<'_, '_>], live: &Live<'_>) -> Vec<ServiceLine> {
    let wanted = expected.iter().map(|one| {
        let found = live.service(one.namespace, &one.name);
        let rendered = one.vip.pool().map(|fact| fact.text.to_owned());
        let pool = found.and_then(|service| pool_name(live, service)).or(rendered);
        let addresses = found.map(words).unwrap_or_default();
        let (namespace, name) = (one.namespace.to_owned(), one.name.clone());
        ServiceLine { namespace, name, endpoint: one.endpoint(), pool, addresses, is_there: found.is_some() }
    });
    let is_known = |service: &Service<'_>| {
        expected.iter().any(|one| one.namespace == service.namespace && one.name == service.item.name())
    };
    let is_near = |service: &Service<'_>| expected.iter().any(|one| one.namespace == service.namespace);
    let others = live.services.iter().filter(|service| is_near(service) && !is_known(service));
    let asking = others.filter(|service| live.vip(service).is_some_and(Vip::is_load_balancer));
    let others = asking.map(|service| ServiceLine {
        namespace: service.namespace.to_owned(),
        name: service.item.name().to_owned(),
        endpoint: None,
        pool: pool_name(live, service),
        addresses: words(service),
        is_there: true,
    });
    wanted.chain(others).collect()
}

fn pool_name(live: &Live<'_>, service: &Service<'_>) -> Option<String> {
    Some(live.model.pool_of(*service.addresses.first()?)?.name.to_owned())
}

fn words(service: &Service<'_>) -> Vec<String> {
    service.addresses.iter().map(ToString::to_string).collect()
}

/// What is wrong with the Services of the endpoints.
pub(super) fn faults<'a>(rendered: &Model<'a>, expected: &[Expected<'_, 'a>], live: &Live<'a>) -> Vec<Fault> {
    let mut faults = missing(rendered, expected, live);
    let mut waiting: Vec<(String, Cause)> = Vec::new();
    for one in expected {
        let Some(service) = live.service(one.namespace, &one.name) else { continue };
        let Some(vip) = live.vip(service).filter(|vip| vip.is_load_balancer()) else {
            faults.push(of_another_type(one, service));
            continue;
        };
        let mut mend = Vec::new();
        faults.extend(annotations(one, service, &mut mend));
        faults.extend(stale(one, service, vip, &mut mend));
        let mend = (!mend.is_empty()).then(|| annotate(service, &mend));
        if service.addresses.is_empty() {
            waiting.push((one.shown(), cause(rendered, live, service, vip, mend)));
        } else {
            faults.extend(address(rendered, one, service, live, mend));
        }
    }
    faults.extend(pending(&waiting));
    faults
}

/// Endpoints without a Service, one finding for each control plane that is there.
fn missing<'a>(rendered: &Model<'a>, expected: &[Expected<'_, 'a>], live: &Live<'a>) -> Vec<Fault> {
    let is_there = |plane: &&ControlPlane<'a>| live.counterpart(&plane.item).is_some();
    let planes = rendered.control_planes.iter().filter(is_there);
    let fault = |plane: &ControlPlane<'a>| {
        let own = expected.iter().filter(|one| one.item().index == plane.item.index);
        let gone: Vec<String> =
            own.filter(|one| live.service(one.namespace, &one.name).is_none()).map(Expected::shown).collect();
        let cause = format!(
            "its endpoints have no Service {}: the operators have not made it yet, or cannot",
            listed(&at_most(NAMED, gone.iter().cloned()))
        );
        let command = conditions(&plane.item);
        let fault = Fault::new(&SERVICE_MISSING, &cause, "see what the control plane waits for", command);
        (!gone.is_empty()).then(|| fault.on(&plane.item))
    };
    planes.filter_map(fault).collect()
}

fn of_another_type(one: &Expected<'_, '_>, service: &Service<'_>) -> Fault {
    let kind = value(service.item.node, path!("spec.type")).and_then(Node::text).unwrap_or("ClusterIP");
    let cause = format!(
        "its type is {kind} and not LoadBalancer, so MetalLB gives it no address whatever it asks for"
    );
    let remedy = "see what keeps the operators from writing it";
    Fault::new(&SERVICE_TYPE, &cause, remedy, conditions(one.item())).about(&service.item)
}

/// Annotations of the override that the Service does not have so; a rendered Service is compared as an object.
fn annotations(one: &Expected<'_, '_>, service: &Service<'_>, mend: &mut Vec<String>) -> Option<Fault> {
    let endpoint = one.endpoint()?;
    let wrong = one.annotations.iter().filter(|(key, value)| service.item.annotation(key) != Some(value));
    let told = |(key, value): &(&str, &str)| match service.item.annotation(key) {
        None => format!("{key} is not there (rendered: {value})"),
        Some(live) => format!("{key} is {live} (rendered: {value})"),
    };
    let words: Vec<String> = wrong.clone().map(told).collect();
    let own: Vec<String> = wrong.map(|(key, value)| format!("{key}={value}")).collect();
    let cause = format!("of the annotations of the endpoint {endpoint}, {}", listed(&words));
    let remedy = "the operators write it when they next look, or do so now";
    let fault = (!own.is_empty()).then(|| {
        Fault::new(&SERVICE_ANNOTATION, &cause, remedy, annotate(service, &own)).about(&service.item)
    });
    mend.extend(own);
    fault
}

/// MetalLB's annotations that the override does not have. An error where MetalLB reads another value because of one.
fn stale(
    one: &Expected<'_, '_>,
    service: &Service<'_>,
    vip: &Vip<'_>,
    mend: &mut Vec<String>,
) -> Option<Fault> {
    let is_rendered = |written: &str| one.annotations.iter().any(|(key, _)| *key == written);
    let stale = vip.annotations.iter().filter(|annotation| {
        annotation.key.meaning != Meaning::AllocatedFrom && !is_rendered(annotation.written)
    });
    let counts = |annotation: &&crate::inventory::Annotated<'_>| {
        let meaning = annotation.key.meaning;
        let read = vip.effective(meaning).filter(|fact| fact.pointer == annotation.pointer);
        let rendered = one.vip.effective(meaning);
        read.is_some_and(|read| rendered.is_none_or(|rendered| rendered.text != read.text))
    };
    let is_read = stale.clone().any(|annotation| counts(&annotation));
    let words: Vec<String> =
        stale.clone().map(|annotation| format!("{}: {}", annotation.written, annotation.value)).collect();
    let own: Vec<String> = stale.map(|annotation| format!("{}-", annotation.written)).collect();
    if own.is_empty() {
        return None;
    }
    let effect = if is_read { "MetalLB reads it" } else { "MetalLB reads the same without it" };
    let cause = format!(
        "{} is on the live Service and not rendered; operators never take an annotation away that once was there, and {effect}",
        listed(&words)
    );
    let mut fault = Fault::new(&SERVICE_STALE, &cause, "take it away", annotate(service, &own));
    if !is_read {
        fault.finding.severity = Severity::Warning;
    }
    mend.extend(own);
    Some(fault.about(&service.item))
}

fn annotate(service: &Service<'_>, changes: &[String]) -> String {
    let head = ["annotate", "--overwrite", "-n", service.namespace, "service", service.item.name()];
    kubectl(&head.into_iter().chain(changes.iter().map(String::as_str)).collect::<Vec<_>>())
}

/// An address that is not the Service's own.
fn address(
    rendered: &Model<'_>,
    one: &Expected<'_, '_>,
    service: &Service<'_>,
    live: &Live<'_>,
    mend: Option<String>,
) -> Option<Fault> {
    let wanted: Vec<_> = one.vip.wanted().into_iter().map(|(_, address)| address).collect();
    let wrong = |address: &std::net::IpAddr| {
        let Some(pool) = live.model.pool_of(*address) else {
            return Some(format!("no live pool holds its address {address}"));
        };
        let named = one.vip.pool().filter(|fact| fact.text != pool.name);
        let is_closed = |pool: &Pool<'_>| pool.admits(service.namespace) == Some(false);
        if is_closed(pool) || rendered.pool(pool.name).is_some_and(is_closed) {
            let owners = pool.scope().unwrap_or_default().join(", ");
            return Some(format!("its address {address} is of pool {}, which is for {owners}", pool.name));
        }
        if let Some(named) = named {
            let (has, named) = (pool.name, named.text);
            return Some(format!("its address {address} is of pool {has}, and {named} is rendered"));
        }
        let pins: Vec<String> = wanted.iter().map(ToString::to_string).collect();
        let is_other = !wanted.is_empty() && !wanted.contains(address);
        is_other.then(|| format!("its address is {address}, and {} is rendered", pins.join(", ")))
    };
    let cause = service.addresses.iter().find_map(wrong)?;
    let describe = || kubectl(&["describe", "service", "-n", service.namespace, service.item.name()]);
    let remedy = if mend.is_some() { "make its annotations those that are rendered" } else { "see why" };
    let command = mend.unwrap_or_else(describe);
    Some(Fault::new(&SERVICE_ADDRESS, &cause, remedy, command).about(&service.item))
}

/// Services that wait for an address, one finding for each cause.
fn pending(waiting: &[(String, Cause)]) -> Vec<Fault> {
    let mut causes: Vec<(&Cause, Vec<String>)> = Vec::new();
    for (name, cause) in waiting {
        match causes.iter_mut().find(|(known, _)| known.text == cause.text) {
            Some((_, names)) => names.push(name.clone()),
            None => causes.push((cause, vec![name.clone()])),
        }
    }
    let fault = |(cause, names): (&Cause, Vec<String>)| {
        let has = if names.len() == 1 { "has" } else { "have" };
        let names = listed(&at_most(NAMED, names.into_iter()));
        let text = format!("{names} {has} no address: {}", cause.text);
        Fault::new(&SERVICE_PENDING, &text, cause.remedy, cause.command.clone())
    };
    causes.into_iter().map(fault).collect()
}
