//! Keystone's list of endpoints against the instance: each URL leads to one of its own Services or Routes.
//!
//! Source: python-openstackclient `identity/v3/endpoint.py` (the columns of `openstack endpoint list`); lib-common
//! `modules/common/endpoint` (URLs by `NAME.NAMESPACE.svc`), `OpenShift` (a Route without a host is NAME-NAMESPACE.DOMAIN).

use std::net::IpAddr;

use serde_json::Value;

use crate::catalogue::dns::{HOST, ROUTES};
use crate::catalogue::endpoints::{REGION, REGION_DEFAULT};
use crate::catalogue::kinds::{CONTROL_PLANE, CORE_OPENSTACK, is_one_of};
use crate::krm::Item;
use crate::model::{ControlPlane, Model};
use crate::path;

use super::Fault;
use super::command::kubectl;
use super::live::Live;
use super::table::{ENDPOINT_FOREIGN, ENDPOINT_REGION, ENDPOINT_UNKNOWN};

/// The list, and whose it is.
#[derive(Debug, Clone)]
pub struct EndpointList {
    rows: Vec<Row>,
    namespace: String,
}

#[derive(Debug, Clone)]
struct Row {
    region: String,
    service: String,
    interface: String,
    url: String,
}

/// What is known of a host.
enum Owner<'a> {
    Own,
    Another(&'a str),
    /// A Service of the instance's that is not there.
    Gone(&'a str),
    Nobody,
}

impl EndpointList {
    /// Reads what `openstack endpoint list -f json` prints; the error is a sentence.
    pub fn parse(text: &str, namespace: &str) -> Result<Self, String> {
        let wrong =
            || "this is not what `openstack endpoint list -f json` prints: a list with Region and URL";
        let value: Value = serde_json::from_str(text).map_err(|error| format!("{} ({error})", wrong()))?;
        let rows: Option<Vec<Row>> = value.as_array().and_then(|rows| rows.iter().map(Row::read).collect());
        Ok(Self { rows: rows.ok_or_else(wrong)?, namespace: namespace.to_owned() })
    }
}

impl Row {
    fn read(row: &Value) -> Option<Self> {
        let word = |key: &str| row.get(key).and_then(Value::as_str).map(str::to_owned);
        let or_none = |key: &str| word(key).unwrap_or_default();
        let (service, interface) = (or_none("Service Name"), or_none("Interface"));
        Some(Self { region: or_none("Region"), service, interface, url: word("URL")? })
    }
}

/// Hosts that are not the instance's own.
pub(super) fn faults<'a>(list: &'a EndpointList, rendered: &Model<'a>, live: &Live<'a>) -> Vec<Fault> {
    let is_own = |plane: &&ControlPlane<'_>| plane.namespace == Some(&list.namespace);
    let Some(plane) = rendered.control_planes.iter().find(is_own) else { return Vec::new() };
    let region = plane.item.part().text(REGION).unwrap_or(REGION_DEFAULT);
    let own: Vec<&Row> = list.rows.iter().filter(|row| row.region == region).collect();

    if own.is_empty() {
        let cause =
            format!("none of the {} endpoints in the list is of its region {region}", list.rows.len());
        let fault =
            Fault::new(&ENDPOINT_REGION, &cause, "see what its services have registered", show(plane));
        return vec![fault.on(&plane.item)];
    }
    own.into_iter().filter_map(|row| fault(row, &plane.item, rendered, live)).collect()
}

fn fault<'a>(row: &'a Row, plane: &Item<'_>, rendered: &Model<'a>, live: &Live<'a>) -> Option<Fault> {
    let host = host(&row.url);
    let namespace = plane.namespace().unwrap_or_default();
    let (kind, what) = match owner(host, namespace, rendered, live) {
        Owner::Own => return None,
        Owner::Another(other) => (&ENDPOINT_FOREIGN, format!("which is of {other}")),
        Owner::Gone(name) => (&ENDPOINT_UNKNOWN, format!("and {namespace} has no Service {name}")),
        Owner::Nobody => (
            &ENDPOINT_UNKNOWN,
            format!("which is no host of a Service or Route of {namespace} that is in the live list"),
        ),
    };
    let cause = format!("the {} endpoint of {} is at {host}, {what}", row.interface, row.service);
    let command = registered(namespace);
    Some(Fault::new(kind, &cause, "see what registered it", command).about(plane))
}

