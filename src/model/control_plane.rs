//! `OpenStackControlPlane`: the catalogue's endpoints in one object, present or possible.
//!
//! The table of endpoints is expanded here only: injection, Services and rules on overrides all read this view.

use crate::catalogue::endpoints::{Endpoint, OverrideShape, Sharing, Switch};
use crate::catalogue::services::{self, Service};
use crate::find::{Slot, place, slots, under, value_of};
use crate::krm::Item;
use crate::path;
use crate::yaml::{Node, Pointer, PointerBuf};

/// No service has more pods with an address each; a much larger number is a slip.
const MOST_PODS: usize = 64;

/// An `OpenStackControlPlane`.
#[derive(Debug, Clone)]
pub struct ControlPlane<'a> {
    /// The object.
    pub item: Item<'a>,
    /// Its namespace, which is the instance's.
    pub namespace: Option<&'a str>,
    /// Every place where Services are overridden, or could be.
    pub overrides: Vec<Override<'a>>,
}

/// A place where the Services of an endpoint are overridden, or could be.
#[derive(Debug, Clone)]
pub struct Override<'a> {
    /// The catalogue's row.
    pub row: &'static Endpoint,
    /// The endpoint's name, wildcard filled in: `glance.default`.
    pub name: String,
    /// Its place in the object, whether or not something stands there.
    pub pointer: PointerBuf,
    /// The override, if present.
    pub node: Option<&'a Node<'a>>,
    /// Whether the service behind it runs: it is configured, and its switches have their wanted values.
    pub used: bool,
    /// The number of the service's pods, each with a Service of its own, if the override is a list.
    pods: Option<usize>,
}

/// The override of one Service.
#[derive(Debug, Clone)]
pub struct ServiceOverride {
    /// Its place in the object, whether or not something stands there.
    pub pointer: PointerBuf,
    /// `internal` or `public` if the endpoint has both; the pod's number if it has a list.
    pub key: Option<String>,
}

impl<'a> ControlPlane<'a> {
    /// Reads a control plane with a table of endpoints: the catalogue's, or one that a test has changed.
    #[must_use]
    pub fn read(item: &Item<'a>, endpoints: &'static [Endpoint]) -> Self {
        let spec = item.node.get("spec");
        let of_row = |row| spec.into_iter().flat_map(move |spec| overrides(spec, row));
        let overrides = endpoints.iter().flat_map(of_row).collect();
        Self { item: *item, namespace: item.namespace(), overrides }
    }
}

impl ControlPlane<'_> {
    /// Whether a switch outside of the table has its wanted value.
    #[must_use]
    pub fn is_on(&self, switch: &Switch) -> bool {
        self.item.node.get("spec").is_some_and(|spec| is_on(spec, switch, ""))
    }

    /// Whether a service runs: its section is there, and its switches have their wanted values.
    #[must_use]
    pub fn runs(&self, service: &Service) -> bool {
        let Some(spec) = self.item.node.get("spec") else { return false };
        let is_there = spec.get(service.section()).is_some_and(|node| !node.is_null());
        is_there && service.switches.iter().all(|switch| is_on(spec, switch, ""))
    }

    /// Whether the service whose section has this key runs.
    #[must_use]
    pub fn runs_section(&self, section: &str) -> bool {
        services::of_section(section).is_some_and(|service| self.runs(service))
    }
}

/// The places of one row below `spec`.
fn overrides<'a>(spec: &'a Node<'a>, row: &'static Endpoint) -> impl Iterator<Item = Override<'a>> {
    let service = row.path.keys().next().unwrap_or_default();
    let is_there = spec.get(service).is_some_and(|node| !node.is_null());
    slots(spec, row.path).into_iter().map(move |slot| {
        let wildcard = slot.wildcard.unwrap_or_default();
        let used = is_there && row.switches.iter().all(|switch| is_on(spec, switch, wildcard));
        let mut pointer = place(path!("spec"));
        pointer.append(&slot.pointer);
        let pods = pods(spec, row, &slot);
        Override { row, name: row.name_of(slot.wildcard), pointer, node: slot.node, used, pods }
    })
}

/// Whether a switch has its wanted value; if absent, it has the CRD's default.
pub(super) fn is_on(spec: &Node<'_>, switch: &Switch, wildcard: &str) -> bool {
    let written = value_of(spec, switch.path, wildcard).and_then(Node::as_bool);
    written.unwrap_or(switch.default) == switch.wanted
}

/// `replicas` of the service that a list of overrides belongs to; the CRDs' default is one.
fn pods(spec: &Node<'_>, row: &Endpoint, slot: &Slot<'_>) -> Option<usize> {
    let list = (row.shape == OverrideShape::List).then_some(&slot.pointer)?;
    let replicas = spec.at(list.parent()?.parent()?)?.get("replicas").filter(|node| !node.is_null());
    replicas.map_or(Some(1), |node| node.text()?.parse().ok())
}

impl Override<'_> {
    /// The keys of the override: `internal`, `public`.
    #[must_use]
    pub fn keys(&self) -> Vec<&str> {
        let entries = self.node.map(Node::entries).unwrap_or_default().iter();
        entries.filter_map(|entry| entry.key.text()).collect()
    }

    /// The place of the service's own fields, two keys above (`override.service`, `podOverride.services`).
    #[must_use]
    pub fn service(&self) -> Option<&Pointer> {
        self.pointer.parent()?.parent()
    }

    /// The number of the service's pods; `None` if unknown or not relevant.
    #[must_use]
    pub fn pods(&self) -> Option<usize> {
        self.pods
    }

    /// The Services that have an override.
    #[must_use]
    pub fn services(&self) -> Vec<ServiceOverride> {
        let Some(node) = self.node else { return Vec::new() };
        match self.row.shape {
            OverrideShape::Keyed => self.keys().into_iter().map(|key| self.below(key)).collect(),
            OverrideShape::List => self.listed(node.items().len()),
            OverrideShape::Single | OverrideShape::Annotations => vec![self.itself()],
        }
    }

    /// The Services that could get an address by an override: not public ones, which a Route serves.
    #[must_use]
    pub fn possible(&self) -> Vec<ServiceOverride> {
        match self.row.shape {
            _ if self.row.public_only => Vec::new(),
            OverrideShape::Keyed => vec![self.below("internal")],
            OverrideShape::List => {
                let present = self.node.map_or(0, |list| list.items().len());
                let wanted = if present == 0 { self.pods.unwrap_or(1) } else { present };
                self.listed(wanted.min(MOST_PODS))
            }
            OverrideShape::Single | OverrideShape::Annotations => vec![self.itself()],
        }
    }

    /// Whether other Services of this kind listen on the same port, so that they cannot share an address.
    #[must_use]
    pub fn needs_own_address(&self) -> bool {
        let many = self.row.name.contains('{') || self.row.shape == OverrideShape::List;
        many || self.row.sharing == Sharing::Never
    }

    fn itself(&self) -> ServiceOverride {
        ServiceOverride { pointer: self.pointer.clone(), key: None }
    }

    fn below(&self, key: &str) -> ServiceOverride {
        ServiceOverride { pointer: under(&self.pointer, &[key]), key: Some(key.to_owned()) }
    }

    fn listed(&self, count: usize) -> Vec<ServiceOverride> {
        (0..count).map(|index| self.below(&index.to_string())).collect()
    }
}

/// The place of MetalLB's annotations in an override.
#[must_use]
pub fn annotations_of(row: &Endpoint, service: &PointerBuf) -> PointerBuf {
    match row.shape {
        OverrideShape::Annotations => service.clone(),
        _ => under(service, &["metadata", "annotations"]),
    }
}