fn show(plane: &ControlPlane<'_>) -> String {
    registered(plane.namespace.unwrap_or_default())
}

/// keystone-operator registers what these objects say.
fn registered(namespace: &str) -> String {
    kubectl(&["get", "KeystoneEndpoint.v1beta1.keystone.openstack.org", "-n", namespace, "-o", "yaml"])
}

/// The host of a URL, without port and path.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    if let Some((address, _)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return address;
    }
    rest.split(['/', ':', '?', '#']).next().unwrap_or_default()
}

fn owner<'h>(host: &'h str, own: &str, rendered: &Model<'h>, live: &Live<'h>) -> Owner<'h> {
    let of = |namespace: &'h str| if namespace == own { Owner::Own } else { Owner::Another(namespace) };
    if let Ok(address) = host.parse::<IpAddr>() {
        let holders: Vec<&str> = live
            .services
            .iter()
            .filter(|service| service.addresses.contains(&address))
            .map(|service| service.namespace)
            .collect();
        return match holders.first() {
            None => Owner::Nobody,
            Some(_) if holders.contains(&own) => Owner::Own,
            Some(other) => Owner::Another(other),
        };
    }
    let mut labels = host.split('.');
    let (first, second, third) = (labels.next(), labels.next(), labels.next());
    if let (Some(name), Some(namespace), Some("svc")) = (first, second, third) {
        let is_gone = namespace == own && live.service(own, name).is_none();
        return if is_gone { Owner::Gone(name) } else { of(namespace) };
    }
    let by_default = live.services.iter().find(|service| {
        first.is_some_and(|first| {
            let name = first.strip_suffix(service.namespace).and_then(|name| name.strip_suffix('-'));
            name == Some(service.item.name())
        })
    });
    let by_route = routes(rendered).chain(routes(&live.model)).find(|(_, known)| *known == host);
    let by_domain = domains(rendered)
        .find(|(_, domain)| host.strip_suffix(*domain).is_some_and(|name| name.ends_with('.')));
    let namespace = by_route.or(by_domain).map(|(namespace, _)| namespace);
    namespace.or(by_default.map(|service| service.namespace)).map_or(Owner::Nobody, of)
}

/// The hosts of Routes, and of the Routes that control planes make, with their namespaces.
fn routes<'m, 'a>(model: &'m Model<'a>) -> impl Iterator<Item = (&'a str, &'a str)> + use<'m, 'a> {
    model.objects.iter().flat_map(|item| {
        let own =
            ROUTES.into_iter().filter(|(group, kind, _)| is_one_of(group, kind, item.group(), item.kind));
        let parts = own.flat_map(|(_, _, path)| item.part().each(path));
        let hosts: Vec<(&str, &str)> =
            parts.filter_map(|part| Some((item.namespace()?, part.text(HOST)?))).collect();
        hosts
    })
}

/// The domains of the networks, with their namespaces.
fn domains<'m, 'a>(model: &'m Model<'a>) -> impl Iterator<Item = (&'a str, &'a str)> + use<'m, 'a> {
    model.networks.net_configs.iter().flat_map(|config| {
        let facts = config.item.part().facts(path!("spec.networks.[].dnsDomain"));
        let domains: Vec<(&str, &str)> =
            facts.into_iter().filter_map(|fact| Some((config.item.namespace()?, fact.text))).collect();
        domains
    })
}

/// The namespaces of the rendered control planes: whose list of endpoints it may be.
#[must_use]
pub fn instances(rendered: &[Item<'_>]) -> Vec<String> {
    let planes = rendered.iter().filter(|item| item.is(CORE_OPENSTACK, CONTROL_PLANE));
    planes.filter_map(|item| item.namespace().map(str::to_owned)).collect()
}
